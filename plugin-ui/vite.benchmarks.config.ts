import { defineConfig } from 'vitest/config';
import journeys from './vite.journeys.config';

// How fast the built console is in a browser: figures for docs/benchmarks.md, not tests.
export default defineConfig({ test: { ...journeys.test, include: ['benchmarks/**/*.benchmark.ts'] } });
