import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { Host } from '../host/host';
import { apiBase } from './client';
import { hostFetch } from './hostFetch';
import { EventParser, type ServerEvent } from './sse';

/** Which queries tell something else after an event. Their keys begin so. */
export function staleAfter(event: ServerEvent): QueryKey[] {
  switch (event.event) {
    case 'run': {
      const id = runOf(event.data);
      return id === undefined ? [['runs'], ['queue']] : [['run', id], ['runs'], ['queue']];
    }
    case 'queue':
      return [['queue'], ['runs']];
    case 'points':
      return [['points'], ['protection'], ['overview'], ['vm-states']];
    case 'repository':
      return [['repository'], ['overview']];
    default:
      return [];
  }
}

function runOf(data: string): string | undefined {
  try {
    const sent: unknown = JSON.parse(data);
    const id = typeof sent === 'object' && sent !== null && 'id' in sent ? sent.id : undefined;
    return typeof id === 'string' ? id : undefined;
  } catch {
    return undefined;
  }
}

const PAUSE = 1000;
const LONGEST_PAUSE = 30_000;

/**
 * Listens to the server until it is told to end, and says whether it hears it: while not, whoever wants to be
 * current asks by itself. What changes often is asked for once a second at most.
 */
export function listen(host: Host, queries: QueryClient, heard: (hears: boolean) => void): () => void {
  const end = new AbortController();
  const stale = new Map<string, QueryKey>();
  const flush = setInterval(() => {
    const keys = [...stale.values()];
    stale.clear();
    keys.forEach((queryKey) => void queries.invalidateQueries({ queryKey }));
  }, PAUSE);

  async function once(): Promise<void> {
    const request = new Request(`${apiBase()}/events`, { headers: { Accept: 'text/event-stream' }, signal: end.signal });
    const answer = await hostFetch(host)(request);
    if (!answer.ok || !answer.body) {
      throw new Error(`events: ${answer.status}`);
    }
    heard(true);
    const parser = new EventParser();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parser.push(part.value).flatMap(staleAfter).forEach((key) => stale.set(JSON.stringify(key), key));
    }
  }

  async function on(): Promise<void> {
    for (let pause = PAUSE; !end.signal.aborted; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      const since = Date.now();
      await once().catch(() => undefined);
      heard(false);
      if (Date.now() - since > LONGEST_PAUSE) {
        pause = PAUSE;
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  void on();
  return () => {
    end.abort();
    clearInterval(flush);
  };
}
