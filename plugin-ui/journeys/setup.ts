import type { TestProject } from 'vitest/node';
import { chromium, type Stand, start } from './stand';

/** One stand for all journeys; none where there is no browser to make them with. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!chromium()) {
    console.warn('No Chromium (STILLPOINT_CHROMIUM): the journeys are skipped.');
    project.provide('stand', undefined);
    return () => Promise.resolve();
  }
  const { stand, stop } = await start();
  project.provide('stand', stand);
  return stop;
}

declare module 'vitest' {
  interface ProvidedContext {
    stand: Stand | undefined;
  }
}
