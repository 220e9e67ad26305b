// The portal's part of the plug-in API, as it was observed in oVirt 4.5.8: states, guards, and what an
// exception does. It knows no DOM: `ui` shows things, `frame` is the plug-in's zero-size iframe.

const LATER = 0;

/** One plug-in: defined -> loading -> ready -> initializing -> in use, or failed. */
const defined = (meta, frame) => ({ meta, frame, state: 'defined', handlers: undefined, scheduled: [] });

/** All plug-ins of the page. */
export class Plugins {
  /**
   * @param ui what the API's functions do on the page, by their names
   * @param user tells `token`, `fullName` and `id`; the latter two throw until the login is finished
   * @param log gets `severe`, `warning` and `info`
   */
  constructor(ui, user, log) {
    this.ui = ui;
    this.user = user;
    this.log = log;
    this.plugins = new Map();
  }

  /** Loads a plug-in unless it is disabled. */
  define(meta, frame) {
    if (this.plugins.has(meta.name)) {
      this.log.warning(`Plugin [${meta.name}] is already defined`);
      return;
    }
    const plugin = defined(meta, frame);
    this.plugins.set(meta.name, plugin);
    if (meta.enabled) {
      plugin.state = 'loading';
      frame.load();
    }
  }

  /** The names of those for which the start of the portal waits, for ever if need be. */
  awaited() {
    const waits = (plugin) => plugin.meta.enabled && !plugin.meta.lazyLoad && plugin.state === 'loading';
    return [...this.plugins.values()].filter(waits).map((plugin) => plugin.meta.name);
  }

  state(name) {
    return this.plugins.get(name)?.state;
  }

  /** Tells those that are in use, and the others as soon as they are. */
  invokeNowOrLater(functionName, args) {
    for (const plugin of this.plugins.values()) {
      if (plugin.state === 'in use') {
        this.invoke(plugin, functionName, args);
      } else {
        plugin.scheduled.push(() => this.invoke(plugin, functionName, args));
      }
    }
  }

  /** Tells those that are in use. */
  invokeNow(functionName, args) {
    for (const plugin of this.plugins.values()) {
      if (plugin.state === 'in use') {
        this.invoke(plugin, functionName, args);
      }
    }
  }

  invoke(plugin, functionName, args) {
    const handler = plugin.handlers[functionName];
    if (typeof handler !== 'function') {
      return true;
    }
    try {
      handler(...args);
      return true;
    } catch (failure) {
      this.log.severe(
        `Exception caught while invoking event handler function [${functionName}] for plugin [${plugin.meta.name}]: ${failure}`,
      );
      plugin.frame.remove();
      plugin.state = 'failed';
      this.log.warning(`Plugin [${plugin.meta.name}] removed from service due to failure`);
      return false;
    }
  }

  /** `window.pluginApi(name)`. */
  api(name) {
    return new Api(this, name);
  }

  register(name, handlers) {
    const plugin = this.plugins.get(name);
    if (plugin && !plugin.handlers) {
      plugin.handlers = handlers ?? {};
    }
  }

  ready(name) {
    const plugin = this.plugins.get(name);
    if (plugin?.state !== 'loading' || !plugin.handlers) {
      return;
    }
    plugin.state = 'initializing';
    if (this.invoke(plugin, 'UiInit', [])) {
      plugin.state = 'in use';
      plugin.scheduled.splice(0).forEach((command) => command());
    }
  }

  /** Whether a plug-in may act; those that only look may do so while they load. */
  may(name, whileLoading) {
    const state = this.plugins.get(name)?.state;
    return state === 'initializing' || state === 'in use' || (whileLoading && state === 'loading');
  }

  config(name) {
    return this.plugins.get(name)?.meta.config ?? null;
  }
}

/** What `window.pluginApi(name)` gives. A call that is not allowed does nothing and gives undefined. */
class Api {
  constructor(plugins, name) {
    this.plugins = plugins;
    this.pluginName = name;
  }

  register(handlers) {
    this.plugins.register(this.pluginName, handlers);
  }

  options() {
    // Allowed origins of messages; nobody here sends any.
  }

  ready() {
    this.plugins.ready(this.pluginName);
  }

  configObject() {
    return this.plugins.config(this.pluginName);
  }

  logger() {
    return this.plugins.log;
  }

  look(what) {
    return this.plugins.may(this.pluginName, true) ? what() : undefined;
  }

  loginUserName() {
    return this.look(() => this.plugins.user.fullName());
  }

  loginUserId() {
    return this.look(() => this.plugins.user.id());
  }

  ssoToken() {
    return this.look(() => this.plugins.user.token());
  }

  engineBaseUrl() {
    return this.look(() => this.plugins.ui.engineBaseUrl());
  }

  currentLocale() {
    return this.look(() => this.plugins.ui.currentLocale());
  }

  currentPlace() {
    return this.look(() => this.plugins.ui.currentPlace());
  }
}

/** Those that change the page; the ones marked as late come after the caller's own work. */
const ACTIONS = {
  addPrimaryMenuPlace: false,
  addPrimaryMenuContainer: false,
  addSecondaryMenuPlace: false,
  addDetailPlace: false,
  addMenuPlaceActionButton: false,
  showDialog: false,
  setPlaceContentUrl: true,
  closeDialog: true,
  showAlert: true,
  showToast: true,
  revealPlace: true,
};

for (const [action, late] of Object.entries(ACTIONS)) {
  Api.prototype[action] = function act(...args) {
    if (!this.plugins.may(this.pluginName, false)) {
      return;
    }
    const ui = this.plugins.ui;
    if (late) {
      setTimeout(() => ui[action](...args), LATER);
    } else {
      ui[action](...args);
    }
  };
}

/** Calls a button's function: what it throws is logged only, and `otherwise` is the result. */
export function ask(log, button, functionName, items, otherwise) {
  if (typeof button[functionName] !== 'function') {
    return otherwise;
  }
  try {
    return button[functionName](items, null);
  } catch (failure) {
    log.severe(`Exception caught in an action button's [${functionName}]: ${failure}`);
    return otherwise;
  }
}
