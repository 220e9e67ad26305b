import { defineConfig } from 'vite';

// What lies in the engine's own folders: descriptor, host page, and its script without React.
export default defineConfig({
  publicDir: 'engine',
  build: {
    outDir: 'target/ui-plugins',
    emptyOutDir: true,
    target: 'es2022',
    lib: { entry: 'src/engine/main.ts', formats: ['iife'], name: 'stillpoint', fileName: () => 'host.js' },
    rollupOptions: { output: { entryFileNames: 'stillpoint-resources/host.js' } },
  },
});
