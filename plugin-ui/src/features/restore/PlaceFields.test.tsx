// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { beginAnew, button, field, options, press, problem, server, show, toWhere } from './wizard.testing';

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

test('whoever may not list the places types them', async () => {
  server.targets = () => Promise.resolve(problem(403, 'PERMISSION', 'configure_engine is missing', ''));
  await toWhere();
  expect(field('Cluster').tagName).toBe('INPUT');
  await userEvent.type(field('Cluster'), 'West');
  await userEvent.type(field('Network in place of lan'), 'dmz');
  expect(screen.queryByText('configure_engine is missing', { exact: false })).toBeNull();
  await press('Check');
  await waitFor(() => expect(button('Restore').disabled).toBe(false));
  await press('Restore');
  await screen.findByText('the run');
  expect(server.sent[0]).toMatchObject({ cluster: 'West', networks: { lan: 'dmz' } });
});

test('a manager that cannot list the places is said; they can be typed meanwhile', async () => {
  server.targets = () => Promise.resolve(problem(503, 'HYPERVISOR_UNAVAILABLE', 'The engine is away', 'Wait for it.'));
  await toWhere();
  screen.getByText('The engine is away', { exact: false });
  expect(field('Cluster').tagName).toBe('INPUT');
});
