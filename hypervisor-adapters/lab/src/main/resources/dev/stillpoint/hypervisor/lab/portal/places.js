// Which place is shown, and the address's hash: "#vms", "#vms-general;name=web01".

const START = 'vms';

/** The places of the page; a place is `{show(parameters), hide()}`. */
export class Places {
  constructor(log) {
    this.log = log;
    this.known = new Map();
    this.landing = START;
    this.current = '';
    window.addEventListener('hashchange', () => this.follow());
  }

  add(token, place) {
    this.known.set(token, place);
  }

  /** In the real portal too every menu place that a plug-in adds becomes the landing page. */
  land(token) {
    this.landing = token;
  }

  /** Shows what the address says, else the landing page. */
  start() {
    if (window.location.hash.length > 1) {
      this.follow();
    } else {
      this.reveal(this.landing);
    }
  }

  reveal(token, parameters = '') {
    const hash = `#${token}${parameters}`;
    if (window.location.hash === hash) {
      this.follow();
    } else {
      // The event that this causes shows the place.
      window.location.hash = hash;
    }
  }

  follow() {
    const [token, ...parameters] = decodeURIComponent(window.location.hash.slice(1)).split(';');
    const place = this.known.get(token);
    if (!place) {
      this.log.severe(`no presenter proxy mapped for ${token}`);
      this.reveal(START);
      return;
    }
    const before = this.known.get(this.current);
    if (before && before !== place) {
      before.hide();
    }
    this.current = token;
    place.show(Object.fromEntries(parameters.map((parameter) => parameter.split('='))));
  }
}

/** A place of a plug-in: an iframe that lives as long as the place is shown. */
export class FramePlace {
  /**
   * @param title what the frame is called
   * @param url where it begins; relative to the page
   * @param slot gives the element that takes the frame
   */
  constructor(title, url, slot) {
    this.slot = slot;
    this.frame = document.createElement('iframe');
    this.frame.title = title;
    this.frame.src = url;
  }

  setUrl(url) {
    this.frame.src = url;
  }

  show() {
    const slot = this.slot();
    if (this.frame.parentNode !== slot) {
      slot.replaceChildren(this.frame);
    }
  }

  hide() {
    this.frame.remove();
  }
}
