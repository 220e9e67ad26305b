import react from '@vitejs/plugin-react';
import process from 'node:process';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** PatternFly brings its own fonts; the console has those of the portal it stands in. */
function withoutFonts(): Plugin {
  return {
    name: 'without-fonts',
    enforce: 'pre',
    transform: (code, id) => (/\.css($|\?)/.test(id) ? code.replace(/@font-face\s*{[^}]*}/g, '') : undefined),
  };
}

export default defineConfig({
  // Relative, as the console is served at /console/ and behind a manager's own address.
  base: './',
  plugins: [withoutFonts(), react()],
  build: {
    outDir: 'target/classes/dev/stillpoint/console',
    emptyOutDir: true,
    target: 'es2022',
  },
  // `STILLPOINT=http://127.0.0.1:8470 npx vite` shows the console as it is being written, with a server's data.
  server: { proxy: { '/api': process.env['STILLPOINT'] ?? 'http://127.0.0.1:8470' } },
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'] },
});
