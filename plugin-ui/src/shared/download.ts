/** Where the bytes of a download go. */
export interface Sink {
  write(part: Uint8Array<ArrayBuffer>): Promise<void>;
  close(): Promise<void>;
  abort(): Promise<void>;
}

interface Options {
  /** Asks for the content from that offset on; `etag` names what was begun with. */
  readonly ask: (offset: number, etag: string | undefined) => Promise<Response>;
  readonly sink: Sink;
  readonly size: number;
  readonly progress: (done: number) => void;
  readonly pause: () => Promise<void>;
}

const TRIES = 5;

/**
 * Brings all of a disk, going on where a connection broke. An answer that is shorter than the disk is a broken one:
 * the server breaks off where it meets damage. Gives up after five tries without a byte.
 */
export async function download({ ask, sink, size, progress, pause }: Options): Promise<void> {
  let done = 0;
  let etag: string | undefined;
  let tries = 0;
  try {
    while (done < size) {
      const before = done;
      try {
        const answer = await ask(done, etag);
        if (!answer.ok || !answer.body || (done > 0 && answer.status !== 206)) {
          throw new Refused(answer);
        }
        etag ??= answer.headers.get('ETag') ?? undefined;
        const reader = answer.body.getReader();
        for (let part = await reader.read(); !part.done; part = await reader.read()) {
          await sink.write(part.value);
          done += part.value.byteLength;
          progress(done);
        }
      } catch (thrown) {
        if (thrown instanceof Refused || (thrown instanceof DOMException && thrown.name === 'AbortError')) {
          throw thrown;
        }
      }
      tries = done > before ? 0 : tries + 1;
      if (tries >= TRIES) {
        throw new TypeError('The connection breaks again and again');
      }
      if (done < size) {
        await pause();
      }
    }
    await sink.close();
  } catch (thrown) {
    await sink.abort();
    throw thrown;
  }
}

/** The server does not give the disk; going on would not help. */
export class Refused extends Error {
  constructor(readonly answer: Response) {
    super(`${answer.status}`);
  }
}
