import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AdministratorsOnly } from '../../shared/AdministratorsOnly';
import { PageHead } from '../../shared/PageHead';
import { Loaded } from '../../shared/states';
import { ZONE } from '../../shared/useFormat';
import { useWeek } from '../overview/useOverview';
import { HourDetails } from './HourDetails';
import { WeekTable } from './WeekTable';

/** Which policies start in which hour of the week, and which hours still have room. */
export default function PlannerPage() {
  const { t } = useTranslation();
  return (
    <div className="sp-page">
      <PageHead title={t('planner.title')}>
        <span className="sp-subtle">{t('planner.zone', { zone: ZONE })}</span>
      </PageHead>
      <AdministratorsOnly>
        <Planner />
      </AdministratorsOnly>
    </div>
  );
}

function Planner() {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string>();
  return (
    <Loaded query={useWeek()}>
      {(week) => {
        const hour = week.items.find(({ begin }) => begin === chosen);
        return (
          <>
            <WeekTable week={week} chosen={chosen} onChosen={setChosen} />
            {hour ? <HourDetails hour={hour} capacity={week.capacity} /> : <p className="sp-subtle">{t('planner.choose')}</p>}
          </>
        );
      }}
    </Loaded>
  );
}
