import { ActionGroup, Alert, Button, Form, FormGroup, FormSelect, FormSelectOption, TextInput, Title } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAction } from '../../api/useAction';
import { Loaded, ProblemView } from '../../shared/states';
import { signIn, sites } from './signIn';
import type { StandaloneHost } from './StandaloneHost';

/** Who opens the console without a manager's console around it says who he is: the manager decides what that means. */
export function SignIn({ host }: { host: StandaloneHost }) {
  const { t } = useTranslation();
  const known = useQuery({ queryKey: ['sign-in'], queryFn: sites });
  return (
    <main className="sp-signin">
      <Title headingLevel="h1">{t('signIn.title')}</Title>
      <p className="sp-subtle">{t('signIn.intro')}</p>
      {host.expired && <Alert component="p" isInline variant="info" title={t('signIn.expired')} />}
      <Loaded query={known}>
        {(names) =>
          names.length === 0 ? <Alert component="p" isInline variant="warning" title={t('signIn.noSites')} /> : <SignInForm host={host} sites={names} />
        }
      </Loaded>
    </main>
  );
}

function SignInForm({ host, sites: names }: { host: StandaloneHost; sites: string[] }) {
  const { t } = useTranslation();
  const [site, setSite] = useState(names[0] ?? '');
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  const action = useAction(() => signIn(site, user, password), { done: (session) => host.signedIn(session) });
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        action.run(undefined);
      }}
    >
      {action.problem && <ProblemView problem={action.problem} />}
      <FormGroup label={t('signIn.site')} fieldId="site">
        <FormSelect id="site" value={site} onChange={(_, chosen) => setSite(chosen)}>
          {names.map((name) => (
            <FormSelectOption key={name} value={name} label={name} />
          ))}
        </FormSelect>
      </FormGroup>
      <FormGroup label={t('signIn.user')} fieldId="user" isRequired>
        <TextInput id="user" autoComplete="username" placeholder={t('signIn.userHelp')} isRequired value={user} onChange={(_, text) => setUser(text)} />
      </FormGroup>
      <FormGroup label={t('signIn.password')} fieldId="password" isRequired>
        <TextInput
          id="password"
          type="password"
          autoComplete="current-password"
          isRequired
          value={password}
          onChange={(_, text) => setPassword(text)}
        />
      </FormGroup>
      <ActionGroup>
        <Button type="submit" isLoading={action.busy} isDisabled={action.busy || user === '' || password === ''}>
          {t('signIn.submit')}
        </Button>
      </ActionGroup>
    </Form>
  );
}
