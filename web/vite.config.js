import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

import { licenses } from './licenses.js';

const root = fileURLToPath(new URL('.', import.meta.url));
const server = process.env.MAILLAGE_SERVER ?? 'http://127.0.0.1:8080';

// GraphiQL's style sheet embeds Roboto and Fira Code (about 360 kB of base64);
// the page uses the fonts of the system instead, see src/graphiql/style.css.
function systemFonts() {
  return {
    name: 'system-fonts',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/node_modules\/.*graphiql.*\.css$/.test(id)) return null;
      return { code: code.replace(/@font-face\s*\{[^{}]*\}/g, ''), map: null };
    },
  };
}

// In development any /explore/… path answers with the application, as the server does.
function permalinks() {
  return {
    name: 'permalinks',
    configureServer(vite) {
      vite.middlewares.use((request, _response, next) => {
        if (/^\/explore(\/|$|\?)/.test(request.url)) request.url = '/index.html';
        if (/^\/graphiql\/?($|\?)/.test(request.url)) request.url = '/graphiql.html';
        next();
      });
    },
  };
}

// Two pages that share their parts. Names carry a hash, so that browsers may keep the files;
// a rebuild gives the same bytes.
export default defineConfig({
  root,
  base: '/',
  publicDir: 'public',
  // graphql-js asks for this before it looks at NODE_ENV; without it the page
  // would run the slow development version of its instanceOf.
  define: { 'globalThis.process': 'true' },
  plugins: [systemFonts(), permalinks(), licenses({ root })],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: {
    proxy: { '/graphql': { target: server, ws: true }, '/graphiql/examples.json': server },
  },
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'],
    sourcemap: false,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4096,
    reportCompressedSize: true,
    rolldownOptions: {
      input: { index: `${root}index.html`, graphiql: `${root}graphiql.html` },
      // "use client" in React packages means nothing here.
      onLog(level, log, handler) {
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handler(level, log);
      },
    },
  },
});
