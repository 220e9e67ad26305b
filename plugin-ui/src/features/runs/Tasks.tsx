import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Run, VmTask } from '../../api/types';
import { ProblemLine } from '../../shared/ProblemWords';
import { Said } from '../../shared/Said';
import { Status } from '../../shared/Status';
import { Track } from '../../shared/Track';
import { useFormat } from '../../shared/useFormat';

const COLUMNS = 7;

/** What became of each VM of a run, and why. */
export function Tasks({ run }: { run: Run }) {
  const { t } = useTranslation();
  return (
    <div className="sp-wide">
      <Table aria-label={t('vm.title')} variant="compact" gridBreakPoint="">
        <Thead>
          <Tr>
            <Th>{t('backups.vm')}</Th>
            <Th>{t('runs.state')}</Th>
            <Th modifier="nowrap" className="sp-less">{t('run.progress')}</Th>
            <Th modifier="nowrap" className="sp-number">{t(run.kind === 'backup' ? 'backups.read' : 'runs.moved')}</Th>
            <Th modifier="nowrap" className="sp-number sp-less">{t('backups.stored')}</Th>
            <Th className="sp-less">{t('runs.notes')}</Th>
            <Th screenReaderText={t('runs.result')} />
          </Tr>
        </Thead>
        <Tbody>
          {run.vms.map((task) => (
            <Task key={task.vm ?? task.vmName} task={task} />
          ))}
        </Tbody>
      </Table>
    </div>
  );
}

function Task({ task }: { task: VmTask }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sum = (of: (disk: VmTask['disks'][number]) => number) => task.disks.reduce((all, disk) => all + of(disk), 0);
  const total = sum((disk) => disk.bytesTotal);
  return (
    <>
      <Tr>
        <Td>{task.vm === undefined ? task.vmName : <Link to={`/vm/${task.vm}`}>{task.vmName}</Link>}</Td>
        <Td>
          <Status state={task.state} />
        </Td>
        <Td className="sp-less">{total > 0 && <Track done={sum((disk) => disk.bytesDone)} total={total} label={task.vmName} />}</Td>
        <Td className="sp-number">{format.bytes(sum((disk) => disk.bytesRead))}</Td>
        <Td className="sp-number sp-less">{format.bytes(sum((disk) => disk.bytesStored))}</Td>
        <Td className="sp-wrap sp-less">
          <Notes task={task} />
        </Td>
        <Td modifier="nowrap">{task.point !== undefined && <Link to={`/backups/${task.point}`}>{t('runs.backup')}</Link>}</Td>
      </Tr>
      {(task.problem !== undefined || task.notes.length > 0) && (
        <Tr className="sp-more">
          <Td className="sp-wrap" colSpan={COLUMNS}>
            <Notes task={task} />
          </Td>
        </Tr>
      )}
    </>
  );
}

/** In a column of their own, or where that would be too narrow below the VM. */
function Notes({ task }: { task: VmTask }) {
  return (
    <>
      {task.problem && <ProblemLine problem={task.problem} />}
      {task.notes.map((note) => (
        <div key={note} className="sp-subtle">
          <Said>{note}</Said>
        </div>
      ))}
    </>
  );
}
