import { Alert, Button, Form, FormGroup, FormHelperText, FormSelect, FormSelectOption, HelperText, HelperTextItem, TextInput } from '@patternfly/react-core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { body } from '../../api/client';
import { useSession } from '../../api/context';
import type { Repository } from '../../api/types';
import { useAction } from '../../api/useAction';
import { Facts } from '../../shared/Facts';
import { Panel } from '../../shared/Panel';
import { Loaded, ProblemView } from '../../shared/states';
import { useTell } from '../../shared/tell';
import { useFormat } from '../../shared/useFormat';
import { CollectionPanel } from './CollectionPanel';
import { bytesOf, reserveLimits, sizeOf, type Unit, UNITS } from './size';
import { useRepository } from './useSettings';

/** The space that is kept for backups, and what gives some of it back. */
export function SpaceTab() {
  const { t } = useTranslation();
  return (
    <div className="sp-cards">
      <Panel title={t('overview.reserve')} span={6}>
        <Loaded query={useRepository()}>
          {(repository) => (
            <>
              <Figures repository={repository} />
              <ReserveForm key={repository.reserveBytes} repository={repository} />
            </>
          )}
        </Loaded>
      </Panel>
      <CollectionPanel />
    </div>
  );
}

function Figures({ repository }: { repository: Repository }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { reserveBytes, reclaimableBytes } = repository;
  return (
    <>
      {repository.findings.map((finding) => (
        <Alert component="p" key={finding} isInline variant="warning" title={finding} />
      ))}
      <Facts
        items={[
          [t('settings.directory'), repository.directory],
          [t('vm.points'), format.number(repository.points)],
          [t('settings.reserve'), reserveBytes === undefined ? t('settings.noReserve') : format.bytes(reserveBytes)],
          [t('settings.used'), format.bytes(repository.usedBytes)],
          reclaimableBytes === undefined ? undefined : [t('overview.share.reclaimable'), format.bytes(reclaimableBytes)],
          [t('overview.share.free'), format.bytes(repository.freeBytes)],
          [t('settings.diskFree'), format.bytes(repository.diskFreeBytes)],
        ]}
      />
    </>
  );
}

function ReserveForm({ repository }: { repository: Repository }) {
  const { t } = useTranslation();
  const { api } = useSession();
  const format = useFormat();
  const tell = useTell();
  const [size, setSize] = useState(() => sizeOf(repository.reserveBytes ?? repository.usedBytes + repository.freeBytes));
  const wanted = bytesOf(size.amount, size.unit);
  const { least, most } = reserveLimits(repository);
  const wrong = wanted === undefined || wanted < least || wanted > most;
  const resize = useAction((bytes: number) => body(api.PUT('/repository/reserve', { body: { bytes } })), {
    stale: [['repository'], ['overview']],
    done: (after) => tell('success', t('settings.resized', { size: format.bytes(after.reserveBytes ?? 0) })),
  });
  return (
    <Form
      isHorizontal
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong) {
          resize.run(wanted);
        }
      }}
    >
      <FormGroup label={t('settings.newReserve')} fieldId="reserve">
        <div className="sp-row">
          <TextInput
            id="reserve"
            className="sp-short"
            inputMode="decimal"
            validated={wrong ? 'error' : 'default'}
            value={size.amount}
            onChange={(_, amount) => setSize({ ...size, amount })}
          />
          <FormSelect className="sp-count" aria-label={t('settings.unit')} value={size.unit} onChange={(_, unit) => setSize({ ...size, unit: unit as Unit })}>
            {Object.keys(UNITS).map((unit) => (
              <FormSelectOption key={unit} value={unit} label={unit} />
            ))}
          </FormSelect>
          <Button type="submit" variant="secondary" isDisabled={wrong || resize.busy || wanted === repository.reserveBytes} isLoading={resize.busy}>
            {t('overview.resize')}
          </Button>
        </div>
        <FormHelperText>
          <HelperText>
            <HelperTextItem variant={wrong ? 'error' : 'default'}>
              {t('settings.between', { least: format.bytes(least), most: format.bytes(most) })}
            </HelperTextItem>
          </HelperText>
        </FormHelperText>
      </FormGroup>
      {resize.problem && <ProblemView problem={resize.problem} />}
    </Form>
  );
}
