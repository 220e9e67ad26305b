// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { away, beginAnew, button, field, json, plan, press, problem, server, show, toCheck, toRestore, toWhere, usual } from './wizard.testing';

beginAnew();

const refusal = { kind: 'CONFLICT', detail: 'VM db01 is not powered off', remedy: 'Shut it down.' };

test('a double click on Restore sends one request', async () => {
  let end: (answer: Response) => void = () => undefined;
  server.start = () => new Promise((resolve) => (end = resolve));
  await toRestore();
  await userEvent.dblClick(button('Restore'));
  await waitFor(() => expect(server.sent).toHaveLength(1));
  expect(button('Restore').disabled).toBe(true);
  end(json({ id: 'r1' }, 202));
  await screen.findByText('the run');
  expect(server.sent).toEqual([expect.objectContaining({ point: 'p1', mode: 'new-vm', name: 'db01-restored', dryRun: false })]);
});

test('what the dry run refuses cannot be started, and is said with what helps', async () => {
  server.dryRun = (request) => Promise.resolve(plan(request, [refusal]));
  await toCheck();
  await screen.findByText('VM db01 is not powered off', { exact: false });
  screen.getByText('Shut it down.');
  expect(button('Restore').disabled).toBe(true);
  await userEvent.click(button('Restore'));
  expect(server.sent).toEqual([]);
  server.dryRun = usual.dryRun;
  await press('Check again');
  await waitFor(() => expect(button('Restore').disabled).toBe(false));
});

test('a server that is away during the dry run can be asked again', async () => {
  server.dryRun = away;
  await toCheck();
  await screen.findByText('The backup server does not answer', { exact: false });
  expect(button('Restore').disabled).toBe(true);
  server.dryRun = usual.dryRun;
  await press('Try again');
  await screen.findByText('Nothing stands against it', { exact: false });
  expect(button('Restore').disabled).toBe(false);
});

test('a server that is away when it shall start is said, and the restore can be started later', async () => {
  server.start = away;
  await toRestore();
  await press('Restore');
  await screen.findByText('The backup server does not answer', { exact: false });
  server.start = usual.start;
  await press('Restore');
  await screen.findByText('the run');
  expect(server.sent).toHaveLength(2);
});

test('who may not start it is told why and stays where he is', async () => {
  server.start = () => Promise.resolve(problem(403, 'PERMISSION', 'clerk may not make a new VM of VM db01', 'Ask for create_vm.'));
  await toRestore();
  await press('Restore');
  await screen.findByText('clerk may not make a new VM of VM db01', { exact: false });
  screen.getByText('Ask for create_vm.');
  expect(screen.queryByText('the run')).toBeNull();
  await press('Back');
  await press('Check');
  await waitFor(() => expect(button('Restore').disabled).toBe(false));
  expect(screen.queryByText('Ask for create_vm.'), 'another look is not greeted with the old refusal').toBeNull();
});

test('a new VM needs a name', async () => {
  await toWhere();
  await userEvent.clear(field('Name'));
  expect(button('Check').disabled).toBe(true);
  await userEvent.type(field('Name'), '   ');
  expect(button('Check').disabled).toBe(true);
  await userEvent.type(field('Name'), 'x');
  expect(button('Check').disabled).toBe(false);
});

test('a name with HTML in it is a text', async () => {
  const name = '<img src=x onerror=alert(1)>';
  await toWhere();
  await userEvent.clear(field('Name'));
  await userEvent.type(field('Name'), name);
  await press('Check');
  await screen.findByText(name, { exact: false });
  expect(document.querySelector('img')).toBeNull();
  await press('Restore');
  await screen.findByText('the run');
  expect(server.sent[0]?.name).toBe(name);
});

test('back and forth keeps what was chosen', async () => {
  show();
  await userEvent.click(field('db01_sys'));
  await press('Next');
  await screen.findByLabelText('Cluster');
  await userEvent.clear(field('Name'));
  await userEvent.type(field('Name'), 'copy');
  await userEvent.selectOptions(field('Cluster'), 'West');
  await userEvent.selectOptions(field('Storage'), 's-w');
  await userEvent.selectOptions(field('Network in place of lan'), 'Not connected');
  await userEvent.click(field('Keep the MAC addresses'));
  await press('Check');
  await screen.findByText('Nothing stands against it', { exact: false });
  await press('Back');
  expect([field('Name').value, field('Cluster').value, field('Storage').value]).toEqual(['copy', 'c2', 's-w']);
  expect(field('Keep the MAC addresses').checked).toBe(true);
  await press('Back');
  expect([field('db01_sys').checked, field('db01_data').checked]).toEqual([false, true]);
  await press('Next');
  await press('Check');
  await waitFor(() => expect(button('Restore').disabled).toBe(false));
  await press('Restore');
  await screen.findByText('the run');
  expect(server.sent).toEqual([
    {
      point: 'p1',
      mode: 'new-vm',
      name: 'copy',
      disks: ['d2'],
      cluster: 'c2',
      storage: 's-w',
      networks: { lan: '' },
      keepMacs: true,
      connectNics: false,
      permissions: false,
      dryRun: false,
    },
  ]);
});

test('at least one disk is wanted, and over the VM single disks take no rights along', async () => {
  show();
  await userEvent.click(field('Over the VM'));
  await userEvent.click(field('db01_sys'));
  screen.getByText('Only these disks are exchanged', { exact: false });
  await userEvent.click(field('db01_data'));
  screen.getByText('Choose at least one disk.');
  expect(button('Next').disabled).toBe(true);
  await userEvent.click(field('db01_data'));
  await press('Next');
  expect(screen.queryByLabelText('Give people their rights back', { exact: false })).toBeNull();
  await press('Check');
  await waitFor(() => expect(button('Restore').disabled).toBe(false));
  await press('Restore');
  await screen.findByText('the run');
  expect(server.sent).toEqual([{ point: 'p1', mode: 'in-place', disks: ['d2'], keepOldDisks: false, permissions: false, dryRun: false }]);
});
