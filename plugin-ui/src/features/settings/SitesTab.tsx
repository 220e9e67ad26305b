import { Alert } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { Facts } from '../../shared/Facts';
import { Panel } from '../../shared/Panel';
import { Said } from '../../shared/Said';
import { Empty, Loaded } from '../../shared/states';
import { Status } from '../../shared/Status';
import { useFormat } from '../../shared/useFormat';
import { useLimits, useSiteCheck, useSites } from './useSettings';

/** The managers: do they answer, and may we do what we must? */
export function SitesTab() {
  const { t } = useTranslation();
  return (
    <Loaded query={useSites()}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={t('sites.none')} text={t('sites.noneText')} />
        ) : (
          <div className="sp-cards">
            {items.map((site) => (
              <Panel key={site.id} title={site.name} span={6}>
                <Facts
                  items={[
                    [t('sites.url'), site.url],
                    [t('sites.account'), site.username],
                    [t('sites.limits'), <Limits site={site.id} />],
                  ]}
                />
                <Check site={site.id} />
              </Panel>
            ))}
          </div>
        )
      }
    </Loaded>
  );
}

function Check({ site }: { site: string }) {
  const { t } = useTranslation();
  return (
    <Loaded query={useSiteCheck(site)}>
      {({ product, version, missingPermits }) => (
        <>
          <p>
            <Status state={missingPermits.length === 0 ? 'complete' : 'warning'} text={t('sites.answers', { product, version })} />
          </p>
          {missingPermits.length > 0 && (
            <Alert component="p" isInline variant="warning" title={t('sites.missing')}>
              {missingPermits.map(({ permit, need }) => (
                <div key={permit}>
                  <code>{permit}</code>: <Said>{need}</Said>
                </div>
              ))}
            </Alert>
          )}
        </>
      )}
    </Loaded>
  );
}

function Limits({ site }: { site: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const limits = useLimits(site).data;
  if (!limits) {
    return <span className="sp-subtle">–</span>;
  }
  const amount = (bytes: number | undefined) => (bytes === undefined ? t('sites.unlimited') : format.bytes(bytes));
  return <>{t('sites.limitsText', { vm: amount(limits.vmTotalBytes), run: amount(limits.runDataBytes) })}</>;
}
