// Pictures of the views for the README: node screenshots.js PROGRAM CORPUS FOLDER
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ask, start } from '../wire/server.js';
import { launch, visitor } from './browser.js';

const [program, corpus, folder] = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), 'maillage-pictures-'));
execFileSync(program, ['ingest', '--quiet', '--data', join(scratch, 'store'), corpus], { stdio: ['ignore', 'ignore', 'inherit'] });
const server = await start(program, '--data', join(scratch, 'store'));
const browser = await launch();

const { answer } = await ask(server.url, { query: '{ documents { nodes { id relations(first: 100) { nodes { id kind } } } } }' });
const told = answer.data.documents.nodes.find(({ relations }) => relations.nodes.some(({ kind }) => kind === 'IMPLEMENTS'));
const relation = told.relations.nodes.find(({ kind }) => kind === 'IMPLEMENTS');

const VIEWS = {
  entity: ['/explore/entity/organization:iom', async () => {}],
  document: [`/explore/document/${told.id}?mark=${encodeURIComponent(relation.id)}`, async () => {}],
  graph: ['/explore/graph?all=1', async (page) => {
    await page.locator('.workspace[aria-busy=false]').waitFor();
    await page.getByRole('button', { name: 'Arrange', exact: true }).waitFor();
    await page.locator('.drawn-table tbody button.line').nth(1).click();
    await page.waitForTimeout(800);
    await page.getByRole('button', { name: 'Show all', exact: true }).click();
  }],
  map: ['/explore/map?country=SV', async () => {}],
  query: ['/explore/query', async (page) => {
    await page.getByRole('button', { name: /What connects UNICEF and Canada/ }).click();
    await page.locator('.graphiql-execute-button').click();
    await page.getByRole('button', { name: 'Open as table' }).and(page.locator(':enabled')).click();
  }],
  review: ['/explore/review', async () => {}],
};

try {
  for (const [name, [path, prepare]] of Object.entries(VIEWS)) {
    const { page, context, go } = await visitor(browser, server.host, { viewport: { width: 1360, height: 850 } });
    await go(path);
    await page.locator('.loading').first().waitFor({ state: 'detached' });
    await prepare(page);
    await page.waitForTimeout(1200);
    await page.screenshot({ path: join(folder, `explorer-${name}.png`) });
    await context.close();
  }
} finally {
  await browser.close();
  await server.end();
  rmSync(scratch, { recursive: true, force: true });
}
