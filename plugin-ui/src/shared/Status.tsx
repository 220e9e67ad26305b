import { Icon } from '@patternfly/react-core';
import { BanIcon, CheckCircleIcon, ExclamationCircleIcon, ExclamationTriangleIcon, InProgressIcon, PendingIcon } from '@patternfly/react-icons';
import { useTranslation } from 'react-i18next';

const LOOKS = {
  good: { icon: CheckCircleIcon, colour: 'success' },
  warning: { icon: ExclamationTriangleIcon, colour: 'warning' },
  bad: { icon: ExclamationCircleIcon, colour: 'danger' },
  busy: { icon: InProgressIcon, colour: 'info' },
  waiting: { icon: PendingIcon, colour: undefined },
  ended: { icon: BanIcon, colour: undefined },
} as const;

const STATES = {
  queued: 'waiting',
  waiting: 'waiting',
  running: 'busy',
  snapshotting: 'busy',
  reading: 'busy',
  writing: 'busy',
  verifying: 'busy',
  committing: 'busy',
  releasing: 'busy',
  succeeded: 'good',
  warning: 'warning',
  failed: 'bad',
  skipped: 'ended',
  cancelled: 'ended',
  protected: 'good',
  unprotected: 'bad',
  gone: 'ended',
  complete: 'good',
  partial: 'warning',
} as const satisfies Record<string, keyof typeof LOOKS>;

type StateName = keyof typeof STATES;

/** A state as a mark and a word, never by colour alone. */
export function Status({ state, title, text }: { state: StateName; title?: string | undefined; text?: string }) {
  const { t } = useTranslation();
  const { icon: Mark, colour } = LOOKS[STATES[state]];
  return (
    <span className="sp-status" title={title}>
      <Icon {...(colour ? { status: colour } : {})} isInline>
        <Mark />
      </Icon>
      {text ?? t(`stateName.${state}`)}
    </span>
  );
}
