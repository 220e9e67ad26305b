import type { Page } from '../host/ovirt/places';

/** What the portal itself shows of us; the pages have their own texts. */
export interface Words {
  readonly menu: string;
  readonly tab: string;
  readonly pages: Record<Page, string>;
  readonly backUp: string;
  readonly restore: string;
  readonly started: (vms: string) => string;
  readonly waiting: (vms: string) => string;
  readonly already: (vms: string) => string;
  readonly failed: (vms: string, why: string) => string;
  readonly unanswered: (vms: string) => string;
  readonly reload: string;
  readonly away: string;
}

const en: Words = {
  menu: 'Backup',
  tab: 'Backups',
  pages: {
    overview: 'Overview',
    backups: 'Backups',
    runs: 'Runs',
    policies: 'Policies',
    planner: 'Planner',
    groups: 'Groups',
    settings: 'Settings',
  },
  backUp: 'Back up now',
  restore: 'Restore…',
  started: (vms) => `The backup of ${vms} has started.`,
  waiting: (vms) => `The backup of ${vms} is in the queue.`,
  already: (vms) => `The backup of ${vms} that you asked for before has not ended yet.`,
  failed: (vms, why) => `No backup of ${vms} was started: ${why}`,
  unanswered: (vms) =>
    `It is not known whether the backup of ${vms} was started, as the connection broke. See Backup > Runs.`,
  reload: 'Your session is over or Stillpoint was removed from the portal. Reload the page.',
  away: 'the backup server does not answer.',
};

const de: Words = {
  menu: 'Sicherung',
  tab: 'Sicherungen',
  pages: {
    overview: 'Übersicht',
    backups: 'Sicherungen',
    runs: 'Läufe',
    policies: 'Richtlinien',
    planner: 'Planer',
    groups: 'Gruppen',
    settings: 'Einstellungen',
  },
  backUp: 'Jetzt sichern',
  restore: 'Wiederherstellen…',
  started: (vms) => `Die Sicherung von ${vms} hat begonnen.`,
  waiting: (vms) => `Die Sicherung von ${vms} steht in der Warteschlange.`,
  already: (vms) => `Die Sicherung von ${vms}, um die Sie zuvor gebeten haben, ist noch nicht zu Ende.`,
  failed: (vms, why) => `Es wurde keine Sicherung von ${vms} begonnen: ${why}`,
  unanswered: (vms) =>
    `Ob die Sicherung von ${vms} begonnen hat, ist nicht bekannt: die Verbindung brach ab. Siehe Sicherung > Läufe.`,
  reload: 'Ihre Sitzung ist zu Ende, oder Stillpoint wurde aus dem Portal entfernt. Laden Sie die Seite neu.',
  away: 'der Backup-Server antwortet nicht.',
};

/** By the language of the portal, English for all that are not translated. */
export function wordsFor(locale: string | undefined): Words {
  return locale?.toLowerCase().split(/[-_]/)[0] === 'de' ? de : en;
}
