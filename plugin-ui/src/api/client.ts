import createClient, { type Client } from 'openapi-fetch';
import type { Host } from '../host/host';
import { hostFetch } from './hostFetch';
import { problemOf } from './problem';
import type { paths } from './schema';

export type Api = Client<paths>;

/** The server's API stands beside the console, wherever both are served. */
export function apiBase(): string {
  return new URL('../api/v1', document.baseURI).href;
}

export function apiOf(host: Host): Api {
  return createClient<paths>({ baseUrl: apiBase(), fetch: hostFetch(host) });
}

type Answer<T> = { data?: T; error?: unknown; response: Response };

/** The body of a success; anything else is thrown as an {@link ApiProblem}. */
export async function body<T>(call: Promise<Answer<T>>): Promise<NonNullable<T>> {
  const { data, error, response } = await call;
  if (!response.ok) {
    throw problemOf(response.status, error);
  }
  return data as NonNullable<T>;
}
