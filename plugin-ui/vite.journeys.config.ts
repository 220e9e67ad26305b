import { defineConfig } from 'vitest/config';

// The journeys through the built product in a browser; installer/verify.sh runs them with Maven.
export default defineConfig({
  test: {
    include: ['journeys/**/*.journey.ts'],
    globalSetup: 'journeys/setup.ts',
    fileParallelism: false,
    sequence: { shuffle: false },
    testTimeout: 120_000,
    hookTimeout: 240_000,
    bail: 0,
  },
});
