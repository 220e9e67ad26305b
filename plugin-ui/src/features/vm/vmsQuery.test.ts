import { expect, test } from 'vitest';
import { USUAL, vmsQuery } from './vmsQuery';

test('asks for what the address says, and for nothing that it does not say', () => {
  expect(vmsQuery(USUAL)).toEqual({ sort: 'name', limit: 200 });
  expect(vmsQuery({ name: '数据', state: 'gone', sort: '-own' })).toEqual({ name: '数据', state: ['gone'], sort: '-own', limit: 200 });
});

test('what nobody knows of is left out', () => {
  expect(vmsQuery({ name: '', state: 'broken', sort: 'colour' })).toEqual({ sort: 'name', limit: 200 });
});

test('further pages are larger, so that ten thousand are few', () => {
  expect(vmsQuery(USUAL, 'x.y')).toEqual({ sort: 'name', limit: 1000, after: 'x.y' });
});
