import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Relative, as the console is served at /console/ and behind a manager's own address.
  base: './',
  plugins: [react()],
  build: {
    outDir: 'target/classes/dev/stillpoint/console',
    emptyOutDir: true,
    target: 'es2022',
  },
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'] },
});
