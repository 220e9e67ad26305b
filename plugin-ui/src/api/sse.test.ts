import { expect, test } from 'vitest';
import { EventParser } from './sse';

test('an event that comes in pieces is one event', () => {
  const parser = new EventParser();
  expect(parser.push('event: run\nda')).toEqual([]);
  expect(parser.push('ta: {"id":"a"}\n\nevent: queue\ndata: {}\n\n')).toEqual([
    { event: 'run', data: '{"id":"a"}' },
    { event: 'queue', data: '{}' },
  ]);
});

test('a heartbeat is no event', () => {
  expect(new EventParser().push(': still here\n\n')).toEqual([]);
});

test('lines may end as on Windows, and data may have several', () => {
  expect(new EventParser().push('data: a\r\ndata: b\r\n\r\n')).toEqual([{ event: 'message', data: 'a\nb' }]);
});
