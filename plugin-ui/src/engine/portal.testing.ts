import { Plugins } from '../../../hypervisor-adapters/lab/src/main/resources/dev/stillpoint/hypervisor/lab/portal/plugins.js';
import { PLUGIN, type ActionButton, type PluginApi } from '../host/ovirt/pluginApi';
import { enlist, type World } from './plugin';

/** The lab's own portal, without a page: what the plug-in did to it, as lines. */
export class TestPortal {
  readonly done: string[] = [];
  readonly log: string[] = [];
  readonly buttons = new Map<string, ActionButton>();
  readonly timers: (() => void)[] = [];
  readonly fetched: { url: string; init: RequestInit }[] = [];
  place = '';
  locale = 'en-US';
  config: unknown = { site: 'lab' };
  token: string | undefined = 'token-1';
  answers: (() => Promise<Response>)[] = [];
  removed = false;
  private readonly plugins: Plugins;

  constructor() {
    const note =
      (what: string) =>
      (...args: unknown[]): void => {
        this.done.push([what, ...args.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)))].join(' '));
      };
    const ui = {
      engineBaseUrl: () => 'https://engine/ovirt-engine/',
      currentLocale: () => this.locale,
      currentPlace: () => this.place,
      addPrimaryMenuContainer: note('container'),
      addSecondaryMenuPlace: note('place'),
      addDetailPlace: note('tab'),
      addMenuPlaceActionButton: (entity: string, label: string, button: ActionButton) => {
        note('button')(entity, label);
        this.buttons.set(label, button);
      },
      setPlaceContentUrl: note('url'),
      showToast: note('toast'),
      showAlert: note('alert'),
      revealPlace: note('reveal'),
    };
    const user = {
      token: () => this.token,
      fullName: () => this.unfinished(),
      id: () => this.unfinished(),
    };
    const log = {
      severe: (text: string) => this.log.push(text),
      warning: (text: string) => this.log.push(text),
      info: (text: string) => this.log.push(text),
    };
    this.plugins = new Plugins(ui, user, log);
  }

  private unfinished(): never {
    throw new TypeError('the login has not finished');
  }

  api(): PluginApi {
    return this.plugins.api(PLUGIN) as unknown as PluginApi;
  }

  /** What the host page does once it is loaded. */
  load(hash = '', api = this.api()): void {
    this.plugins.define(
      { name: PLUGIN, enabled: true, lazyLoad: true, config: this.config },
      {
        load: () => undefined,
        remove: () => {
          this.removed = true;
        },
      },
    );
    enlist(this.world(hash, api));
  }

  state(): string | undefined {
    return this.plugins.state(PLUGIN) as string | undefined;
  }

  world(hash: string, api: PluginApi): World {
    return {
      api,
      portal: { location: { hash } },
      storage: window.sessionStorage,
      fetch: (url, init) => {
        this.fetched.push({ url, init });
        const answer = this.answers.shift();
        return answer ? answer() : Promise.reject(new TypeError('Failed to fetch'));
      },
      later: (work) => {
        this.timers.push(work);
      },
      now: () => 1000,
    };
  }

  /** The next poll. */
  tick(): void {
    this.timers.shift()?.();
  }

  select(...items: unknown[]): void {
    this.plugins.invokeNow('VirtualMachineSelectionChange', items);
  }

  answer(status: number, body: unknown, type = 'application/json'): void {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    this.answers.push(() => Promise.resolve(new Response(text, { status, headers: { 'Content-Type': type } })));
  }
}
