import { type Config, consoleUrl } from '../host/ovirt/config';
import { VM_PLACE } from '../host/ovirt/places';
import type { PluginApi, VmItem } from '../host/ovirt/pluginApi';

const KEY = 'stillpoint.vm';

/** The VM that the tab shows, kept over a reload of the portal on the tab: its address has no VM. */
export class VmTab {
  private shown: string | undefined;

  constructor(
    private readonly api: PluginApi,
    private readonly config: Config,
    private readonly storage: Storage,
  ) {}

  /** @param hash the portal's address as it was loaded */
  add(label: string, hash: string, priority: number): void {
    const vm = hash.replace(/;.*/, '') === `#${VM_PLACE}` ? this.kept() : undefined;
    // The address has a name if the portal's own switch between VMs was used; then that one is meant.
    this.shown = vm && [undefined, vm.name].includes(nameIn(hash)) ? vm.id : undefined;
    const url = this.shown === undefined ? consoleUrl(this.config, '/vm') : this.url(this.shown);
    this.api.addDetailPlace('VirtualMachine', label, VM_PLACE, url, { priority });
  }

  /** Several VMs, or none, are no reason to leave the one that is shown; neither is the same one told again. */
  follow(selected: readonly VmItem[]): void {
    const [vm, another] = selected;
    if (!vm?.id || another || vm.id === this.shown) {
      return;
    }
    this.shown = vm.id;
    this.api.setPlaceContentUrl(VM_PLACE, this.url(vm.id));
    this.storage.setItem(KEY, JSON.stringify({ id: vm.id, name: vm.name }));
  }

  private url(vm: string): string {
    return consoleUrl(this.config, `/vm/${encodeURIComponent(vm)}`);
  }

  private kept(): VmItem | undefined {
    const vm = attempted(() => JSON.parse(this.storage.getItem(KEY) ?? 'null') as Partial<VmItem> | null);
    return typeof vm?.id === 'string' && typeof vm.name === 'string' ? { id: vm.id, name: vm.name } : undefined;
  }
}

/** The portal encodes a name twice, as "b%25C3%25BCro+test". Of an address that cannot be read an empty one, which no VM has. */
function nameIn(hash: string): string | undefined {
  const name = /;name=([^;]*)/.exec(hash)?.[1];
  const once = (text: string): string => decodeURIComponent(text).replaceAll('+', ' ');
  return name === undefined ? undefined : (attempted(() => once(once(name))) ?? '');
}

function attempted<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
