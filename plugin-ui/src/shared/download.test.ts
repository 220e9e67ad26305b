import { expect, test } from 'vitest';
import { download, Refused, type Sink } from './download';

class Kept implements Sink {
  bytes: number[] = [];
  ended = '';
  write(part: Uint8Array<ArrayBuffer>) {
    this.bytes.push(...part);
    return Promise.resolve();
  }
  close() {
    this.ended = 'closed';
    return Promise.resolve();
  }
  abort() {
    this.ended = 'aborted';
    return Promise.resolve();
  }
}

const DISK = Uint8Array.from({ length: 10 }, (_, index) => index);
const none = () => Promise.resolve();

function part(from: number, to: number, etag = '"a"'): Response {
  return new Response(DISK.slice(from, to), { status: from === 0 ? 200 : 206, headers: { ETag: etag } });
}

test('goes on where the connection broke, with the content it began with', async () => {
  const asked: [number, string | undefined][] = [];
  const sink = new Kept();
  await download({
    sink,
    size: 10,
    progress: () => undefined,
    pause: none,
    ask: (offset, etag) => {
      asked.push([offset, etag]);
      return Promise.resolve(part(offset, Math.min(10, offset + 4)));
    },
  });
  expect(sink).toEqual({ bytes: [...DISK], ended: 'closed' });
  expect(asked).toEqual([[0, undefined], [4, '"a"'], [8, '"a"']]);
});

test('a disk that changed in between is not patched together', async () => {
  const sink = new Kept();
  const ask = (offset: number) => Promise.resolve(offset === 0 ? part(0, 4) : part(0, 10, '"b"'));
  await expect(download({ sink, size: 10, progress: () => undefined, pause: none, ask })).rejects.toThrow(Refused);
  expect(sink.ended).toBe('aborted');
});

test('gives up when nothing comes any more', async () => {
  const sink = new Kept();
  let asked = 0;
  const ask = () => {
    asked++;
    return Promise.reject(new TypeError('network'));
  };
  await expect(download({ sink, size: 10, progress: () => undefined, pause: none, ask })).rejects.toThrow(TypeError);
  expect([asked, sink.ended]).toEqual([5, 'aborted']);
});
