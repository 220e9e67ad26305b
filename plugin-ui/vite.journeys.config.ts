import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** By name: the journeys share a stand, so that which comes first must not depend on how long each took last time. */
class ByName extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve([...files].sort((one, other) => one.moduleId.localeCompare(other.moduleId)));
  }
}

// The journeys through the built product in a browser; installer/verify.sh runs them with Maven.
export default defineConfig({
  test: {
    include: ['journeys/**/*.journey.ts'],
    globalSetup: 'journeys/setup.ts',
    fileParallelism: false,
    sequence: { sequencer: ByName },
    // Generous, as the machine may be slow and busy: nothing is asserted to come soon.
    testTimeout: 600_000,
    hookTimeout: 600_000,
    expect: { poll: { timeout: 90_000 } },
    bail: 0,
  },
});
