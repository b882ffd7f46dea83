// Vite plugin: writes THIRD-PARTY-LICENSES.txt with the licence text of every
// package that has code, style, a font or data in the bundle. The build fails if one has none.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

// Packages published without a licence file (each declares MIT), and the package
// of the same repository or author whose text stands for theirs.
const WITHOUT_FILE = {
  '@graphiql/plugin-doc-explorer': ['graphiql', 'same repository'],
  '@graphiql/plugin-explorer': ['graphiql', 'same repository'],
  '@graphiql/plugin-history': ['graphiql', 'same repository'],
  'react-compiler-runtime': ['react', 'same repository'],
  'react-remove-scroll-bar': ['react-remove-scroll', 'same author'],
  'toggle-selection': ['copy-to-clipboard', 'same author'],
};

// Packages of which the bundle holds no code: a font, and the borders of countries.
const WITHOUT_CODE = ['@fontsource-variable/ibm-plex-sans', 'world-atlas'];

function packageOf(file) {
  for (let dir = dirname(file); dir.includes('node_modules'); dir = dirname(dir)) {
    const manifest = join(dir, 'package.json');
    if (existsSync(manifest)) {
      const { name, version, license } = JSON.parse(readFileSync(manifest, 'utf8'));
      if (name && version) return { dir, name, version, license };
    }
  }
  return null;
}

function textIn(dir) {
  return readdirSync(dir)
    .filter((file) => /^(licen[cs]e|copying|notice)([.-]|$)/i.test(file))
    .sort()
    .map((file) => readFileSync(join(dir, file), 'utf8').replace(/\r\n?/g, '\n').trim())
    .join('\n\n');
}

export function licenses({ root }) {
  const modules = join(root, 'node_modules');

  function describe({ dir, name, version, license }) {
    let text = textIn(dir);
    let note = '';
    if (!text && license === 'MIT' && WITHOUT_FILE[name]) {
      const [other, relation] = WITHOUT_FILE[name];
      text = textIn(join(modules, other));
      note = `; published without a licence file, text of ${other}, ${relation}`;
    }
    if (!text || !license) throw new Error(`${name}@${version}: no licence text`);
    return { id: `${name} ${version}`, license: `${license}${note}`, text };
  }

  return {
    name: 'third-party-licenses',
    apply: 'build',
    generateBundle(_options, bundle) {
      const packages = new Map();
      for (const name of WITHOUT_CODE) {
        const found = packageOf(join(modules, name, 'package.json'));
        packages.set(`${found.name} ${found.version}`, describe(found));
      }
      for (const chunk of Object.values(bundle)) {
        for (const id of Object.keys(chunk.modules ?? {})) {
          // The bundler's own helpers.
          const file = id.startsWith('\0rolldown/') ? join(modules, 'rolldown/index') : id;
          const found = packageOf(file.replace(/^\0/, '').replace(/\?.*$/, ''));
          if (found) packages.set(`${found.name} ${found.version}`, describe(found));
        }
      }
      const sorted = [...packages.values()].sort((a, b) => (a.id < b.id ? -1 : 1));

      // Packages with the same text share it.
      const groups = new Map();
      for (const entry of sorted) {
        groups.set(entry.text, [...(groups.get(entry.text) ?? []), entry]);
      }
      const rule = '-'.repeat(78);
      const source = [
        'The web pages of maillage contain parts of the following packages.',
        ...[...groups].map(
          ([text, entries]) =>
            `${rule}\n${entries.map(({ id, license }) => `${id} (${license})`).join('\n')}\n\n${text}`,
        ),
      ].join('\n\n');
      this.emitFile({ type: 'asset', fileName: 'THIRD-PARTY-LICENSES.txt', source: `${source}\n` });
    },
  };
}
