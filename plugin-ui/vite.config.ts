import react from '@vitejs/plugin-react';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';
import { defineConfig } from 'vitest/config';

/** PatternFly brings its own fonts; the console has that of the portal it stands in. */
function withoutPatternFlysFonts(): Plugin {
  return {
    name: 'without-patternflys-fonts',
    enforce: 'pre',
    transform: (code, id) => (/@patternfly.*\.css($|\?)/.test(id) ? code.replace(/@font-face\s*{[^}]*}/g, '') : undefined),
  };
}

/** What a browser loads before it shows the first page, styles and page included; charts come after that. */
const FIRST_PAGE = /OverviewPage\.tsx$/;
const LARGEST_KIB = 350;

/** Fails the build when the first page has become too heavy. */
function lightEnough(): Plugin {
  return {
    name: 'light-enough',
    generateBundle(_, bundle) {
      const loaded = new Set<string>();
      const load = (name: string): void => {
        const chunk = bundle[name];
        if (loaded.has(name) || chunk?.type !== 'chunk') {
          return;
        }
        loaded.add(name);
        styles(chunk).forEach((style) => loaded.add(style));
        chunk.imports.forEach(load);
      };
      for (const chunk of Object.values(bundle)) {
        if (chunk.type === 'chunk' && (chunk.isEntry || FIRST_PAGE.test(chunk.facadeModuleId ?? ''))) {
          load(chunk.fileName);
        }
      }
      const kib = [...loaded].reduce((sum, name) => sum + zipped(bundle[name]), 0) / 1024;
      this.info(`first page: ${kib.toFixed(1)} KiB gzipped of ${LARGEST_KIB} KiB`);
      if (kib > LARGEST_KIB) {
        this.error(`The first page takes ${kib.toFixed(1)} KiB gzipped, more than ${LARGEST_KIB} KiB`);
      }
    },
  };
}

/**
 * Scripts and styles also as the server sends them: it compresses nothing of the console itself. From the files that
 * were written, as Vite goes on changing what it has in memory.
 */
function compressed(): Plugin {
  return {
    name: 'compressed',
    writeBundle({ dir = '' }, bundle) {
      for (const name of Object.keys(bundle).filter((one) => /\.(js|css)$/.test(one))) {
        const file = join(dir, name);
        writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
      }
    },
  };
}

function styles(chunk: Rolldown.OutputChunk): string[] {
  return [...(chunk.viteMetadata?.importedCss ?? [])];
}

function zipped(file: Rolldown.OutputAsset | Rolldown.OutputChunk | undefined): number {
  return file === undefined ? 0 : gzipSync(file.type === 'chunk' ? file.code : file.source).byteLength;
}

export default defineConfig({
  // Relative, as the console is served at /console/ and behind a manager's own address.
  base: './',
  plugins: [withoutPatternFlysFonts(), react(), lightEnough(), compressed()],
  build: {
    outDir: 'target/classes/dev/stillpoint/console',
    emptyOutDir: true,
    target: 'es2022',
  },
  // `STILLPOINT=http://127.0.0.1:8470 npx vite` shows the console as it is being written, with a server's data.
  server: { proxy: { '/api': process.env['STILLPOINT'] ?? 'http://127.0.0.1:8470' } },
  // A test that needs a page says so itself: each brings one up, which takes longer than most tests.
  // The limit is generous, as the machine may be slow and busy: no test is about how long something takes.
  test: { environment: 'node', include: ['src/**/*.test.{ts,tsx}'], testTimeout: 90_000, hookTimeout: 90_000 },
});
