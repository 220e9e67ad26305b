import createClient from 'openapi-fetch';
import { apiBase, body } from '../../api/client';
import { ApiProblem, asProblem } from '../../api/problem';
import type { paths } from '../../api/schema';
import type { SignedIn } from './StandaloneHost';

/** Calls that need no token. */
function client() {
  return createClient<paths>({ baseUrl: apiBase(), credentials: 'omit', cache: 'no-store' });
}

/** Asks a manager for a token through the server; the password goes nowhere else and is not kept. */
export async function signIn(site: string, user: string, password: string): Promise<SignedIn> {
  const given = await body(client().POST('/sign-in', { body: { site, user, password } })).catch(refused);
  return { site, user: given.user, token: given.token };
}

/** Elsewhere 401 means that a session has ended; here there is none yet. */
function refused(thrown: unknown): never {
  const problem = asProblem(thrown);
  throw problem.status === 401 ? new ApiProblem(problem.kind, problem.detail, problem.remedy, 400) : problem;
}

/** The names of the sites that one can sign in to. */
export async function sites(): Promise<string[]> {
  return (await body(client().GET('/sign-in'))).items;
}
