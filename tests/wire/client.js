// Runs the compiled client of codegen/ against a server: client.js PROGRAM CORPUS
import { spawn } from 'node:child_process';
import { start } from './server.js';

const server = await start(...process.argv.slice(2));

const client = spawn('node', ['generated/built/codegen/client.js', server.url], { stdio: 'inherit' });
process.exitCode = await new Promise((resolve) => client.once('exit', resolve));
await server.end();
