import { Button } from '@patternfly/react-core';
import { useTranslation } from 'react-i18next';
import { body } from '../../api/client';
import { useSession } from '../../api/context';
import { useAction } from '../../api/useAction';
import { Facts } from '../../shared/Facts';
import { Panel } from '../../shared/Panel';
import { Said } from '../../shared/Said';
import { Loaded } from '../../shared/states';
import { Track } from '../../shared/Track';
import { useFormat } from '../../shared/useFormat';
import { useTellProblem } from '../../shared/useTellProblem';
import { When } from '../../shared/When';
import { useCollection } from './useSettings';

/** Gives back the space of what nobody needs any more. */
export function CollectionPanel() {
  const { t } = useTranslation();
  const { api } = useSession();
  const format = useFormat();
  const collection = useCollection();
  const options = {
    stale: [['repository']],
    failed: useTellProblem(),
  };
  const start = useAction(() => body(api.POST('/repository/collection', { body: { dryRun: false } })), options);
  const stop = useAction(() => body(api.DELETE('/repository/collection')), options);
  return (
    <Panel title={t('collection.title')} span={6}>
      <Loaded query={collection}>
        {({ running, last, next, asOf }) => (
          <>
            <Facts
              items={[
                running && [
                  t('collection.running'),
                  <>
                    {t(`collection.step.${running.step}`)} <When at={running.started} /> <span className="sp-subtle">{running.why}</span>
                    <Track done={running.done} total={running.total} label={t('run.progress')} />
                  </>,
                ],
                last && [
                  t('collection.last'),
                  <>
                    <When at={last.ended} /> <span className="sp-subtle">{last.why}</span> {last.problem?.detail}
                    {last.figures && (
                      <div>
                        {t('collection.gave', {
                          bytes: format.bytes(Math.max(0, last.figures.bytesBefore - last.figures.bytesAfter)),
                          time: format.duration(last.figures.seconds),
                        })}
                      </div>
                    )}
                  </>,
                ],
                [t('collection.next'), <Said>{next.reason}</Said>],
                asOf === undefined ? undefined : [t('collection.asOf'), <When at={asOf} />],
              ]}
            />
            <p>
              {running ? (
                <Button variant="secondary" isDisabled={stop.busy} onClick={() => stop.run(undefined)}>
                  {t('collection.stop')}
                </Button>
              ) : (
                <Button variant="secondary" isDisabled={start.busy} isLoading={start.busy} onClick={() => start.run(undefined)}>
                  {t('collection.start')}
                </Button>
              )}
            </p>
          </>
        )}
      </Loaded>
    </Panel>
  );
}
