import { Alert } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Start, Starts } from '../../api/types';
import { utc } from '../../shared/format';
import { ProblemAlert } from '../../shared/ProblemWords';
import { Said } from '../../shared/Said';
import { useFormat, ZONE } from '../../shared/useFormat';
import { When } from '../../shared/When';

/** When it will start, in the zone of the policy and in the reader's; and what came of the last times. */
export function StartsView({ starts }: { starts: Starts }) {
  const { t } = useTranslation();
  return (
    <>
      {starts.refusal && (
        <ProblemAlert problem={starts.refusal} variant="warning" />
      )}
      {starts.notes.map((note) => (
        <Alert component="p" key={note} isInline isPlain variant="info" title={<Said>{note}</Said>} />
      ))}
      {starts.items.length === 0 ? (
        <p className="sp-subtle">{t('policies.noStarts')}</p>
      ) : (
        <ol className="sp-list">
          {starts.items.map((start) => (
            <StartLine key={start.begin} start={start} />
          ))}
        </ol>
      )}
      {starts.past.length > 0 && (
        <>
          <h3 className="sp-section">{t('policies.past')}</h3>
          <ul className="sp-list">
            {starts.past.slice(0, 5).map((past) => (
              <li key={past.begin}>
                <When at={past.begin} />{' '}
                {past.run === undefined ? <span>{past.reason === undefined ? t('policies.missed') : <Said>{past.reason}</Said>}</span> : <Link to={`/runs/${past.run}`}>{t('backups.showRun')}</Link>}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function StartLine({ start }: { start: Start }) {
  const format = useFormat();
  return (
    <li>
      <strong>{format.time(start.begin, start.zone)}</strong> {start.zone}
      <span className="sp-subtle">
        {' '}
        {ZONE !== start.zone && `· ${format.time(start.begin)} ${ZONE} `}· {utc(start.begin)}
      </span>
      {start.note !== undefined && <div className="sp-subtle"><Said>{start.note}</Said></div>}
    </li>
  );
}
