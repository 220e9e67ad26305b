// Elements from words. Texts are texts: nothing here ever reads HTML.

/** An element with attributes; `onX` are listeners, `false` and undefined leave an attribute out. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) {
      made.addEventListener(key.slice(2).toLowerCase(), value);
    } else if (value !== false && value !== undefined) {
      made.setAttribute(key, value === true ? '' : String(value));
    }
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

const SVG = 'http://www.w3.org/2000/svg';

const PATHS = {
  compute: 'M4 4h8v8H4zM6 0h1v3H6zM9 0h1v3H9zM6 13h1v3H6zM9 13h1v3H9zM0 6h3v1H0zM0 9h3v1H0zM13 6h3v1h-3zM13 9h3v1h-3z',
  network: 'M5 0h6v5H9v2h5v3h2v5h-6v-5h2V9H4v1h2v5H0v-5h2V7h5V5H5z',
  storage: 'M2 2q6-3 12 0v3q-6 3-12 0zM2 7q6 3 12 0v3q-6 3-12 0zM2 11q6 3 12 0v3q-6 3-12 0z',
  'fa-shield': 'M8 0l7 2v6q-1 6-7 8-6-2-7-8V2zM8 2v12q4-2 5-6V4z',
  administration: 'M7 0h2l1 3 3-1 1 2-2 2 4 1v2l-3 1 1 3-2 1-2-2-1 4H7l-1-3-3 1-1-2 2-2-4-1V7l3-1-1-3 2-1 2 2zM6 6v4h4V6z',
  events: 'M1 0h2v16H1zM4 1q3-2 6 0 3 2 6-1v8q-3 2-6 1-3-2-6 0z',
};

/** A picture of the menu. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name] ?? PATHS.events);
  path.setAttribute('fill-rule', 'evenodd');
  svg.append(path);
  return svg;
}
