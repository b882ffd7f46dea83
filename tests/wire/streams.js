// WebSockets with graphql-ws and with bare messages, events with graphql-sse: streams.js PROGRAM STORE TOKEN
import assert from 'node:assert/strict';
import { createClient } from 'graphql-ws';
import { createClient as createEvents } from 'graphql-sse';
import WebSocket from 'ws';
import { ask, checks, start } from './server.js';

const [program, store, token] = process.argv.slice(2);
const server = await start(program, '--data', store);
const at = server.url.replace('http', 'ws');
const settle = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Says these things, one after the other; gives what was heard and the code with which it was closed. */
function talk(messages, { until = () => false, wait = 15_000 } = {}) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(at, 'graphql-transport-ws');
    const heard = [];
    const timer = setTimeout(() => reject(new Error(`still open: ${JSON.stringify(heard)}`)), wait);
    socket.on('open', () => messages.forEach((it) => socket.send(typeof it === 'string' ? it : JSON.stringify(it))));
    socket.on('message', (text) => {
      heard.push(JSON.parse(text));
      if (until(heard)) socket.close(1000);
    });
    socket.on('close', (code) => {
      clearTimeout(timer);
      resolve({ heard, code });
    });
    socket.on('error', reject);
  });
}

const init = { type: 'connection_init' };
const follow = (id) => ({ id, type: 'subscribe', payload: { query: 'subscription { ingestProgress { running } }' } });
const plain = { query: '{ stats { documentCount } }' };

let written = 0;
/** Writes documents and gives the version that has it. */
async function write(text = 'Un texte de plus.', count = 1) {
  const query = `mutation($d: [DocumentInput!]!) { ingestDocuments(documents: $d) { version added } }`;
  const document = () => ({ source: `wire-${(written += 1)}`, text: `${text} ${written}.`, language: 'fr' });
  const variables = { d: Array.from({ length: count }, document) };
  const { answer } = await ask(server.url, { query, variables }, { Authorization: `Bearer ${token}` });
  assert.equal(answer.errors, undefined, JSON.stringify(answer.errors));
  return answer.data.ingestDocuments.version;
}

