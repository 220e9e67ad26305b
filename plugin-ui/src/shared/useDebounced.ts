import { useEffect, useState } from 'react';

/** The value once it has been still for a while, so that the server is not asked with each letter. */
export function useDebounced<T>(value: T, millis: number): T {
  const [still, setStill] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setStill(value), millis);
    return () => clearTimeout(timer);
  }, [value, millis]);
  return still;
}
