import type { Protection } from '../../api/types';
import { Status } from '../../shared/Status';

interface Props {
  readonly vm: string;
  /** Nothing, while it is asked for, and of one that is nowhere any more. */
  readonly known: Protection | undefined;
  readonly on: boolean;
  readonly onToggle: (vm: string, known: Protection | undefined) => void;
}

/** A VM to choose: its cluster tells it from others of its name. */
export function VmCheck({ vm, known, on, onToggle }: Props) {
  return (
    <li>
      <label className="sp-status">
        <input type="checkbox" checked={on} onChange={() => onToggle(vm, known)} />
        <bdi className="sp-wrap">{known?.name ?? vm}</bdi>
        <span className="sp-subtle">{known?.cluster}</span>
        {known && <Status state={known.state} />}
      </label>
    </li>
  );
}
