import { apiBase } from '../../api/client';
import { problemOf } from '../../api/problem';
import type { SignedIn } from './StandaloneHost';

/** Asks a manager for a token through the server; the password goes nowhere else and is not kept. */
export async function signIn(site: string, user: string, password: string): Promise<SignedIn> {
  const answer = await fetch(`${apiBase()}/sign-in`, {
    method: 'POST',
    credentials: 'omit',
    cache: 'no-store',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ site, user, password }),
  });
  const said: unknown = await answer.json().catch(() => undefined);
  if (!answer.ok || !hasToken(said)) {
    throw problemOf(answer.status, said);
  }
  return { site, user: said.user, token: said.token };
}

/** The names of the sites that one can sign in to. */
export async function sites(): Promise<string[]> {
  const answer = await fetch(`${apiBase()}/sign-in`, { credentials: 'omit', cache: 'no-store' });
  const said: unknown = await answer.json().catch(() => undefined);
  if (!answer.ok) {
    throw problemOf(answer.status, said);
  }
  return typeof said === 'object' && said !== null && 'items' in said && Array.isArray(said.items)
    ? said.items.map((item: { name?: unknown }) => String(item.name ?? ''))
    : [];
}

function hasToken(said: unknown): said is { user: string; token: string } {
  return typeof said === 'object' && said !== null && 'token' in said && 'user' in said;
}
