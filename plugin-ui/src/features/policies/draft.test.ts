import { expect, test } from 'vitest';
import type { Policy } from '../../api/types';
import { draftOf, emptyDraft, missing, policyOf, retentionOf, scheduleOf } from './draft';

const policy: Policy = {
  id: 'p', name: 'nightly', site: 's', vms: ['v1'], excludedDisks: ['d1'], freeze: 'try', enabled: false,
  select: ['tag=prod', 'cluster=A*'], except: ['name=test*'],
  schedule: { type: 'monthly', hour: 3, zone: 'Europe/Berlin', on: 'third monday' },
  group: { order: 'smallest', by: 'host', readers: 3 },
  retention: { keep: { monthly: '12m' }, keepLast: 3, gfs: { daily: 7, weekly: 0, monthly: 0, yearly: 2 }, zone: 'Europe/Berlin' },
  rights: [],
};

test('a policy that is opened and saved stays what it was', () => {
  expect({ id: 'p', rights: [], ...policyOf(draftOf(policy, 'UTC'), 's') }).toEqual(policy);
});

test('a schedule holds only what its kind knows', () => {
  const draft = { ...emptyDraft('UTC'), weekdays: ['friday', 'monday'] as const };
  expect(scheduleOf({ ...draft, kind: 'daily' })).toEqual({ type: 'daily', hour: 22, zone: 'UTC' });
  expect(scheduleOf({ ...draft, kind: 'weekly' })).toEqual({ type: 'weekly', hour: 22, zone: 'UTC', weekdays: ['monday', 'friday'] });
  expect(scheduleOf({ ...draft, kind: 'none' })).toBeUndefined();
});

test('a schedule without a zone is in UTC, wherever the reader sits', () => {
  expect(draftOf({ ...policy, schedule: { type: 'daily', hour: 1 } }, 'Asia/Tokyo').zone).toBe('UTC');
});

test('empty retention fields keep nothing by that rule', () => {
  const draft = { ...emptyDraft('UTC'), keep: { daily: ' ', manual: '7d' } };
  expect(retentionOf(draft)).toEqual({
    keep: { manual: '7d' }, keepLast: 0, gfs: { daily: 0, weekly: 0, monthly: 0, yearly: 0 }, zone: 'UTC',
  });
});

test('says what is missing before it can be saved', () => {
  expect(missing(emptyDraft('UTC'))).toEqual(['name', 'vms']);
  expect(missing({ ...emptyDraft('UTC'), name: 'a', select: 'tag=x', kind: 'one-time' })).toEqual(['start']);
  expect(missing({ ...emptyDraft('UTC'), name: 'a', vms: ['v'], kind: 'weekly', weekdays: [] })).toEqual(['weekdays']);
});
