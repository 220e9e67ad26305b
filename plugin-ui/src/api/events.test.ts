import { expect, test } from 'vitest';
import { staleAfter } from './events';

test('a run that goes on does not ask for the lists anew, one that ends does', () => {
  const states = new Map<string, string>();
  const run = (state: string) => staleAfter({ event: 'run', data: JSON.stringify({ id: 'a', state }) }, states);
  expect(run('running')).toContainEqual(['runs']);
  expect(run('running')).toEqual([['run', 'a'], ['queue']]);
  expect(run('succeeded')).toContainEqual(['runs']);
});

test('points concern what is made of them; an event nobody knows concerns nothing', () => {
  expect(staleAfter({ event: 'points', data: '{}' }, new Map())).toContainEqual(['protection']);
  expect(staleAfter({ event: 'weather', data: 'no json' }, new Map())).toEqual([]);
});
