import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const root = path.resolve(import.meta.dirname, '../..');

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  logLevel: 'warn',
  resolve: {
    alias: [
      { find: /^#libs\/([^/]+)$/, replacement: `${root}/libs/$1/src/index.ts` },
      { find: /^#contracts\/(.*)\.js$/, replacement: `${root}/libs/contracts/src/$1.ts` },
      { find: /^#workflows\/(.*)\.js$/, replacement: `${root}/workflows/$1.ts` },
    ],
  },
  build: {
    outDir: `${root}/dist/web`,
    emptyOutDir: true,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      // The pure rooms do nothing when they are loaded, so what a page does not use of them stays away; a validator above all.
      treeshake: { moduleSideEffects: (id) => !/\/(libs\/(contracts|calendar|policy|engine)|workflows)\//.test(id) },
      output: {
        // What every page needs stands apart; else it is put into one file with parts of the component library, and the inbox loads both.
        codeSplitting: {
          groups: [{ name: 'base', test: /node_modules\/(react|react-dom|scheduler|react-router|cookie|@tanstack)\// }],
        },
      },
    },
  },
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:3000' } },
});
