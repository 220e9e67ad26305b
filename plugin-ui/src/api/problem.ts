/** What went wrong with a call, and what helps: as the server says it, or as it is seen from here. */
export class ApiProblem extends Error {
  constructor(
    readonly kind: string,
    readonly detail: string,
    readonly remedy: string,
    readonly status: number,
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

type Body = { kind?: unknown; detail?: unknown; remedy?: unknown };

const text = (value: unknown) => (typeof value === 'string' ? value : '');

/** Of an answer that is no success; its body may be a problem document, anything else, or nothing. */
export function problemOf(status: number, body: unknown): ApiProblem {
  const said: Body = typeof body === 'object' && body !== null ? body : {};
  if (text(said.kind) === '' && AWAY.includes(status)) {
    return unreachable();
  }
  return new ApiProblem(text(said.kind) || `HTTP_${status}`, text(said.detail), text(said.remedy), status);
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
