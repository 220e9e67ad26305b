import type { NewPolicy, Policy, Retention, Schedule } from '../../api/types';

export const KINDS = ['none', 'one-time', 'daily', 'weekly', 'monthly'] as const;
export const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export const ORDINALS = ['first', 'second', 'third', 'fourth', 'last'] as const;
export const ORDERS = ['', 'highest-load', 'load-per-time', 'fifo', 'smallest', 'longest'] as const;
export type Day = (typeof DAYS)[number];

/** A policy as its form holds it: texts that are empty are not set. */
export interface PolicyDraft {
  readonly name: string;
  readonly enabled: boolean;
  readonly vms: readonly string[];
  /** Rules, a line each. */
  readonly select: string;
  readonly except: string;
  readonly excludedDisks: readonly string[];
  readonly freeze: 'none' | 'try' | 'require';
  readonly kind: (typeof KINDS)[number];
  readonly hour: number;
  readonly start: string;
  readonly zone: string;
  readonly weekdays: readonly Day[];
  readonly on: string;
  readonly keep: Readonly<Record<string, string>>;
  readonly keepLast: string;
  readonly gfs: Readonly<Record<'daily' | 'weekly' | 'monthly' | 'yearly', string>>;
  readonly order: (typeof ORDERS)[number];
  /** What the form does not show is sent as it was. */
  readonly group: NonNullable<NewPolicy['group']>;
}

const NIGHT = 22;

export function emptyDraft(zone: string): PolicyDraft {
  return {
    name: '',
    enabled: true,
    vms: [],
    select: '',
    except: '',
    excludedDisks: [],
    freeze: 'none',
    kind: 'daily',
    hour: NIGHT,
    start: '',
    zone,
    weekdays: ['sunday'],
    on: 'first sunday',
    keep: { daily: '30d', weekly: '8w', monthly: '12m', 'one-time': '30d', manual: '30d' },
    keepLast: '',
    gfs: { daily: '', weekly: '', monthly: '', yearly: '' },
    order: '',
    group: {},
  };
}

const text = (count: number | undefined) => (count === undefined || count === 0 ? '' : String(count));

/** Of a policy that is there, or of the settings of one that was. */
export function draftOf(policy: Policy | NewPolicy, zone: string): PolicyDraft {
  const empty = emptyDraft(zone);
  const { schedule, retention, group } = policy;
  return {
    ...empty,
    name: policy.name,
    enabled: policy.enabled ?? true,
    vms: policy.vms ?? [],
    select: (policy.select ?? []).join('\n'),
    except: (policy.except ?? []).join('\n'),
    excludedDisks: policy.excludedDisks ?? [],
    freeze: policy.freeze ?? 'none',
    kind: schedule?.type ?? 'none',
    hour: schedule?.hour ?? empty.hour,
    start: schedule?.start ?? '',
    zone: schedule?.zone ?? (schedule === undefined ? zone : 'UTC'),
    weekdays: schedule?.weekdays ?? empty.weekdays,
    on: schedule?.on ?? empty.on,
    keep: retention === undefined ? empty.keep : (retention.keep ?? {}),
    keepLast: text(retention?.keepLast),
    gfs: {
      daily: text(retention?.gfs?.daily),
      weekly: text(retention?.gfs?.weekly),
      monthly: text(retention?.gfs?.monthly),
      yearly: text(retention?.gfs?.yearly),
    },
    order: group?.order ?? '',
    group: group ?? {},
  };
}

export function scheduleOf(draft: PolicyDraft): Schedule | undefined {
  const { kind, hour, start, zone, weekdays, on } = draft;
  if (kind === 'none') {
    return undefined;
  }
  return {
    type: kind,
    hour,
    zone,
    ...(start === '' ? {} : { start }),
    ...(kind === 'weekly' ? { weekdays: DAYS.filter((day) => weekdays.includes(day)) } : {}),
    ...(kind === 'monthly' ? { on } : {}),
  };
}

export function retentionOf(draft: PolicyDraft): Retention {
  const keep = Object.fromEntries(Object.entries(draft.keep).filter(([, time]) => time.trim() !== ''));
  const { daily, weekly, monthly, yearly } = draft.gfs;
  return {
    keep,
    keepLast: Number(draft.keepLast),
    gfs: { daily: Number(daily), weekly: Number(weekly), monthly: Number(monthly), yearly: Number(yearly) },
    zone: draft.zone,
  };
}

const lines = (rules: string) => rules.split('\n').map((rule) => rule.trim()).filter((rule) => rule !== '');

export function policyOf(draft: PolicyDraft, site: string): NewPolicy {
  const schedule = scheduleOf(draft);
  const group = { ...draft.group };
  delete group.order;
  return {
    name: draft.name.trim(),
    site,
    vms: [...draft.vms],
    excludedDisks: [...draft.excludedDisks],
    select: lines(draft.select),
    except: lines(draft.except),
    freeze: draft.freeze,
    enabled: draft.enabled,
    group: draft.order === '' ? group : { ...group, order: draft.order },
    retention: retentionOf(draft),
    ...(schedule === undefined ? {} : { schedule }),
  };
}

/** Which fields stand in the way of saving. */
export function missing(draft: PolicyDraft): ('name' | 'vms' | 'start' | 'weekdays')[] {
  return [
    ...(draft.name.trim() === '' ? (['name'] as const) : []),
    ...(draft.vms.length === 0 && lines(draft.select).length === 0 ? (['vms'] as const) : []),
    ...(draft.kind === 'one-time' && draft.start === '' ? (['start'] as const) : []),
    ...(draft.kind === 'weekly' && draft.weekdays.length === 0 ? (['weekdays'] as const) : []),
  ];
}
