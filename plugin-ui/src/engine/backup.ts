import type { Config } from '../host/ovirt/config';
import type { PluginApi, VmItem, Word } from '../host/ovirt/pluginApi';
import { say } from '../host/ovirt/say';
import type { Words } from './words';

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What the backend says of a run, and of a refusal. */
interface Answer {
  readonly id?: string;
  readonly state?: string;
  readonly detail?: string;
  readonly remedy?: string;
}

/**
 * Asks for backups of what is selected. A click while an earlier one of the same VMs has not come to
 * its end makes no second run.
 */
export class Backups {
  private readonly underWay = new Set<string>();
  private readonly runs = new Map<string, string>();

  constructor(
    private readonly api: PluginApi,
    private readonly config: Config,
    private readonly words: Words,
    private readonly send: Fetch,
  ) {}

  async start(vms: readonly VmItem[]): Promise<void> {
    const key = vms
      .map((vm) => vm.id)
      .sort()
      .join();
    if (vms.length === 0 || this.underWay.has(key)) {
      return;
    }
    this.underWay.add(key);
    try {
      await this.startOnce(key, vms);
    } finally {
      this.underWay.delete(key);
    }
  }

  private async startOnce(key: string, vms: readonly VmItem[]): Promise<void> {
    const names = vms.map((vm) => vm.name).join(', ');
    if (await this.runsStill(this.runs.get(key))) {
      this.tell('info', this.words.already(names));
      return;
    }
    const body = JSON.stringify({ site: this.config.site, vms: vms.map((vm) => vm.id) });
    let response: Response;
    let answer: Answer | undefined;
    try {
      response = await this.call('POST', 'runs', body);
      answer = await answerOf(response);
    } catch {
      this.tell('warning', this.words.unanswered(names));
      return;
    }
    if (response.ok && answer?.id) {
      this.runs.set(key, answer.id);
      this.tell('success', answer.state === 'queued' ? this.words.waiting(names) : this.words.started(names));
    } else {
      this.tell('danger', this.words.failed(names, this.cause(response, answer)));
    }
  }

  private cause(response: Response, answer: Answer | undefined): string {
    // What the server advises about tokens is for programs.
    if (response.status === 401) {
      return this.words.reload;
    }
    if (answer?.detail) {
      return [answer.detail, answer.remedy].filter(Boolean).join('. ').replace(/\.\. /g, '. ');
    }
    // The portal's web server answers for a backend that is not there.
    return response.status === 503 ? this.words.away : `HTTP ${response.status}`;
  }

  private async runsStill(run: string | undefined): Promise<boolean> {
    if (run === undefined) {
      return false;
    }
    try {
      const answer = await answerOf(await this.call('GET', `runs/${encodeURIComponent(run)}`));
      return answer?.state === 'queued' || answer?.state === 'running';
    } catch {
      return false;
    }
  }

  private call(method: string, path: string, body?: string): Promise<Response> {
    const headers: Record<string, string> = {
      Authorization: `Bearer ${this.api.ssoToken() ?? ''}`,
      'Stillpoint-Site': this.config.site,
    };
    if (body !== undefined) {
      headers['Content-Type'] = 'application/json';
    }
    return this.send(`${this.config.backendPath}api/v1/${path}`, {
      method,
      headers,
      // Without it the browser's own sign-in dialog may come up and block the whole tab.
      credentials: 'omit',
      cache: 'no-store',
      ...(body === undefined ? {} : { body }),
    });
  }

  private tell(word: Word, text: string): void {
    say(this.api, word, text);
  }
}

async function answerOf(response: Response): Promise<Answer | undefined> {
  const type = response.headers.get('Content-Type') ?? '';
  return /json/.test(type) ? ((await response.json()) as Answer) : undefined;
}
