import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { Host } from '../host/host';
import { apiBase } from './client';
import { hostFetch } from './hostFetch';
import { EventParser, type ServerEvent } from './sse';

/**
 * Which queries tell something else after an event; their keys begin so. A run that goes on changes itself and the
 * queue; only when its state changes do the lists. `states` holds what was seen of each run.
 */
export function staleAfter(event: ServerEvent, states: Map<string, string>): QueryKey[] {
  switch (event.event) {
    case 'run': {
      const { id, state } = runOf(event.data);
      const known = states.get(id) === state;
      states.set(id, state);
      return known ? [['run', id], ['queue']] : [['run', id], ['queue'], ['runs']];
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

function runOf(data: string): { id: string; state: string } {
  const sent = JSON.parse(data) as { id?: unknown; state?: unknown };
  return { id: String(sent.id), state: String(sent.state) };
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
  const states = new Map<string, string>();
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
    // What happened while nobody listened is not told.
    void queries.invalidateQueries();
    const parser = new EventParser();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      parser.push(part.value).flatMap((event) => staleAfter(event, states)).forEach((key) => stale.set(JSON.stringify(key), key));
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
