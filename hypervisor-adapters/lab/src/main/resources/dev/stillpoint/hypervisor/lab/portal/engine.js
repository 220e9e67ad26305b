// The engine's API and its single sign-on, as the page uses them.

const SSO = '/ovirt-engine/sso/oauth/token';
const LOGOUT = '/ovirt-engine/services/sso-logout';
const KEPT = 'lab.portal.login';

/** Who is signed in; kept over a reload of the page, forgotten with the tab. */
export class Login {
  constructor() {
    this.kept = JSON.parse(sessionStorage.getItem(KEPT) ?? 'null');
    this.finished = false;
  }

  token() {
    return this.kept?.token;
  }

  /** Throws until the login is finished, as the portal does. */
  fullName() {
    return this.finished ? this.kept.user : missing();
  }

  id() {
    return this.finished ? this.kept.id : missing();
  }

  /** Gives undefined when it worked, else the reason. */
  async signIn(user, password) {
    const body = new URLSearchParams({ grant_type: 'password', scope: 'ovirt-app-api', username: user, password });
    const response = await fetch(SSO, { method: 'POST', body, credentials: 'omit' });
    const answer = await response.json();
    if (!response.ok) {
      return answer.error;
    }
    this.kept = { token: answer.access_token, user, id: user };
    sessionStorage.setItem(KEPT, JSON.stringify(this.kept));
    return undefined;
  }

  async signOut() {
    await fetch(LOGOUT, { method: 'POST', body: new URLSearchParams({ token: this.token() }), credentials: 'omit' });
    this.forget();
  }

  forget() {
    sessionStorage.removeItem(KEPT);
    this.kept = undefined;
  }
}

function missing() {
  throw new TypeError('the login has not finished');
}

/** Asks the API; `gone` is called when the token is known no more. */
export async function ask(login, path, gone) {
  const response = await fetch(`/ovirt-engine/api/${path}`, {
    headers: { Authorization: `Bearer ${login.token()}`, Accept: 'application/json' },
    credentials: 'omit',
    cache: 'no-store',
  });
  if (response.status === 401) {
    gone();
    return undefined;
  }
  return response.ok ? response.json() : undefined;
}
