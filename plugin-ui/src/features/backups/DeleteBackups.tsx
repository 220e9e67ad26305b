import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { body } from '../../api/client';
import { useSession } from '../../api/context';
import { useAction } from '../../api/useAction';
import { Confirm } from '../../shared/Confirm';
import { Loaded } from '../../shared/states';
import { useTell } from '../../shared/tell';
import { useFormat } from '../../shared/useFormat';
import { When } from '../../shared/When';

interface Props {
  readonly points: readonly string[];
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** Says what goes and what that frees, and asks once. */
export function DeleteBackups({ points, onClose, onDeleted }: Props) {
  const { t } = useTranslation();
  const { api } = useSession();
  const format = useFormat();
  const tell = useTell();
  const call = (dryRun: boolean) => body(api.POST('/points/deletions', { body: { points: [...points], dryRun } }));
  const plan = useQuery({ queryKey: ['deletion', points], queryFn: () => call(true), gcTime: 0 });
  const action = useAction(() => call(false), {
    stale: [['points'], ['overview'], ['protection'], ['repository']],
    done: (deleted) => {
      tell('success', t('backups.deleted', { count: deleted.points.length }));
      onDeleted();
    },
  });
  return (
    <Confirm
      title={t('backups.deleteTitle', { count: points.length })}
      confirm={t('backups.deleteNow')}
      danger
      busy={action.busy}
      blocked={plan.data === undefined}
      problem={action.problem}
      onConfirm={() => action.run(undefined)}
      onClose={onClose}
    >
      <Loaded query={plan}>
        {(deletion) => (
          <>
            <p>
              <strong>{t('backups.frees', { bytes: format.bytes(deletion.bytesFreed) })}</strong>{' '}
              <span className="sp-subtle">{t('backups.freesLater')}</span>
            </p>
            <ul className="sp-list">
              {deletion.points.slice(0, 12).map((point) => (
                <li key={point.id}>
                  {point.vmName} · <When at={point.time} />
                </li>
              ))}
            </ul>
            {deletion.points.length > 12 && <p>{t('backups.andMore', { count: deletion.points.length - 12 })}</p>}
          </>
        )}
      </Loaded>
    </Confirm>
  );
}
