import { Button, FormSelect, FormSelectOption, TextInput } from '@patternfly/react-core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** The filters above a list, and the way back to all of it. */
export function FilterBar({ changed, onClear, children }: { changed: boolean; onClear: () => void; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="sp-row sp-bar" role="search">
      {children}
      {changed && (
        <Button variant="link" isInline onClick={onClear}>
          {t('table.clear')}
        </Button>
      )}
    </div>
  );
}

interface Choice<Value extends string> {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [Value, string])[];
  readonly onChange: (value: Value) => void;
}

export function ChoiceFilter<Value extends string>({ label, value, options, onChange }: Choice<Value>) {
  return (
    <FormSelect aria-label={label} value={value} onChange={(_, chosen) => onChange(chosen as Value)}>
      {options.map(([key, text]) => (
        <FormSelectOption key={key} value={key} label={text} />
      ))}
    </FormSelect>
  );
}

/** A text that filters when it was entered or left, not with each letter. */
export function TextFilter({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value);
  const [shown, setShown] = useState(value);
  if (shown !== value) {
    setShown(value);
    setTyped(value);
  }
  return (
    <TextInput
      type="search"
      aria-label={label}
      placeholder={label}
      value={typed}
      onChange={(_, text) => setTyped(text)}
      onKeyDown={(event) => event.key === 'Enter' && onChange(typed.trim())}
      onBlur={() => onChange(typed.trim())}
    />
  );
}

export function DayFilter({ label, value, onChange }: { label: string; value: string; onChange: (value: string) => void }) {
  return (
    <label className="sp-status">
      {label}
      <TextInput aria-label={label} type="date" value={value} onChange={(_, day) => onChange(day)} />
    </label>
  );
}
