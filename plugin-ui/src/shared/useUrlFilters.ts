import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';

/**
 * The filters and the order of a list, kept in the address, so that a link shows the same and the browser's
 * *back* goes back. What has its usual value is not in the address.
 */
export function useUrlFilters<Name extends string>(usual: Readonly<Record<Name, string>>) {
  const [search, setSearch] = useSearchParams();
  const values = useMemo(
    () =>
      Object.fromEntries(Object.entries<string>(usual).map(([name, value]) => [name, search.get(name) ?? value])) as Record<
        Name,
        string
      >,
    [search, usual],
  );
  const set = useCallback(
    (name: Name, value: string) =>
      setSearch(
        (before) => {
          const after = new URLSearchParams(before);
          if (value === usual[name]) {
            after.delete(name);
          } else {
            after.set(name, value);
          }
          return after;
        },
        { replace: true },
      ),
    [setSearch, usual],
  );
  const clear = useCallback(() => setSearch({}, { replace: true }), [setSearch]);
  const changed = Object.entries<string>(usual).some(([name, value]) => name !== 'sort' && values[name as Name] !== value);
  return { values, set, clear, changed };
}

/** Without what is not said: the server takes an empty filter for a wrong one. */
export function given<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== '')) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
