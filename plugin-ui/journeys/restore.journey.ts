import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { describe, expect, inject, it } from 'vitest';
import { admin } from './admin';
import { lab, labSum, type Tab } from './browser';
import { call, type Stand } from './stand';
import { backup, ended, type Run, runs, vmId } from './truth';

const stand = inject('stand');

/** What an administrator does with backups. */
describe.skipIf(!stand)('backups in the portal', () => {
  const at = stand as NonNullable<typeof stand>;
  const who = admin(at);

  it('a VM goes back in place to what it was, once however often one clicks', async () => {
    const files = await vmId(at, 'files01');
    const before = await backup(at, 'files01');
    const earlier = await restores(at);
    await lab(at, 'POST', `vms/${files}/power`, { up: true });
    await lab(at, 'POST', `vms/${files}/burst`, { bytes: 3_000_000 });
    await lab(at, 'POST', `vms/${files}/power`, { up: false });
    await who.row('files01').click();
    await who.button('Restore…').click();
    const frame = await who.tab.place('Backups');
    await frame.getByRole('grid', { name: 'Points in time' }).getByRole('button').first().click();
    await frame.getByRole('radio', { name: /Over the VM/ }).check();
    await who.tab.look('restore-what');
    await frame.getByRole('button', { name: 'Next' }).click();
    await frame.getByRole('button', { name: 'Check', exact: true }).last().click();
    await frame.getByText('Nothing stands against it').waitFor();
    await who.tab.look('restore-check');
    await who.tab.doubleClick(frame.getByRole('button', { name: 'Restore', exact: true }), '**/api/v1/restores');
    const run = await restored(at, who.tab);
    await who.tab.look('restore-run');
    expect(await restores(at)).toBe(earlier + 1);
    const disk = run.vms[0]?.disks[0];
    expect(await labSum(at, `disks/${disk?.restoredTo ?? ''}`)).toBe(
      await labSum(at, `backups/${before.vms[0]?.snapshot ?? ''}/disks/${disk?.disk ?? ''}`),
    );
  });

  it('a VM comes back as a new one', async () => {
    const frame = await who.tab.menu('Backups');
    await frame.getByRole('link', { name: /./ }).filter({ hasText: 'files01' }).first().click();
    await frame.getByRole('button', { name: 'Restore…' }).click();
    await frame.getByRole('button', { name: 'Next' }).click();
    await frame.getByRole('textbox', { name: 'Name' }).fill('files01-copy');
    const storage = frame.getByRole('combobox', { name: 'Storage' });
    await storage.selectOption({ index: 1 });
    await frame.getByRole('combobox', { name: 'Network in place of' }).first().selectOption('Not connected');
    await who.tab.look('restore-where');
    await frame.getByRole('button', { name: 'Check', exact: true }).last().click();
    await frame.getByText('Nothing stands against it').waitFor();
    await frame.getByRole('button', { name: 'Restore', exact: true }).click();
    await restored(at, who.tab);
    expect(await vmId(at, 'files01-copy')).not.toBe(await vmId(at, 'files01'));
    const copy = (await call(at, 'GET', 'sites/lab/vms/files01-copy')) as { nics: { network: string }[] };
    expect(copy.nics[0]?.network).toBe('');
  });

  it('a disk is downloaded as it was', async () => {
    const run = await backup(at, 'db01');
    const frame = await who.tab.menu('Backups');
    await frame.getByRole('link').filter({ hasText: 'db01' }).first().click();
    await frame.getByRole('heading', { name: 'Disks' }).waitFor();
    await frame.getByRole('button', { name: 'How to open a downloaded disk' }).click();
    await frame.getByText('guestfish --ro').waitFor();
    await who.tab.look('backup');
    const [download] = await Promise.all([
      who.tab.page.waitForEvent('download'),
      frame.getByRole('button', { name: 'Download db01_data' }).click(),
    ]);
    const sum = createHash('sha256');
    for await (const part of createReadStream(await download.path())) {
      sum.update(part as Buffer);
    }
    const task = run.vms[0];
    const disk = task?.disks.find(({ name }) => name === 'db01_data');
    expect(sum.digest('hex')).toBe(await labSum(at, `backups/${task?.snapshot ?? ''}/disks/${disk?.disk ?? ''}`));
  });

  it('a backup that is held cannot be deleted until it is released', async () => {
    const before = await pointsOf(at, 'db01');
    const frame = await who.tab.menu('Backups');
    await frame.getByRole('link').filter({ hasText: 'db01' }).first().click();
    await frame.getByRole('button', { name: 'Hold…' }).click();
    await frame.getByRole('textbox', { name: 'Reason' }).fill('Audit <i>2026</i>');
    await frame.getByRole('button', { name: 'Hold', exact: true }).click();
    await frame.getByText(/Held by .*Audit <i>2026<\/i>/).waitFor();
    await frame.getByRole('button', { name: 'Delete' }).click();
    const dialog = frame.getByRole('dialog');
    await dialog.getByText(/held/i).first().waitFor();
    await who.tab.look('delete-held');
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await frame.getByRole('button', { name: 'Release' }).click();
    await frame.getByText('Not held').waitFor();
    await frame.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByText(/This frees about/).waitFor();
    await who.tab.look('delete');
    await who.tab.toast('One backup deleted', () => dialog.getByRole('button', { name: 'Delete' }).click());
    await frame.getByRole('heading', { name: 'Backups' }).waitFor();
    await who.tab.look('backups');
    expect(await pointsOf(at, 'db01')).toBe(before - 1);
  });

  it('one disk goes back, and the one beside it stays as it is', async () => {
    const vm = await vmId(at, 'db01');
    const before = (await backup(at, 'db01')).vms[0];
    const then = (name: string) => before?.disks.find((one) => one.name === name)?.disk ?? '';
    await lab(at, 'POST', `vms/${vm}/power`, { up: true });
    await lab(at, 'POST', `vms/${vm}/burst`, { bytes: 6_000_000 });
    await lab(at, 'POST', `vms/${vm}/power`, { up: false });
    const beside = await labSum(at, `disks/${then('db01_sys')}`);
    expect(beside, 'it was written to since').not.toBe(await labSum(at, `backups/${before?.snapshot ?? ''}/disks/${then('db01_sys')}`));
    const frame = await who.tab.menu('Backups');
    await frame.getByRole('link').filter({ hasText: 'db01' }).first().click();
    await frame.getByRole('button', { name: 'Restore…' }).click();
    await frame.getByRole('radio', { name: /Over the VM/ }).check();
    await frame.getByRole('checkbox', { name: /db01_sys/ }).uncheck();
    await frame.getByText('Only these disks are exchanged').waitFor();
    await who.tab.look('restore-disks');
    await frame.getByRole('button', { name: 'Next' }).click();
    await frame.getByRole('button', { name: 'Check', exact: true }).last().click();
    await frame.getByText('Nothing stands against it').waitFor();
    await who.tab.look('restore-disks-check');
    await frame.getByRole('button', { name: 'Restore', exact: true }).click();
    const disks = (await restored(at, who.tab)).vms[0]?.disks ?? [];
    expect(disks.map(({ name }) => name)).toEqual(['db01_data']);
    expect(await labSum(at, `disks/${disks[0]?.restoredTo ?? ''}`)).toBe(
      await labSum(at, `backups/${before?.snapshot ?? ''}/disks/${then('db01_data')}`),
    );
    expect(await labSum(at, `disks/${then('db01_sys')}`)).toBe(beside);
    await lab(at, 'POST', `vms/${vm}/power`, { up: true });
  });
});

async function pointsOf(at: Stand, vm: string): Promise<number> {
  const points = (await call(at, 'GET', 'points?limit=200')) as { items: { vmName: string }[] };
  return points.items.filter(({ vmName }) => vmName === vm).length;
}

async function restores(at: Stand): Promise<number> {
  return (await runs(at)).filter(({ kind }) => kind === 'restore').length;
}

/** The run that the wizard led to, in the place of runs, at its end. */
async function restored(at: Stand, tab: Tab): Promise<Run> {
  const frame = await tab.place('Runs');
  await frame.waitForURL(/#\/runs\//);
  const run = await ended(at, frame.url().replace(/.*\/runs\//, ''));
  expect(run.state, JSON.stringify(run)).toBe('succeeded');
  await frame.getByText('Succeeded').first().waitFor();
  return run;
}
