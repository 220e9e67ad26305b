import { Alert, AlertActionCloseButton, AlertGroup } from '@patternfly/react-core';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useSession } from '../api/context';
import { TellContext, type Told } from '../shared/tell';

/** Words of what came of an action: in the host's own place for them, else in a corner of the page. */
export function Toasts({ children }: { children: ReactNode }) {
  const { host } = useSession();
  const [told, setTold] = useState<(Told & { id: number })[]>([]);
  const forget = useCallback((id: number) => setTold((all) => all.filter((one) => one.id !== id)), []);
  const tell = useMemo(
    () => (kind: Told['kind'], text: string) => {
      if (host.kind === 'standalone') {
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
      <div className="sp-toasts">
        <AlertGroup isLiveRegion>
          {told.map(({ id, kind, text }) => (
            <Alert
              component="p"
              key={id}
              variant={kind}
              title={text}
              timeout={kind === 'danger' ? false : 8000}
              onTimeout={() => forget(id)}
              actionClose={<AlertActionCloseButton onClose={() => forget(id)} />}
            />
          ))}
        </AlertGroup>
      </div>
    </TellContext>
  );
}
