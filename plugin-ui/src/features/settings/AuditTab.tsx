import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { body } from '../../api/client';
import { useSession } from '../../api/context';
import type { AuditEntry } from '../../api/types';
import type { Column } from '../../shared/DataTable';
import { ChoiceFilter, FilterBar, TextFilter } from '../../shared/FilterBar';
import { oneOf } from '../../shared/oneOf';
import { PagedTable } from '../../shared/PagedTable';
import { Empty } from '../../shared/states';
import { given } from '../../shared/useUrlFilters';
import { When } from '../../shared/When';
import type { TabProps } from './SettingsPage';

const RESULTS = ['done', 'refused', 'failed'] as const;
const PAGE = 200;

/** Who changed what, also what was refused. */
export function AuditTab({ filters: { values, set } }: TabProps) {
  const { t } = useTranslation();
  const { api } = useSession();
  const columns = useMemo<Column<AuditEntry>[]>(
    () => [
      { key: 'time', title: t('backups.time'), sort: 'time', show: (entry) => <When at={entry.time} /> },
      { key: 'actor', title: t('audit.actor'), show: (entry) => entry.actor },
      { key: 'action', title: t('audit.action'), show: (entry) => <code>{entry.action}</code> },
      { key: 'subject', title: t('audit.subject'), less: true, show: (entry) => <span className="sp-cut">{entry.subject}</span> },
      { key: 'result', title: t('audit.result'), show: (entry) => t(`audit.results.${entry.result}`) },
      { key: 'detail', title: t('audit.detail'), less: true, show: (entry) => <span className="sp-cut">{entry.detail}</span> },
    ],
    [t],
  );
  const query = given({ actor: values.actor, result: oneOf(values.result, RESULTS), sort: oneOf(values.sort, ['time', '-time']), limit: PAGE });
  return (
    <>
      <FilterBar
        changed={values.actor !== '' || values.result !== ''}
        onClear={() => {
          set('actor', '');
          set('result', '');
        }}
      >
        <TextFilter label={t('audit.actor')} value={values.actor} onChange={(actor) => set('actor', actor)} />
        <ChoiceFilter
          label={t('audit.result')}
          value={values.result}
          onChange={(result) => set('result', result)}
          options={[['', t('audit.anyResult')], ...RESULTS.map((result) => [result, t(`audit.results.${result}`)] as const)]}
        />
      </FilterBar>
      <PagedTable
        label={t('settings.tab.audit')}
        queryKey={['audit', query]}
        page={(after) => body(api.GET('/audit', { params: { query: { ...query, ...(after === undefined ? {} : { after }) } } }))}
        columns={columns}
        id={(entry) => `${entry.time}${entry.action}${entry.subject}`}
        sort={values.sort}
        onSort={(sort) => set('sort', sort)}
        filtered={values.actor !== '' || values.result !== ''}
        empty={<Empty title={t('audit.none')} text={t('audit.noneText')} />}
      />
    </>
  );
}
