// What of the schema the documented queries reach, by graphql-inspector: every type, every field, every argument.
import { readdirSync, readFileSync } from 'node:fs';
import { coverage } from '@graphql-inspector/core';
import { buildSchema, Source, validate, parse } from 'graphql';

const folder = new URL('../../examples/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.graphql'));
const sources = files.map((name) => new Source(readFileSync(new URL(name, folder), 'utf8'), name));
const schema = buildSchema(readFileSync('generated/schema.graphql', 'utf8'));

const invalid = sources.flatMap((source) => validate(schema, parse(source)).map((error) => `${source.name}: ${error.message}`));
const { stats, types } = coverage(schema, sources);
const missing = Object.entries(types).flatMap(([type, { children: fields }]) =>
  Object.entries(fields).flatMap(([field, { hits, children: given }]) => [
    ...(hits ? [] : [`${type}.${field}`]),
    ...Object.entries(given).filter(([, { hits }]) => !hits).map(([name]) => `${type}.${field}(${name}:)`),
  ]),
);
for (const it of invalid) console.log(`  NOT valid: ${it}`);
for (const it of missing) console.log(`  NOT asked: ${it}`);
console.log(`${stats.numTypesCoveredFully} of ${stats.numTypes} types, ${stats.numFieldsCovered} of ${stats.numFields} fields and arguments`);
if (invalid.length || missing.length || stats.numFields < 1000) process.exitCode = 1;
