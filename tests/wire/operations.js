// Operations that the server knows: automatic persisted queries, and lists of trusted ones as the compilers write them:
// operations.js PROGRAM CORPUS
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ask, checks, start } from './server.js';

const args = process.argv.slice(2);
const list = (name) => JSON.parse(readFileSync(new URL(`generated/${name}`, import.meta.url), 'utf8'));
const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const code = ({ answer }) => answer.errors?.[0]?.extensions?.code;

const server = await start(...args);
await checks('automatic persisted queries', {
  'first the hash, then the text, then the hash again, also over GET': async () => {
    const query = '{ stats { documentCount } }';
    const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(query) } };
    const unknown = await ask(server.url, { extensions });
    assert.deepEqual([unknown.status, code(unknown), unknown.answer.errors[0].message], [200, 'PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound']);
    assert.equal((await ask(server.url, { query, extensions })).answer.data.stats.documentCount, 5);
    assert.equal((await ask(server.url, { extensions })).answer.data.stats.documentCount, 5);
    const got = await fetch(`${server.url}?extensions=${encodeURIComponent(JSON.stringify(extensions))}`);
    assert.equal((await got.json()).data.stats.documentCount, 5);
  },
  'what is kept is bounded': async () => {
    const before = server.memory();
    for (let n = 0; n < 400; n += 1) {
      const query = `{ stats { version } } # ${'x'.repeat(100_000)} ${n}`;
      const extensions = { persistedQuery: { version: 1, sha256Hash: sha256(query) } };
      assert.equal((await ask(server.url, { query, extensions })).status, 200);
    }
    const after = server.memory();
    assert.ok(after - before < 32 * 1024, `${before} → ${after} KiB`);
    return `${before} → ${after} KiB`;
  },
});
await server.end();

for (const [tool, name] of [['relay-compiler', 'relay-operations.json'], ['graphql-codegen', 'client/persisted-documents.json']]) {
  const file = new URL(`generated/${name}`, import.meta.url).pathname;
  const trusting = await start(...args, '--trusted', file);
  await checks(`trusted operations of ${tool}`, {
    'run by id, by hash and by text; nothing else does': async () => {
      const [id, query] = Object.entries(list(name)).find(([, text]) => /^query (Funders|FragmentsEntitiesQuery)\b/.test(text));
      const variables = { name: 'Canada' };
      for (const body of [
        { documentId: id },
        { documentId: `sha256:${sha256(query)}` },
        { extensions: { persistedQuery: { version: 1, sha256Hash: sha256(query) } } },
        { query },
      ]) {
        const { status, answer } = await ask(trusting.url, { ...body, variables });
        assert.ok(status === 200 && answer.data && !answer.errors, `${JSON.stringify(body)}: ${JSON.stringify(answer)}`);
      }
      for (const body of [{ query: `${query} ` }, { query: '{ __typename }' }, { documentId: 'x' }, { query: '{ __typename }', documentId: 'x' }]) {
        const refused = await ask(trusting.url, body);
        assert.deepEqual([refused.status, code(refused)], [403, 'OPERATION_NOT_TRUSTED'], JSON.stringify(body));
      }
    },
  });
  await trusting.end();
}
