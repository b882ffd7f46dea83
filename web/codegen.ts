// Types of the operations in src/**/*.graphql, from the schema that the server is tested against.
import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: process.env['MAILLAGE_SCHEMA'] ?? '../schema.graphql',
  documents: 'src/**/*.graphql',
  generates: {
    'src/api/generated.ts': {
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        documentMode: 'string',
        enumsAsTypes: true,
        onlyOperationTypes: true,
        skipTypename: true,
        useTypeImports: true,
        scalars: { CalendarDate: 'string', DateTime: 'string' },
      },
    },
  },
};

export default config;
