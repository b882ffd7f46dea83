// A typed client from schema.graphql alone, with its operations as a list of trusted ones.
import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../generated/schema.graphql',
  documents: ['client.ts'],
  emitLegacyCommonJSImports: false,
  importExtension: '.js',
  generates: {
    '../generated/client/': {
      preset: 'client',
      presetConfig: { persistedDocuments: { hashAlgorithm: 'sha256' }, fragmentMasking: false },
      config: { documentMode: 'string', useTypeImports: true },
    },
  },
};

export default config;