await checks('graphql-transport-ws', {
  'close codes': async () => {
    const codes = {
      4400: [[init, 'no JSON'], [init, '[]'], [init, { type: 'next' }], [init, { id: 1, type: 'subscribe', payload: plain }], [init, { id: '1', type: 'subscribe' }]],
      4401: [[{ id: '1', type: 'subscribe', payload: plain }]],
      4409: [[init, follow('1'), follow('1')]],
      4429: [[init, init]],
      4408: [[]],
    };
    for (const [code, said] of Object.entries(codes)) {
      for (const messages of said) assert.equal((await talk(messages)).code, Number(code), JSON.stringify(messages));
    }
  },
  'ping and pong, before init too': async () => {
    const ping = { type: 'ping', payload: { n: 7 } };
    const { heard } = await talk([ping, init, ping], { until: (heard) => heard.length === 3 });
    assert.deepEqual(heard.map((it) => it.type), ['pong', 'connection_ack', 'pong']);
    assert.deepEqual(heard[0].payload, { n: 7 });
  },
  'an invalid operation is an error, and its id is free again': async () => {
    const wrong = { id: '1', type: 'subscribe', payload: { query: '{ nothing }' } };
    const { heard } = await talk([init, wrong], { until: (heard) => heard.length === 2 });
    assert.equal(heard[1].type, 'error');
    assert.equal(heard[1].payload[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED');
  },
  'graphql-ws asks, follows and completes': async () => {
    const client = createClient({ url: at, webSocketImpl: WebSocket, lazyCloseTimeout: 1000 });
    const answers = client.iterate({ query: '{ stats { documentCount } }' });
    for await (const answer of answers) assert.ok(answer.data.stats.documentCount >= 5);
    const version = await write();
    const query = 'subscription($v: Int!) { graphChanged(sinceVersion: $v) { version kind document { source } } }';
    const changes = client.iterate({ query, variables: { v: version - 1 } });
    const first = await changes.next();
    assert.equal(first.value.data.graphChanged.version, version);
    const next = write();
    assert.equal((await changes.next()).value.data.graphChanged.version, await next);
    await changes.return();
    await client.dispose();
  },
  'a hundred subscriptions on one socket hear every change': async () => {
    const from = await write();
    const client = createClient({ url: at, webSocketImpl: WebSocket });
    const query = 'subscription($v: Int!) { graphChanged(sinceVersion: $v) { version } }';
    const followers = Array.from({ length: 100 }, () => client.iterate({ query, variables: { v: from } }));
    const heard = followers.map(async (changes) => {
      const versions = [];
      for await (const { data } of changes) if (versions.push(data.graphChanged.version) === 5) break;
      return versions;
    });
    const versions = [];
    for (let n = 0; n < 5; n += 1) versions.push(await write());
    for (const it of await Promise.all(heard)) assert.deepEqual(it, versions);
    await client.dispose();
  },
  'more operations than are allowed are refused, the others go on': async () => {
    const many = Array.from({ length: 101 }, (_, n) => follow(`${n}`));
    const { heard } = await talk([init, ...many], { until: (heard) => heard.some((it) => it.type === 'error') });
    const error = heard.find((it) => it.type === 'error');
    assert.deepEqual([error.id, error.payload[0].extensions.code], ['100', 'LIMIT_EXCEEDED']);
  },
  'who reads slowly is waited for, and takes no memory': async () => {
    const from = await write();
    // Ten times what a connection's buffers hold.
    const [text, count] = ['mot '.repeat(10_000), 20];
    const query = `subscription { graphChanged(sinceVersion: ${from}) { version document { text } } }`;
    const sockets = await Promise.all(
      Array.from({ length: 20 }, () => new Promise((resolve) => {
        const socket = new WebSocket(at, 'graphql-transport-ws');
        socket.heard = [];
        socket.on('open', () => {
          socket.send(JSON.stringify(init));
          socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
          socket._socket.pause();
          resolve(socket);
        });
        socket.on('message', (message) => socket.heard.push(JSON.parse(message)));
      })),
    );
    const last = await write(text, count);
    const versions = Array.from({ length: count }, (_, n) => last - count + 1 + n);
    const before = server.memory();
    for (let n = 0; n < 20; n += 1) {
      await settle(50);
      await ask(server.url, plain);
    }
    const after = server.memory();
    assert.ok(after - before < 32 * 1024, `${before} → ${after} KiB`);
    sockets.forEach((socket) => socket._socket.resume());
    const told = () => sockets.every((socket) => socket.heard.filter((it) => it.type === 'next').length >= versions.length);
    for (let n = 0; n < 300 && !told(); n += 1) await settle(100);
    for (const socket of sockets) {
      const heard = socket.heard.filter((it) => it.type === 'next').map((it) => it.payload.data.graphChanged.version);
      assert.deepEqual(heard, versions);
      socket.close();
    }
    return `${before} → ${after} KiB`;
  },
});

await checks('graphql-sse', {
  'a query, a subscription, an error': async () => {
    const client = createEvents({ url: server.url });
    for await (const answer of client.iterate({ query: '{ stats { documentCount } }' })) assert.ok(answer.data.stats);
    const version = await write();
    const changes = client.iterate({ query: `subscription { graphChanged(sinceVersion: ${version - 1}) { version } }` });
    assert.equal((await changes.next()).value.data.graphChanged.version, version);
    const next = write();
    assert.equal((await changes.next()).value.data.graphChanged.version, await next);
    await changes.return();
    const wrong = await client.iterate({ query: 'subscription { nothing }' }).next();
    assert.equal(wrong.value.errors[0].extensions.code, 'GRAPHQL_VALIDATION_FAILED');
    client.dispose();
  },
});
await server.end();
