// Queries made up from the schema, at least 500 of them: schemathesis.js PROGRAM CORPUS SCHEMATHESIS
import { spawn } from 'node:child_process';
import { start } from './server.js';

const [program, corpus, schemathesis] = process.argv.slice(2);
const server = await start(program, corpus);
const args = ['run', server.url, '--max-examples', '500', '--seed', '1', '--suppress-health-check', 'all', '--max-time', '30',
  '--checks', 'refused_with_a_code'];
const run = spawn(schemathesis, args, { stdio: 'inherit', env: { ...process.env, SCHEMATHESIS_HOOKS: 'hooks', PYTHONPATH: '.' } });
process.exitCode = await new Promise((resolve) => run.once('exit', resolve));
await server.end();
