import { Button } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { body } from '../../api/client';
import { useSession } from '../../api/context';
import { useAction } from '../../api/useAction';
import { Facts } from '../../shared/Facts';
import { Panel } from '../../shared/Panel';
import { Said } from '../../shared/Said';
import { Loaded, ProblemView } from '../../shared/states';
import { Status } from '../../shared/Status';

/** Who is told of runs that ended, and whether that works. */
export function NoticesTab() {
  const { t } = useTranslation();
  const { api } = useSession();
  const settings = useQuery({ queryKey: ['settings'], queryFn: () => body(api.GET('/settings')) });
  return (
    <Loaded query={settings}>
      {({ mail, webhook, timeZone }) => (
        <div className="sp-cards">
          <Panel title={t('notices.mail')} span={6}>
            {mail ? (
              <>
                <Facts
                  items={[
                    [t('notices.server'), `${mail.server}:${mail.port} (${t(`notices.security.${mail.security}`)})`],
                    [t('notices.from'), mail.from],
                    [t('notices.to'), mail.to.join(', ')],
                    [t('notices.when'), mail.when.map((state) => t(`stateName.${state}`)).join(', ')],
                    [t('policies.zone'), timeZone],
                  ]}
                />
                <Try text={t('notices.tryMail')} act={() => body(api.POST('/settings/mail/test'))} />
              </>
            ) : (
              <p className="sp-subtle">{t('notices.noMail')}</p>
            )}
          </Panel>
          <Panel title={t('notices.webhook')} span={6}>
            {webhook ? (
              <>
                <Facts
                  items={[
                    [t('notices.server'), webhook.server],
                    [t('notices.signed'), t(webhook.signed ? 'notices.yes' : 'notices.no')],
                    [t('notices.when'), webhook.when.map((state) => t(`stateName.${state}`)).join(', ')],
                  ]}
                />
                <Try text={t('notices.tryWebhook')} act={() => body(api.POST('/settings/webhook/test'))} />
              </>
            ) : (
              <p className="sp-subtle">{t('notices.noWebhook')}</p>
            )}
          </Panel>
        </div>
      )}
    </Loaded>
  );
}

function Try({ text, act }: { text: string; act: () => Promise<{ taken: boolean; detail: string }> }) {
  const { t } = useTranslation();
  const trial = useAction(act);
  return (
    <>
      <p className="sp-below">
        <Button variant="secondary" isLoading={trial.busy} isDisabled={trial.busy} onClick={() => trial.run(undefined)}>
          {text}
        </Button>
      </p>
      <div role="status">
        {trial.result && (
          <p>
            <Status state={trial.result.taken ? 'succeeded' : 'failed'} text={t(trial.result.taken ? 'notices.taken' : 'notices.notTaken')} /> ·{' '}
            <Said>{trial.result.detail}</Said>
          </p>
        )}
        {trial.problem && <ProblemView problem={trial.problem} />}
      </div>
    </>
  );
}
