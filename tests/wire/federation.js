// Composed with a small subgraph of another team and asked across both: federation.js PROGRAM CORPUS
import assert from 'node:assert/strict';
import { composeServices } from '@apollo/composition';
import { ApolloGateway, LocalGraphQLDataSource, RemoteGraphQLDataSource } from '@apollo/gateway';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { ask, checks, start } from './server.js';

const NOTES = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@shareable"])
  type Country @key(fields: "id") { id: ID!  notes(first: Int): NoteConnection! }
  type Relation @key(fields: "id") { id: ID!  disputed: Boolean! }
  type Document @key(fields: "id", resolvable: false) { id: ID! }
  type NoteConnection { notes: [Note!]!  pageInfo: PageInfo! }
  type PageInfo @shareable { hasNextPage: Boolean!  hasPreviousPage: Boolean!  startCursor: String  endCursor: String }
  type Note { text: String!  about: Document }
  type Query { latestNote: Note }
`;

const [program, corpus] = process.argv.slice(2);
const server = await start(program, '--federation', corpus);
const first = await ask(server.url, { query: '{ documents(first: 1) { nodes { id title } } }' });
const document = first.answer.data.documents.nodes[0];
const pageInfo = { hasNextPage: false, hasPreviousPage: false };
const about = { __typename: 'Document', id: document.id };
const notes = buildSubgraphSchema({
  typeDefs: parse(NOTES),
  resolvers: {
    Country: { notes: ({ id }) => ({ notes: [{ text: `seen: ${id}`, about }], pageInfo }) },
    Relation: { disputed: () => false },
    Query: { latestNote: () => ({ text: 'latest', about }) },
  },
});

let supergraph;
await checks('federation', {
  'the subgraphs compose': async () => {
    const { answer } = await ask(server.url, { query: '{ _service { sdl } }' });
    const { sdl } = answer.data._service;
    for (const type of ['Organization', 'Country', 'Project', 'Relation', 'Document']) {
      assert.match(sdl, new RegExp(`type ${type} [^{]*@key\\(fields: "id"\\)`), type);
    }
    const composed = composeServices([
      { name: 'graph', url: server.url, typeDefs: parse(sdl) },
      { name: 'notes', url: 'http://notes.invalid', typeDefs: parse(NOTES) },
    ]);
    assert.deepEqual(composed.errors?.map((error) => error.message) ?? [], []);
    supergraph = composed.supergraphSdl;
  },
  'a query goes through both': async () => {
    const gateway = new ApolloGateway({
      supergraphSdl: supergraph,
      buildService: ({ name, url }) => (name === 'notes' ? new LocalGraphQLDataSource(notes) : new RemoteGraphQLDataSource({ url })),
    });
    const { executor } = await gateway.load();
    const query = `{
      latestNote { about { title } }
      entity(name: "Canada") { ... on Country { name notes(first: 1) { notes { text about { title } } pageInfo { hasNextPage } }
        relations(first: 2) { nodes { disputed evidence { text } } } } } }`;
    const cache = { get: async () => undefined, set: async () => {}, delete: async () => {} };
    const { data, errors } = await executor({
      request: { query, http: undefined }, document: parse(query), queryHash: 'x', operationName: null, context: {}, cache,
      overallCachePolicy: undefined, logger: console, schema: gateway.schema, source: query, metrics: {}, operation: parse(query).definitions[0],
    });
    assert.equal(errors, undefined, JSON.stringify(errors));
    assert.equal(data.latestNote.about.title, document.title);
    assert.equal(data.entity.notes.notes[0].text, 'seen: country:CA');
    assert.equal(data.entity.notes.notes[0].about.title, document.title);
    assert.deepEqual(data.entity.relations.nodes.map((it) => it.disputed), [false, false]);
    await gateway.stop();
  },
  'an unknown thing is null, a strange one an error': async () => {
    const query = 'query($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Country { name } } }';
    const asked = async (r) => (await ask(server.url, { query, variables: { r } })).answer;
    assert.deepEqual((await asked([{ __typename: 'Country', id: 'country:XX' }])).data._entities, [null]);
    assert.deepEqual((await asked([{ __typename: 'Country', id: 'organization:iom' }])).data._entities, [null]);
    assert.ok((await asked([{ __typename: 'Nothing', id: 'x' }])).errors);
  },
});
await server.end();
