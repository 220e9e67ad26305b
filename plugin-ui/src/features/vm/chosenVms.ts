import type { Protection } from '../../api/types';

const FIGURES: Readonly<Record<string, (vm: Protection) => number>> = {
  last: (vm) => (vm.lastPoint === undefined ? 0 : Date.parse(vm.lastPoint)),
  next: (vm) => (vm.nextStart === undefined ? 0 : Date.parse(vm.nextStart)),
  points: (vm) => vm.figures.points,
  own: (vm) => vm.figures.bytesUnique,
};

const byName = new Intl.Collator(undefined, { numeric: true });

/** Those that fit, in that order; what is equal stands by its name. */
export function chosenVms(vms: readonly Protection[], { name, state, sort }: { name: string; state: string; sort: string }): Protection[] {
  const wanted = name.toLowerCase();
  const falling = sort.startsWith('-');
  const figure = FIGURES[sort.replace(/^-/, '')];
  return vms
    .filter((vm) => (state === '' || vm.state === state) && vm.name.toLowerCase().includes(wanted))
    .sort((a, b) => (falling ? -1 : 1) * ((figure ? figure(a) - figure(b) : 0) || byName.compare(a.name, b.name)));
}
