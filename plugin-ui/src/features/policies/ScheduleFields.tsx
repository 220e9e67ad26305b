import { FormGroup, FormSelect, FormSelectOption, TextInput } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { DAYS, KINDS, ORDINALS, type PolicyDraft } from './draft';
import type { FieldsProps } from './PolicyForm';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const MONTH = Array.from({ length: 31 }, (_, index) => String(index + 1));
const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

/** When it starts: somewhere within the hour that is chosen. */
export function ScheduleFields({ draft, change }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <FormGroup label={t('policies.schedule')} fieldId="kind">
        <FormSelect id="kind" value={draft.kind} onChange={(_, kind) => change({ kind: kind as PolicyDraft['kind'] })}>
          {KINDS.map((kind) => (
            <FormSelectOption key={kind} value={kind} label={t(`policies.kind.${kind}`)} />
          ))}
        </FormSelect>
      </FormGroup>
      {draft.kind === 'weekly' && <Weekdays draft={draft} change={change} />}
      {draft.kind === 'monthly' && <DayOfMonth draft={draft} change={change} />}
      {draft.kind !== 'none' && (
        <>
          <FormGroup label={t('policies.hour')} fieldId="hour">
            <div className="sp-row">
              <FormSelect id="hour" className="sp-short" value={draft.hour} onChange={(_, hour) => change({ hour: Number(hour) })}>
                {HOURS.map((hour) => (
                  <FormSelectOption key={hour} value={hour} label={`${String(hour).padStart(2, '0')}:00–${String(hour).padStart(2, '0')}:59`} />
                ))}
              </FormSelect>
              <FormSelect className="sp-medium" aria-label={t('policies.zone')} value={draft.zone} onChange={(_, zone) => change({ zone })}>
                {(ZONES.includes(draft.zone) ? ZONES : [draft.zone, ...ZONES]).map((zone) => (
                  <FormSelectOption key={zone} value={zone} label={zone} />
                ))}
              </FormSelect>
            </div>
          </FormGroup>
          <FormGroup label={t(draft.kind === 'one-time' ? 'policies.day' : 'policies.firstDay')} fieldId="start" isRequired={draft.kind === 'one-time'}>
            <TextInput id="start" className="sp-short" type="date" value={draft.start} onChange={(_, start) => change({ start })} />
          </FormGroup>
        </>
      )}
    </>
  );
}

function Weekdays({ draft, change }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <FormGroup label={t('policies.weekdays')} role="group">
      <div className="sp-row">
        {DAYS.map((day) => (
          <label key={day} className="sp-status">
            <input
              type="checkbox"
              checked={draft.weekdays.includes(day)}
              onChange={(event) =>
                change({ weekdays: event.target.checked ? [...draft.weekdays, day] : draft.weekdays.filter((other) => other !== day) })
              }
            />
            {t(`day.short.${day}`)}
          </label>
        ))}
      </div>
    </FormGroup>
  );
}

function DayOfMonth({ draft, change }: FieldsProps) {
  const { t } = useTranslation();
  const [first = '', second = ''] = draft.on.split(' ');
  return (
    <FormGroup label={t('policies.on')} fieldId="on">
      <div className="sp-row">
        <FormSelect
          id="on"
          className="sp-short"
          value={second === '' && first !== 'last' ? 'day' : first}
          onChange={(_, ordinal) => change({ on: ordinal === 'day' ? '1' : `${ordinal} ${second || 'sunday'}` })}
        >
          <FormSelectOption value="day" label={t('policies.aDay')} />
          {ORDINALS.map((ordinal) => (
            <FormSelectOption key={ordinal} value={ordinal} label={t(`ordinal.${ordinal}`)} />
          ))}
        </FormSelect>
        {second === '' && first !== 'last' ? (
          <FormSelect className="sp-short" aria-label={t('policies.aDay')} value={first} onChange={(_, day) => change({ on: day })}>
            {MONTH.map((day) => (
              <FormSelectOption key={day} value={day} label={day} />
            ))}
          </FormSelect>
        ) : (
          <FormSelect
            className="sp-short"
            aria-label={t('policies.weekday')}
            value={second}
            onChange={(_, day) => change({ on: `${first} ${day}`.trim() })}
          >
            {first === 'last' && <FormSelectOption value="" label={t('policies.dayItself')} />}
            {DAYS.map((day) => (
              <FormSelectOption key={day} value={day} label={t(`day.long.${day}`)} />
            ))}
          </FormSelect>
        )}
      </div>
    </FormGroup>
  );
}
