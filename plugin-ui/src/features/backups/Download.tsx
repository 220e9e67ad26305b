import { Button } from '@patternfly/react-core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { apiBase } from '../../api/client';
import { useSession } from '../../api/context';
import { hostFetch } from '../../api/hostFetch';
import { asProblem, problemOf } from '../../api/problem';
import { useAction } from '../../api/useAction';
import type { Point } from '../../api/types';
import { download, Refused } from '../../shared/download';
import { chooseSink } from '../../shared/sinks';
import { useTell } from '../../shared/tell';
import { Track } from '../../shared/Track';

const PAUSE = 1000;

/** Saves the raw image of a disk. The token goes in a header, never into an address, so it is no mere link. */
export function Download({ point, disk }: { point: Point; disk: Point['disks'][number] }) {
  const { t } = useTranslation();
  const { host } = useSession();
  const tell = useTell();
  const [done, setDone] = useState(0);
  const end = useRef<AbortController>(undefined);
  const action = useAction(
    async () => {
      const sink = await chooseSink(fileName(point.vmName, disk.name, point.time));
      if (!sink) {
        return false;
      }
      const stop = new AbortController();
      end.current = stop;
      const url = `${apiBase()}/points/${point.id}/disks/${disk.disk}/content`;
      const ask = (offset: number, etag: string | undefined) => {
        const headers = offset === 0 ? {} : { Range: `bytes=${offset}-`, ...(etag === undefined ? {} : { 'If-Range': etag }) };
        return hostFetch(host)(new Request(url, { headers, signal: stop.signal }));
      };
      await download({
        ask,
        sink,
        size: disk.bytesVirtual,
        progress: setDone,
        pause: () => new Promise((resolve) => setTimeout(resolve, PAUSE)),
      }).catch(said);
      return true;
    },
    {
      done: (saved) => saved && tell('success', t('download.done', { disk: disk.name })),
      failed: (problem) => {
        if (!end.current?.signal.aborted) {
          tell('danger', t('download.failed', { disk: disk.name, cause: problem.detail || problem.kind }));
        }
      },
    },
  );
  return action.busy ? (
    <span className="sp-status">
      <Track done={done} total={disk.bytesVirtual} label={t('download.progress', { disk: disk.name })} />
      <Button variant="link" isInline onClick={() => end.current?.abort()}>
        {t('action.cancel')}
      </Button>
    </span>
  ) : (
    <Button variant="link" isInline onClick={() => action.run(undefined)} aria-label={t('download.of', { disk: disk.name })}>
      {t('download.action')}
    </Button>
  );
}

/** A refusal's own words. */
async function said(thrown: unknown): Promise<never> {
  throw thrown instanceof Refused
    ? problemOf(thrown.answer.status, await thrown.answer.json().catch(() => undefined))
    : asProblem(thrown);
}

/** What a file system takes as a name on every system. */
function fileName(vm: string, disk: string, time: string): string {
  return `${vm}-${disk}-${time.slice(0, 16)}.img`.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_');
}
