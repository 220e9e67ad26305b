// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { type Api } from '../api/client';
import { SessionContext } from '../api/context';
import type { Reason } from '../api/types';
import type { Host } from '../host/host';
import { speak } from '../i18n';
import { Why } from './Why';

afterEach(cleanup);

async function show(language: string, reason: string, reasons: Reason[]): Promise<HTMLElement> {
  await speak(language);
  const host = { locale: () => language } as Host;
  render(
    <SessionContext value={{ host, api: {} as Api, live: false }}>
      <p role="note">
        <Why of={{ reason, reasons }} />
      </p>
    </SessionContext>,
  );
  return screen.getByRole('note');
}

test('several reasons are one sentence in the language of the console, with its times', async () => {
  const note = await show('de', 'its time ended 2026-01-02T03:04:05Z; the VM is deleted', [
    { code: 'time_ended', values: { at: '2026-01-02T03:04:05Z' } },
    { code: 'vm_deleted', values: {} },
  ]);
  expect(note.textContent).toMatch(/^ihre Zeit endete 0?2\.01\.2026.*; die VM ist gelöscht$/);
});

test('the kind of a run is translated too', async () => {
  const note = await show('de', 'no time was set for points of daily runs', [{ code: 'no_time_set', values: { kind: 'daily' } }]);
  expect(note.textContent).toContain('(Täglich)');
});

test('a name with HTML in it is a name', async () => {
  const note = await show('en', 'by x', [{ code: 'protected_by', values: { policies: '<b>{{policies}}</b>' } }]);
  expect(note.innerHTML).toContain('by &lt;b&gt;');
});

test('a sentence without a code is quoted in English', async () => {
  const note = await show('de', 'its bitmap is damaged', []);
  expect(note.innerHTML).toBe('<q lang="en">its bitmap is damaged</q>');
});
