import { Button, Checkbox } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { body } from '../../api/client';
import { useSession } from '../../api/context';
import { useAction } from '../../api/useAction';
import { ProblemAlert } from '../../shared/ProblemWords';
import { Empty, Loaded } from '../../shared/states';
import { useTell } from '../../shared/tell';
import { useTellProblem } from '../../shared/useTellProblem';
import { When } from '../../shared/When';
import { useLeftovers } from './useSettings';

/** What backups left on the managers: ours is released here, of others it is only told. */
export function LeftoversTab() {
  const { t } = useTranslation();
  const { api } = useSession();
  const tell = useTell();
  const tellProblem = useTellProblem();
  const [others, setOthers] = useState(false);
  const clear = useAction(() => body(api.POST('/leftovers/clear')), {
    stale: [['leftovers'], ['status']],
    done: ({ before, left, problems }) => {
      const words = t('leftovers.cleared', { done: before - left, left });
      tell(left === 0 ? 'success' : 'warning', [words, ...problems.map(({ detail }) => detail)].join('. '));
    },
    failed: tellProblem,
  });
  return (
    <>
      <div className="sp-row sp-bar">
        <Button variant="secondary" isDisabled={clear.busy} isLoading={clear.busy} onClick={() => clear.run(undefined)}>
          {t('leftovers.clear')}
        </Button>
        <Checkbox id="others" label={t('leftovers.others')} isChecked={others} onChange={(_, on) => setOthers(on)} />
      </div>
      <Loaded query={useLeftovers(others)}>
        {(found) => {
          const rows = [
            ...found.items.map((one) => ({ ...one, what: t(`leftovers.kind.${one.kind}`), name: '', ours: true })),
            ...(found.others ?? []).map((one) => ({ ...one, what: t(`leftovers.kind.${one.kind}`), name: `${one.vmName} ${one.name}`, ours: false, run: '' })),
          ];
          return (
            <>
              {found.problems?.map((problem) => (
                <ProblemAlert key={problem.detail} problem={problem} variant="warning" />
              ))}
              {rows.length === 0 ? <Empty title={t('leftovers.none')} text={t('leftovers.noneText')} /> : <Rows rows={rows} />}
            </>
          );
        }}
      </Loaded>
    </>
  );
}

interface Row {
  readonly what: string;
  readonly name: string;
  readonly reference: string;
  readonly run: string;
  readonly since?: string;
  readonly ours: boolean;
}

function Rows({ rows }: { rows: readonly Row[] }) {
  const { t } = useTranslation();
  return (
    <div className="sp-wide">
      <Table aria-label={t('settings.tab.leftovers')} variant="compact" gridBreakPoint="">
        <Thead>
          <Tr>
            <Th>{t('leftovers.what')}</Th>
            <Th>{t('leftovers.whose')}</Th>
            <Th>{t('leftovers.reference')}</Th>
            <Th>{t('leftovers.since')}</Th>
          </Tr>
        </Thead>
        <Tbody>
          {rows.map((row) => (
            <Tr key={row.reference}>
              <Td>{row.what}</Td>
              <Td>{row.ours ? <Link to={`/runs/${row.run}`}>{t('leftovers.ours')}</Link> : t('leftovers.notOurs')}</Td>
              <Td>
                {row.name} <code>{row.reference}</code>
              </Td>
              <Td>
                <When at={row.since} />
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </div>
  );
}
