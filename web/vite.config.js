import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

import { licenses } from './licenses.js';

const root = fileURLToPath(new URL('.', import.meta.url));

// GraphiQL's style sheet embeds Roboto and Fira Code (about 360 kB of base64);
// the page uses the fonts of the system instead, see src/style.css.
function systemFonts() {
  return {
    name: 'system-fonts',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/node_modules\/.*\.css$/.test(id)) return null;
      return { code: code.replace(/@font-face\s*\{[^{}]*\}/g, ''), map: null };
    },
  };
}

// One script, one style sheet, names without hashes: the server embeds the
// files, and a rebuild gives the same bytes.
export default defineConfig({
  root,
  base: '/graphiql/',
  publicDir: false,
  // graphql-js asks for this before it looks at NODE_ENV; without it the page
  // would run the slow development version of its instanceOf.
  define: { 'globalThis.process': 'true' },
  plugins: [systemFonts(), licenses({ root })],
  build: {
    target: 'es2022',
    sourcemap: false,
    modulePreload: { polyfill: false },
    assetsInlineLimit: Number.MAX_SAFE_INTEGER,
    cssCodeSplit: false,
    chunkSizeWarningLimit: 4096,
    reportCompressedSize: false,
    rolldownOptions: {
      // "use client" in React packages means nothing here.
      onLog(level, log, handler) {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handler(level, log);
      },
      output: {
        codeSplitting: false,
        entryFileNames: 'graphiql.js',
        assetFileNames: 'graphiql[extname]',
      },
    },
  },
});
