import { Alert, Button } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../../api/problem';
import type { RestorePlan } from '../../api/types';
import { ProblemAlert } from '../../shared/ProblemWords';
import { Said } from '../../shared/Said';
import { Loaded, ProblemView } from '../../shared/states';
import { useFormat } from '../../shared/useFormat';

/** What the restore would do; nothing is touched yet. What stands against it is said with what helps. */
export function Check({ plan, problem }: { plan: UseQueryResult<RestorePlan>; problem: ApiProblem | undefined }) {
  const { t } = useTranslation();
  return (
    <>
      {problem && <ProblemView problem={problem} />}
      <Loaded query={plan}>
        {(found) => (
          <>
            {found.refusals.length === 0 ? (
              <Alert component="p" isInline variant="success" title={t('restore.possible')} />
            ) : (
              found.refusals.map((refusal) => (
                <ProblemAlert
                  key={refusal.detail}
                  problem={refusal}
                  action={
                    <Button variant="link" isInline onClick={() => void plan.refetch()}>
                      {t('restore.checkAgain')}
                    </Button>
                  }
                />
              ))
            )}
            <Plan plan={found} />
          </>
        )}
      </Loaded>
    </>
  );
}

function Plan({ plan }: { plan: RestorePlan }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <>
      <h2 className="sp-section">{t('restore.planFor', { vm: plan.vmName })}</h2>
      <div className="sp-wide">
        <Table aria-label={t('backups.disks')} variant="compact" gridBreakPoint="">
          <Thead>
            <Tr>
              <Th>{t('backups.disk')}</Th>
              <Th className="sp-number">{t('backups.size')}</Th>
              <Th className="sp-number">{t('restore.toWrite')}</Th>
              <Th>{t('restore.storage')}</Th>
            </Tr>
          </Thead>
          <Tbody>
            {plan.disks.map((disk) => (
              <Tr key={disk.disk}>
                <Td>{disk.name}</Td>
                <Td className="sp-number">{format.bytes(disk.bytesVirtual)}</Td>
                <Td className="sp-number">{format.bytes(disk.bytesToWrite)}</Td>
                <Td>{disk.storage}</Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      </div>
      <ul className="sp-list">
        {plan.nics.map((nic) => (
          <li key={nic.name}>
            {nic.name}: {nic.network || t('restore.noNetwork')} · {nic.mac || t('restore.newMac')} ·{' '}
            {t(nic.linked && nic.plugged ? 'restore.connected' : 'restore.disconnected')}
          </li>
        ))}
        {plan.notes.map((note) => (
          <li key={note} className="sp-subtle">
            <Said>{note}</Said>
          </li>
        ))}
      </ul>
    </>
  );
}
