// The audit of the GraphQL Foundation's working group: audit.js PROGRAM CORPUS
import { auditServer } from 'graphql-http';
import { start } from './server.js';

const server = await start(...process.argv.slice(2));
const results = await auditServer({ url: server.url });
await server.end();
const wrong = results.filter((result) => result.status !== 'ok');
for (const { id, name, reason } of wrong) console.log(`  NOT ${id} ${name}: ${reason}`);
console.log(`graphql-http: ${results.length - wrong.length} of ${results.length}`);
if (wrong.length || results.length < 61) process.exitCode = 1;
