// Starts the program on a free port for the checks, and ends it.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Starts `program serve …`; gives its address, its memory in KiB, the milliseconds that it has computed, and how to end it. */
export async function start(program, ...args) {
  const child = spawn(program, ['serve', '--port', '0', '--quiet', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const host = await new Promise((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (text) => {
      const found = /GraphQL +(http:\/\/[^/\s]+)\/graphql/.exec((said += text));
      if (found) resolve(found[1]);
    });
    ended.then((status) => reject(new Error(`the server ended with ${status}: ${said}`)));
  });
  ended.catch(() => {});
  return {
    host,
    url: `${host}/graphql`,
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]),
    computed: () => {
      // Behind the name in brackets: the 12th and 13th field, in hundredths of a second.
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ').pop().split(' ');
      return 10 * (Number(fields[11]) + Number(fields[12]));
    },
    end: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Asks once; gives status, headers and the answer. */
export async function ask(url, body, headers = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json', ...headers },
    body: JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, answer: await response.json() };
}

/** Runs checks by name, tells of each, and fails when one does. */
export async function checks(title, list) {
  let failed = 0;
  for (const [name, check] of Object.entries(list)) {
    try {
      const said = await check();
      console.log(`  ok  ${name}${said ? `: ${said}` : ''}`);
    } catch (error) {
      failed += 1;
      console.log(`  NOT ${name}: ${error.stack}`);
    }
  }
  console.log(`${title}: ${Object.keys(list).length - failed} of ${Object.keys(list).length}`);
  if (failed) process.exitCode = 1;
}
