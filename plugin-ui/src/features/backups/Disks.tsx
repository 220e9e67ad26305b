import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import type { Point } from '../../api/types';
import { useFormat } from '../../shared/useFormat';
import { Why } from '../../shared/Why';
import { Download } from './Download';

/** The disks of a backup: why each was read as it was, what it took, and its raw image. */
export function Disks({ point }: { point: Point }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="sp-wide">
      <Table aria-label={t('backups.disks')} variant="compact" gridBreakPoint="">
        <Thead>
          <Tr>
            <Th>{t('backups.disk')}</Th>
            <Th>{t('backups.mode')}</Th>
            <Th>{t('backups.why')}</Th>
            <Th className="sp-number">{t('backups.size')}</Th>
            <Th className="sp-number sp-less">{t('backups.read')}</Th>
            <Th className="sp-number">{t('backups.stored')}</Th>
            <Th screenReaderText={t('download.action')} />
          </Tr>
        </Thead>
        <Tbody>
          {point.disks.map((disk) => (
            <Tr key={disk.disk}>
              <Td>{disk.name}</Td>
              <Td>{t(`backups.modes.${disk.mode}`)}</Td>
              <Td>{disk.reason === '' ? t('backups.whyIncremental') : <Why of={disk} />}</Td>
              <Td className="sp-number">{format.bytes(disk.bytesVirtual)}</Td>
              <Td className="sp-number sp-less">{format.bytes(disk.bytesRead)}</Td>
              <Td className="sp-number">{format.bytes(disk.bytesStored)}</Td>
              <Td>
                {point.rights?.includes('read_data') && <Download point={point} disk={disk} />}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </div>
  );
}
