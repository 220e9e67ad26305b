const POLL_MILLIS = 100;

/**
 * Reports ready without taking the landing page. The portal makes the place that a plug-in added last
 * its landing page, whatever the plug-in asks for, if it comes before the first place is shown. With a
 * place in the address that is harmless, and coming late would lose the address of a place of ours.
 */
export function readyAfterLanding(
  hash: string,
  currentPlace: () => string | undefined,
  ready: () => void,
  later: (work: () => void, millis: number) => void,
): void {
  const look = (): void => {
    if (shown(currentPlace)) {
      ready();
    } else {
      later(look, POLL_MILLIS);
    }
  };
  if (hash.length > 1) {
    ready();
  } else {
    look();
  }
}

function shown(currentPlace: () => string | undefined): boolean {
  try {
    return Boolean(currentPlace());
  } catch {
    return false;
  }
}
