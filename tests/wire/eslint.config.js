// The rules recommended for schemas, and those of Relay, on a copy of schema.graphql in generated/.
import { readFileSync } from 'node:fs';
import graphql from '@graphql-eslint/eslint-plugin';
import { buildSchema, isObjectType } from 'graphql';

const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));
// An id belongs to what is found again by it. Pages, edges, counts and spans are values: the rule holds for what implements Node.
const values = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type) && !type.getInterfaces().some((it) => it.name === 'Node'))
  .map((type) => type.name);

export default [
  {
    files: ['**/*.graphql'],
    languageOptions: {
      parser: graphql.parser,
      parserOptions: { graphQLConfig: { schema: '../../schema.graphql' } },
    },
    plugins: { '@graphql-eslint': graphql },
    rules: {
      ...graphql.configs['flat/schema-recommended'].rules,
      ...graphql.configs['flat/schema-relay'].rules,
      // The Relay specification says nothing of plain lists of values, nor of `nodes` beside `edges`.
      '@graphql-eslint/relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false }],
      '@graphql-eslint/strict-id-in-types': [
        'error',
        { acceptedIdNames: ['id'], acceptedIdTypes: ['ID'], exceptions: { types: values } },
      ],
    },
  },
];
