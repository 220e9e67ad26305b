import { Alert, AlertActionCloseButton, AlertGroup } from '@patternfly/react-core';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useSession } from '../api/context';
import { TellContext, type Told } from '../shared/tell';

const isWrong = (kind: Told['kind']): boolean => kind === 'danger' || kind === 'warning';

/**
 * Words of what came of an action, in a corner of the page; good news are said by the host, where it has a place for them. What went
 * wrong is said here in any case: it may be long, and stays until it is closed. The host's corner is the right one.
 */
export function Toasts({ children }: { children: ReactNode }) {
  const { host } = useSession();
  const [told, setTold] = useState<(Told & { id: number })[]>([]);
  const forget = useCallback((id: number) => setTold((all) => all.filter((one) => one.id !== id)), []);
  const tell = useMemo(
    () => (kind: Told['kind'], text: string) => {
      if (host.kind === 'standalone' || isWrong(kind)) {
        setTold((all) => [...all.slice(-3), { kind, text, id: (all.at(-1)?.id ?? 0) + 1 }]);
      } else {
        host.tell(kind, text);
      }
    },
    [host],
  );
  return (
    <TellContext value={tell}>
      {children}
      <div className={host.kind === 'standalone' ? 'sp-toasts' : 'sp-toasts sp-toasts-left'}>
        <AlertGroup isLiveRegion>
          {told.map(({ id, kind, text }) => (
            <Alert
              component="p"
              key={id}
              variant={kind}
              title={text}
              timeout={isWrong(kind) ? false : 8000}
              onTimeout={() => forget(id)}
              actionClose={<AlertActionCloseButton onClose={() => forget(id)} />}
            />
          ))}
        </AlertGroup>
      </div>
    </TellContext>
  );
}
