// Plays the part of oVirt's administration portal for UI plug-ins; see docs/lab.md.
import { element } from './dom.js';
import { ask, Login } from './engine.js';
import { Menu } from './menu.js';
import { Messages } from './messages.js';
import { FramePlace, Places } from './places.js';
import { Plugins } from './plugins.js';
import { Vms } from './vms.js';

const REFRESH_MILLIS = 3000;
const VM = 'VirtualMachine';

const log = {
  severe: (text) => console.error(`SEVERE: ${text}`),
  warning: (text) => console.warn(text),
  info: (text) => console.info(text),
};
const login = new Login();
const messages = new Messages();

function signInForm() {
  const problem = element('p', { role: 'alert' });
  const user = element('input', { id: 'user', autocomplete: 'username', value: 'admin@internal' });
  const password = element('input', { id: 'password', type: 'password', autocomplete: 'current-password' });
  const submit = async (event) => {
    event.preventDefault();
    const why = await login.signIn(user.value, password.value);
    problem.textContent = why ?? '';
    if (why === undefined) {
      window.location.reload();
    }
  };
  document.body.replaceChildren(element('main', { class: 'sign-in' }, element('form', { onSubmit: submit },
    element('h1', {}, 'The lab’s administration portal'),
    element('p', {}, 'It plays the part of oVirt’s for plug-ins, and is not oVirt.'),
    element('label', { for: 'user' }, 'User name'), user,
    element('label', { for: 'password' }, 'Password'), password,
    problem,
    element('button', { type: 'submit' }, 'Log in'))));
  password.focus();
}

/** The session is over; the address keeps the place for the next one. */
function leave() {
  login.forget();
  window.location.reload();
}

function header() {
  const out = async () => {
    await login.signOut();
    window.location.reload();
  };
  return element('header', { class: 'bar' },
    element('strong', {}, 'lab'), element('span', {}, 'STAND-IN FOR THE ADMINISTRATION PORTAL'),
    element('span', { class: 'user' }, login.kept.user),
    element('button', { type: 'button', onClick: out }, 'Log out'));
}

function portal() {
  const main = element('main');
  const places = new Places(log);
  const menu = new Menu((token) => places.reveal(token));
  const frames = new Map();
  const vms = new Vms({
    log,
    main: () => main,
    reveal: (token, parameters) => places.reveal(token, parameters),
    selectionChanged: (items) => plugins.invokeNow('VirtualMachineSelectionChange', [items]),
  });

  const addFrame = (token, place) => {
    frames.set(token, place);
    return place;
  };
  const addMenuPlace = (label, token, url) => {
    places.add(token, addFrame(token, new FramePlace(label, url, () => main)));
    places.land(token);
  };
  const ui = {
    engineBaseUrl: () => `${window.location.origin}/ovirt-engine/`,
    currentLocale: () => new URLSearchParams(window.location.search).get('locale')?.replace('_', '-') ?? 'en-US',
    currentPlace: () => places.current,
    addPrimaryMenuPlace: (label, token, url, options = {}) => {
      menu.add({ id: token, label, icon: options.icon, token }, options.priority);
      addMenuPlace(label, token, url);
    },
    addPrimaryMenuContainer: (label, id, options = {}) => menu.add({ id, label, icon: options.icon }, options.priority),
    addSecondaryMenuPlace: (container, label, token, url, options = {}) => {
      menu.addPlace(container, token, label, options.priority);
      addMenuPlace(label, token, url);
    },
    addDetailPlace: (entity, label, token, url, options = {}) => {
      if (entity !== VM) {
        return;
      }
      const frame = addFrame(token, new FramePlace(label, url, () => vms.slot));
      vms.addTab({ label, token, priority: options.priority ?? Infinity });
      places.add(token, {
        show: (parameters) => {
          vms.showDetails(token, parameters);
          frame.show();
        },
        hide: () => {
          vms.leave();
          frame.hide();
        },
      });
    },
    addMenuPlaceActionButton: (entity, label, button) => (entity === VM ? vms.addButton(label, button) : undefined),
    setPlaceContentUrl: (token, url) => frames.get(token)?.setUrl(url),
    showDialog: (title, token, url, width, height, options) =>
      messages.dialog(title, token, url, [width, height], options),
    closeDialog: (token) => messages.closeDialog(token),
    showAlert: (kind, text, options) => messages.alert(kind, text, options),
    showToast: (kind, text) => messages.toast(kind, text),
    revealPlace: (token) => places.reveal(token),
  };
  const plugins = new Plugins(ui, login, log);
  window.pluginApi = (name) => plugins.api(name);

  places.add('vms', { show: () => vms.showList(), hide: () => vms.leave() });
  places.add('vms-general', {
    show: (parameters) => vms.showDetails('vms-general', parameters),
    hide: () => vms.leave(),
  });
  for (const token of ['networks', 'storage', 'users', 'events']) {
    const empty = element('p', { class: 'page' }, 'The lab shows nothing here.');
    places.add(token, { show: () => main.replaceChildren(empty), hide: () => undefined });
  }
  return { main, menu, places, plugins, vms };
}

/** Resolves when the plug-ins' pages are there; those with lazyLoad false are waited for till they are ready. */
function loaded(plugins) {
  const definitions = JSON.parse(document.getElementById('plugin-definitions').textContent);
  const pages = definitions.map((definition) => new Promise((resolve) => {
    const frame = element('iframe', { src: definition.url, class: 'plugin', 'aria-hidden': 'true', tabindex: -1 });
    frame.addEventListener('load', resolve);
    plugins.define(definition, { load: () => document.body.append(frame), remove: () => frame.remove() });
    if (!definition.enabled) {
      resolve();
    }
  }));
  const ready = () => new Promise((resolve) => {
    const look = () => (plugins.awaited().length === 0 ? resolve() : setTimeout(look, 50));
    look();
  });
  return Promise.all(pages).then(ready);
}

async function begin() {
  const { main, menu, places, plugins, vms } = portal();
  const refresh = async () => {
    const answer = await ask(login, 'vms', leave);
    if (answer) {
      vms.update(answer.vm ?? []);
    }
  };
  document.body.replaceChildren(header(), menu.element, main, messages.element);
  main.replaceChildren(element('p', { class: 'page' }, 'Loading ...'));
  await refresh();
  await loaded(plugins);
  login.finished = true;
  plugins.invokeNowOrLater('UserLogin', [login.fullName(), login.id()]);
  places.start();
  setInterval(refresh, REFRESH_MILLIS);
}

if (login.token()) {
  begin();
} else {
  signInForm();
}
