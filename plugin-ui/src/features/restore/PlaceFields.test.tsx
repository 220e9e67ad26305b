// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { asUser, beginAnew, button, field, options, press, problem, server, show, toWhere, usual } from './wizard.testing';

beginAnew();

test('storages are those that the cluster reaches, with what is left, and which of them is too small', async () => {
  await toWhere();
  await waitFor(() => expect(options('Storage')).toEqual(['As it was (fast)', 'fast · 100 GiB free', 'tiny · 3 GiB free · does not fit']));
  await userEvent.selectOptions(field('Storage'), 's-t');
  await screen.findByText('It does not fit: tiny has 3 GiB left, 4 GiB are needed.');
  await userEvent.selectOptions(field('Cluster'), 'West');
  expect(options('Storage')).toEqual(['As it was (fast)', 'fast · 100 GiB free', 'west · 50 GiB free']);
  expect(field('Storage').value, 'what the new cluster does not reach is not chosen any more').toBe('');
  expect(options('Network in place of lan')).toEqual(['As it was', 'Not connected', 'lan', 'dmz · slow']);
});

test('one disk alone fits where both do not', async () => {
  show();
  await userEvent.click(field('db01_sys'));
  await press('Next');
  await waitFor(() => expect(options('Storage')).toContain('tiny · 3 GiB free'));
});

test('a manager that cannot list the places is said, and asked again', async () => {
  server.targets = () => Promise.resolve(problem(503, 'HYPERVISOR_UNAVAILABLE', 'The engine is away', 'Wait for it.'));
  show();
  await press('Next');
  await screen.findByText('The engine is away', { exact: false });
  server.targets = usual.targets;
  await press('Try again');
  await waitFor(() => expect(options('Cluster')).toEqual(['As it was (East)', 'East', 'West']));
});

test('who administers nothing restores to where it was, and gives nobody roles', async () => {
  show(asUser('restore', 'restore_as_new'));
  await press('Next');
  await screen.findByText('To the cluster where the VM is', { exact: false });
  expect(screen.queryByLabelText('Cluster')).toBeNull();
  expect(screen.queryByLabelText('Give people their rights back', { exact: false })).toBeNull();
  await press('Check');
  await waitFor(() => expect(button('Restore').disabled).toBe(false));
  await press('Restore');
  await screen.findByText('the run');
  expect(server.sent[0]).toMatchObject({ mode: 'new-vm', permissions: false });
});

test('who may restore in one way only is offered that one, and told why', async () => {
  show(asUser('restore'));
  expect(screen.getByLabelText<HTMLInputElement>('As a new VM').disabled).toBe(true);
  expect(screen.getByLabelText<HTMLInputElement>('Over the VM').checked).toBe(true);
  screen.getByText('You may not make VMs in its cluster', { exact: false });
});
