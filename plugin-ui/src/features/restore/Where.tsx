import { Checkbox, Form, FormGroup, TextInput } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { someOnly, type StepProps } from './form';
import { PlaceFields } from './PlaceFields';

/** Where to, and what of the VM's surroundings comes back. */
export function Where(props: StepProps) {
  const { t } = useTranslation();
  const { form, change, point } = props;
  const newVm = form.mode === 'new-vm';
  const administers = point.rights?.includes('administer');
  const flag = (name: 'keepMacs' | 'connectNics' | 'keepOldDisks' | 'permissions') => (
    <Checkbox
      id={name}
      label={t(`restore.${name}`)}
      description={t(`restore.${name}Text`)}
      isChecked={form[name]}
      onChange={(_, on) => change({ [name]: on })}
    />
  );
  return (
    <Form isHorizontal onSubmit={(event) => event.preventDefault()}>
      {newVm && (
        <>
          <FormGroup label={t('restore.name')} fieldId="name" isRequired>
            <TextInput id="name" isRequired value={form.name} onChange={(_, name) => change({ name })} />
          </FormGroup>
          {administers ? <PlaceFields {...props} /> : <p className="sp-subtle">{t('restore.whereItWas')}</p>}
        </>
      )}
      <FormGroup label={t('restore.besides')} role="group">
        <div className="sp-choices">
          {newVm && flag('connectNics')}
          {newVm && flag('keepMacs')}
          {!newVm && flag('keepOldDisks')}
          {administers && (newVm || !someOnly(point, form)) && flag('permissions')}
        </div>
      </FormGroup>
    </Form>
  );
}
