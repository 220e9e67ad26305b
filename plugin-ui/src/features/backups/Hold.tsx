import { Button, Form, FormGroup, TextInput } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body } from '../../api/client';
import { useSession } from '../../api/context';
import { useAction } from '../../api/useAction';
import { Confirm } from '../../shared/Confirm';
import { useTellProblem } from '../../shared/useTellProblem';
import { When } from '../../shared/When';
import { useHolds } from './useBackups';

/** Whether somebody keeps this backup beyond its time, who and why; and the way to do it, or to end it. */
export function HoldFact({ point, fixed }: { point: string; fixed: boolean }) {
  const { t } = useTranslation();
  const { api } = useSession();
  const tellProblem = useTellProblem();
  const [asking, setAsking] = useState(false);
  const hold = useHolds().data?.items.find((one) => one.point === point);
  const release = useAction(() => body(api.DELETE('/holds/{point}', { params: { path: { point } } })), {
    stale: [['holds'], ['points']],
    failed: tellProblem,
  });
  return (
    <>
      {hold ? (
        <>
          {t('backups.heldBy', { who: hold.who, reason: hold.reason })} {hold.until && <When at={hold.until} both />}{' '}
          {!fixed && (
            <Button variant="link" isInline isDisabled={release.busy} onClick={() => release.run(undefined)}>
              {t('backups.release')}
            </Button>
          )}
        </>
      ) : (
        <>
          {t('backups.notHeld')}{' '}
          {!fixed && (
            <Button variant="link" isInline onClick={() => setAsking(true)}>
              {t('backups.hold')}
            </Button>
          )}
        </>
      )}
      {asking && <HoldDialog point={point} onClose={() => setAsking(false)} />}
    </>
  );
}

function HoldDialog({ point, onClose }: { point: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { api } = useSession();
  const [reason, setReason] = useState('');
  const [until, setUntil] = useState('');
  const action = useAction(
    () =>
      body(
        api.PUT('/holds/{point}', {
          params: { path: { point } },
          body: { reason, ...(until === '' ? {} : { until: `${until}T00:00:00Z` }) },
        }),
      ),
    { stale: [['holds'], ['points']], done: onClose },
  );
  return (
    <Confirm
      title={t('backups.holdTitle')}
      confirm={t('backups.holdNow')}
      busy={action.busy}
      blocked={reason.trim() === ''}
      problem={action.problem}
      onConfirm={() => action.run(undefined)}
      onClose={onClose}
    >
      <Form>
        <FormGroup label={t('backups.reason')} fieldId="reason" isRequired>
          <TextInput id="reason" isRequired value={reason} onChange={(_, text) => setReason(text)} />
        </FormGroup>
        <FormGroup label={t('backups.until')} fieldId="until">
          <TextInput id="until" type="date" value={until} onChange={(_, day) => setUntil(day)} />
        </FormGroup>
      </Form>
    </Confirm>
  );
}
