// @vitest-environment jsdom
import { cleanup, renderHook } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { problemOf } from '../api/problem';
import { speak } from '../i18n';
import { TellContext } from './tell';
import { useTellProblem } from './useTellProblem';

afterEach(cleanup);

async function told(language: string, status: number, body: unknown): Promise<string[]> {
  await speak(language);
  const texts: string[] = [];
  const { result } = renderHook(useTellProblem, {
    wrapper: ({ children }) => <TellContext value={(_, text) => texts.push(text)}>{children}</TellContext>,
  });
  result.current(problemOf(status, body));
  return texts;
}

const RUNNING = { kind: 'CONFLICT', detail: 'VM web01 is running', remedy: 'Shut it down.' };

test('cause and remedy are two sentences', async () => {
  expect(await told('en', 409, RUNNING)).toEqual(['VM web01 is running. Shut it down.']);
});

test('in another language they are a quotation after the sort of failure', async () => {
  expect(await told('de', 409, RUNNING)).toEqual(['Etwas steht dagegen: „VM web01 is running. Shut it down.“']);
});

test('a server that is away is told in our words', async () => {
  expect(await told('de', 503, '<html>')).toEqual([expect.stringMatching(/^Der Backup-Server antwortet nicht\. /)]);
});
