import type { components } from './schema';

type Document = components['schemas']['ProblemDocument'];

export type Place = NonNullable<Document['place']>;

/** What sort of thing goes wrong, as the server sorts it. */
export const KINDS = [
  'BAD_REQUEST',
  'UNAUTHENTICATED',
  'PERMISSION',
  'NOT_FOUND',
  'CONFLICT',
  'HYPERVISOR_UNAVAILABLE',
  'HYPERVISOR_REFUSED',
  'STORAGE_UNAVAILABLE',
  'OUT_OF_SPACE',
  'CORRUPT_DATA',
  'CANCELLED',
  'INTERNAL',
] as const satisfies readonly Document['kind'][];

const PLACES = ['sites', 'vms', 'groups', 'policies', 'past_policies', 'runs', 'points', 'holds', 'restore', 'repository'] as const satisfies readonly Place[];

/** What went wrong with a call, and what helps: as the server says it, or as it is seen from here. */
export class ApiProblem extends Error {
  constructor(
    readonly kind: string,
    readonly detail: string,
    readonly remedy: string,
    readonly status: number,
    /** Where one does what the remedy says. */
    readonly place?: Place,
  ) {
    super(detail);
    this.name = 'ApiProblem';
  }

  /** The caller may not do this: asking again does not help. */
  get denied(): boolean {
    return this.status === 403;
  }
}

/** What the manager's web server answers in place of a server that is not there. */
const AWAY = [502, 503, 504];

const unreachable = () => new ApiProblem('UNREACHABLE', '', '', 0);

type Body = { kind?: unknown; detail?: unknown; remedy?: unknown; place?: unknown };

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** Of an answer that is no success; its body may be a problem document, anything else, or nothing. */
export function problemOf(status: number, body: unknown): ApiProblem {
  const said: Body = typeof body === 'object' && body !== null ? body : {};
  if (text(said.kind) === '' && AWAY.includes(status)) {
    return unreachable();
  }
  return new ApiProblem(text(said.kind) || `HTTP_${status}`, text(said.detail), text(said.remedy), status, PLACES.find((place) => place === said.place));
}

/** Of whatever was thrown: a call that did not arrive is a `TypeError` of fetch. */
export function asProblem(thrown: unknown): ApiProblem {
  if (thrown instanceof ApiProblem) {
    return thrown;
  }
  return thrown instanceof TypeError
    ? unreachable()
    : new ApiProblem('INTERNAL', thrown instanceof Error ? thrown.message : String(thrown), '', 0);
}
