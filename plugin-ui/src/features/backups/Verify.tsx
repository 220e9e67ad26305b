import { Button } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { body } from '../../api/client';
import { useSession } from '../../api/context';
import { useAction } from '../../api/useAction';
import { useTell } from '../../shared/tell';
import { useFormat } from '../../shared/useFormat';
import { useTellProblem } from '../../shared/useTellProblem';

/** Reads every block of a backup again and compares it. */
export function Verify({ point }: { point: string }) {
  const { t } = useTranslation();
  const { api } = useSession();
  const format = useFormat();
  const tell = useTell();
  const tellProblem = useTellProblem();
  const action = useAction(() => body(api.POST('/points/{point}/verify', { params: { path: { point } } })), {
    done: (found) =>
      tell(
        found.ok ? 'success' : 'danger',
        found.ok ? t('backups.verified', { bytes: format.bytes(found.bytesRead) }) : `${t('backups.damaged')} ${found.problems.join(' ')}`,
      ),
    failed: tellProblem,
  });
  return (
    <Button variant="secondary" isLoading={action.busy} isDisabled={action.busy} onClick={() => action.run(undefined)}>
      {t('backups.verify')}
    </Button>
  );
}
