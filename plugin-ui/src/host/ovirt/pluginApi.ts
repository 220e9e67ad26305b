/** What the administration portal gives to UI plug-ins (oVirt 4.5), as far as we use it. */

/** A VM as the portal hands it to handlers, always in an array. */
export interface VmItem {
  readonly id: string;
  readonly name: string;
  readonly status?: string;
}

/** A button above the list of VMs. All are called with the selected items first. */
export interface ActionButton {
  readonly onClick: (items: readonly VmItem[]) => void;
  readonly isEnabled: (items: readonly VmItem[]) => boolean;
  readonly index: number;
  readonly id: string;
}

export interface EventHandlers {
  readonly UiInit: () => void;
  readonly VirtualMachineSelectionChange: (items: readonly VmItem[]) => void;
}

/** Of what kind a word to the user is. */
export type Word = 'success' | 'info' | 'warning' | 'danger';

/**
 * Of a plug-in that was removed all functions do nothing and return undefined. Those that need the
 * login to be finished throw before it is; of ours none does.
 */
export interface PluginApi {
  register(handlers: EventHandlers): void;
  ready(): void;
  configObject(): unknown;
  addPrimaryMenuContainer(label: string, id: string, options: MenuOptions): void;
  addSecondaryMenuPlace(container: string, label: string, token: string, url: string, options: MenuOptions): void;
  addDetailPlace(entity: string, label: string, token: string, url: string, options: MenuOptions): void;
  setPlaceContentUrl(token: string, url: string): void;
  addMenuPlaceActionButton(entity: string, label: string, button: ActionButton): void;
  showToast(word: Word, text: string): void;
  showAlert(word: Word, text: string, options: Record<string, never>): void;
  revealPlace(token: string): void;
  currentPlace(): string | undefined;
  ssoToken(): string | undefined;
  currentLocale(): string | undefined;
  logger(): { severe(text: string): void };
}

interface MenuOptions {
  readonly priority?: number;
  readonly icon?: string;
  readonly defaultPlace?: boolean;
}

/** A window of the portal's. */
export interface PortalWindow {
  readonly pluginApi?: (name: string) => PluginApi;
}

export const PLUGIN = 'stillpoint';
