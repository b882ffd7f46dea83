// The explorer as people use it: node explorer.js PROGRAM CORPUS
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ask, checks, start } from '../wire/server.js';
import { equal, holds, launch, visitor } from './browser.js';

const [program, corpus] = process.argv.slice(2);
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const scratch = mkdtempSync(join(tmpdir(), 'maillage-web-'));

// A store with the corpus, a document full of markup, and somebody who may write.
const documents = join(scratch, 'documents');
mkdirSync(documents);
cpSync(corpus, documents, { recursive: true });
const MARKUP = '<img src=x onerror="window.hacked=1"><script>window.hacked=2</script></textarea><svg onload=alert(3)>';
const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
writeFileSync(join(documents, 'hostile.html'), `<!doctype html><title>${escaped(`Gras ${MARKUP}`)}</title>
<p>${escaped(`Le Canada finance le projet « Gras <b>très</b> » de l’OIM. ${MARKUP}`)}</p><p>Le Mexique participe à la réunion « ${escaped(MARKUP)} ».</p>`);
const store = join(scratch, 'store');
execFileSync(program, ['ingest', '--quiet', '--data', store, documents], { stdio: ['ignore', 'ignore', 'inherit'] });
const token = execFileSync(program, ['token', 'new', '--data', store, 'ana'], { stdio: ['ignore', 'pipe', 'ignore'] }).toString().trim().split('\n').at(-1);

const server = await start(program, '--data', store);
const browser = await launch();
const { host, url } = server;

/** Runs with a fresh visitor; nothing may go wrong in the page meanwhile. */
const visit = (work, options) => async () => {
  const someone = await visitor(browser, host, options);
  try {
    const said = await work(someone);
    equal(someone.problems.join('; '), '', 'what must not happen');
    return said;
  } finally {
    await someone.context.close();
  }
};

const counts = async (page) => (await page.locator('.counts').textContent()).match(/\d+/g).map(Number);

/** The first entity that a box to find one proposes. */
const suggested = (page) => page.locator('[role=listbox]:not([hidden]) li').first();

/** Waits until the drawing has its entities and the worker rests. */
async function drawn(page) {
  await page.locator('.workspace[aria-busy=false]').waitFor();
  await page.getByRole('button', { name: 'Arrange', exact: true }).waitFor();
  return counts(page);
}

async function giveToken(page) {
  await page.locator('footer').getByRole('button', { name: 'Give a token' }).click();
  await page.locator('input[name=token]').fill(token);
  await page.getByRole('button', { name: 'Use it' }).click();
}

/** Takes documents in, and withdraws them when the work is done. */
async function withDocuments(texts, work) {
  const write = async (query, variables) => {
    const { answer } = await ask(url, { query, variables }, { Authorization: `Bearer ${token}` });
    holds(!answer.errors, JSON.stringify(answer.errors));
    return answer.data;
  };
  const documents = Object.entries(texts).map(([source, text]) => ({ source, title: source, text }));
  const taken = await write('mutation ($documents: [DocumentInput!]!) { ingestDocuments(documents: $documents) { documents { id source } } }', { documents });
  const ids = new Map(taken.ingestDocuments.documents.map(({ id, source }) => [source, id]));
  const withdraw = async (source) => {
    const id = ids.get(source);
    if (ids.delete(source)) await write('mutation ($id: ID!) { withdrawDocument(id: $id) { version } }', { id });
  };
  try {
    return await work(Object.fromEntries(ids), withdraw);
  } finally {
    for (const source of [...ids.keys()]) await withdraw(source);
  }
}

async function exported(page, form) {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('dialog').getByRole('button', { name: form, exact: true }).click(),
  ]);
  const path = join(scratch, download.suggestedFilename());
  await download.saveAs(path);
  await page.keyboard.press('Escape');
  return path;
}

/**
 * What axe finds wrong. Two findings are GraphiQL's own and left out: its tabs hold the button that closes them, and the text
 * that CodeMirror scrolls is reached with the keyboard through a field beside it.
 */
async function axe(page) {
  await page.evaluate(axeSource);
  const OTHERS = { 'nested-interactive': '.graphiql-tab', 'scrollable-region-focusable': '.CodeMirror-scroll' };
  const { violations: found } = await page.evaluate(() =>
    globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
  );
  const own = ({ id, nodes }) => ({ id, nodes: nodes.filter(({ target }) => !OTHERS[id] || !target.at(-1).includes(OTHERS[id])) });
  const violations = found.map(own).filter(({ nodes }) => nodes.length);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary.split('\n').slice(1, 3).join(' ')}`).join(' | ')}`);
}

const documentOf = async (source) => (await ask(url, { query: `{ documents(first: 100) { nodes { id source } } }` })).answer.data.documents.nodes.find((each) => each.source.includes(source)).id;
const document = await documentOf('002_');

const VIEWS = {
  start: '/',
  search: '/explore/search?q=migrations',
  entity: '/explore/entity/organization:iom',
  document: `/explore/document/${document}`,
  documents: '/explore/document',
  graph: '/explore/graph?all=1',
  path: '/explore/graph?from=organization:un-unicef&to=country:CA',
  partners: '/explore/graph?partners=organization:iom',
  map: '/explore/map?country=SV',
  timeline: '/explore/timeline',
  review: '/explore/review',
  query: '/explore/query',
  graphiql: '/graphiql',
  nowhere: '/explore/nowhere/at/all',
};

/** Sends the query. GraphiQL does nothing, and says nothing, before both of its editors are there. */
async function execute(page) {
  await page.locator('.graphiql-query-editor .CodeMirror-line').first().waitFor();
  await page.locator('.result-window .CodeMirror').waitFor();
  await page.locator('.graphiql-execute-button').click();
}

async function shown(page, name) {
  if (['query', 'graphiql'].includes(name)) {
    await execute(page);
    await page.locator('.result-window').getByText('"data"').waitFor();
  }
  if (name !== 'graphiql') await page.locator('main h1').first().waitFor({ state: 'attached' });
  await page.locator('.loading').first().waitFor({ state: 'detached' });
  if (['graph', 'path', 'partners'].includes(name)) await drawn(page);
}

const list = {
  'from PRM to the programme, to the sentence, to the document': visit(async ({ page, go }) => {
    await go('/');
    await page.locator('#home-search').fill('PRM');
    await suggested(page).click();
    await page.getByRole('heading', { level: 1, name: /Population, Refugees/ }).waitFor();
    await page.getByRole('link', { name: 'Draw what is around it' }).click();
    const before = await drawn(page);
    const programme = /Renforcer les capacités/;
    await page.locator('.drawn-table').getByRole('button', { name: new RegExp(`Expand ${programme.source}`) }).click();
    await page.waitForFunction((count) => Number(document.querySelector('.counts').textContent.match(/\d+/)[0]) > count, before[0]);
    await page.locator('.drawn-table').getByRole('button', { name: /^Relations \d/ }).click();
    await page.getByRole('button', { name: /^Sentences: .*Population.* funds Renforcer/ }).click();
    const dialog = page.getByRole('dialog');
    const sentence = await dialog.locator('.sentence').first().textContent();
    equal(await dialog.locator('mark.subject').count() > 0 && await dialog.locator('mark.object').count() > 0, true, 'both ends are marked');
    await dialog.locator('.document-link').first().click();
    await page.locator('.text .chosen-subject').first().waitFor();
    const text = await page.locator('.text').textContent();
    holds(sentence.split(' […] ').every((part) => text.includes(part)), `the document holds: ${sentence}`);
    const box = await page.locator('.text .chosen').first().boundingBox();
    holds(box.y >= 0 && box.y < 860, `the sentence is in sight, at ${box.y}`);
    // … and back to the graph.
    await page.locator('.text a.mention').first().click();
    await page.waitForURL(/explore\/entity/);
    return sentence.slice(0, 80);
  }),

  'the path from UNICEF to Canada': visit(async ({ page, go }) => {
    await go('/explore/graph');
    await page.getByText('Path', { exact: true }).click();
    await page.getByRole('combobox', { name: 'From' }).fill('unicef');
    await suggested(page).click();
    await page.getByRole('combobox', { name: 'To', exact: true }).fill('canada');
    await suggested(page).click();
    await page.getByRole('button', { name: 'Find paths' }).click();
    await page.locator('.paths li').first().waitFor();
    const path = await page.locator('.paths li').first().innerText();
    holds(/Children's Fund/.test(path) && /Canada/.test(path), path);
    const [entities] = await drawn(page);
    holds(entities >= 3, `${entities} drawn`);
    holds(page.url().includes('from=organization') && page.url().includes('to=country'), page.url());
    return `${await page.locator('.paths li').count()} paths`;
  }),

  'a click on a drawn relation opens its sentences': visit(async ({ page, go }) => {
    await go('/explore/graph?ids=organization:us-prm');
    await drawn(page);
    const svg = readFileSync(await exported(page, 'SVG'), 'utf8');
    const [, x1, y1, x2, y2] = /<line x1="([\d.]+)" y1="([\d.]+)" x2="([\d.]+)" y2="([\d.]+)"/.exec(svg).map(Number);
    const canvas = await page.locator('.canvas').boundingBox();
    await page.mouse.move(canvas.x + 2, canvas.y + 2);
    await page.mouse.click(canvas.x + (x1 + x2) / 2, canvas.y + (y1 + y2) / 2);
    await page.getByRole('dialog').locator('.sentence').first().waitFor();
  }),

  'an example query runs, is drawn, is a table, a link and a command': visit(async ({ page, go }) => {
    await go('/explore/query');
    await page.getByRole('button', { name: /What connects UNICEF and Canada/ }).click();
    await execute(page);
    await page.getByRole('button', { name: 'Draw this result' }).and(page.locator(':enabled')).waitFor();
    await page.getByRole('button', { name: 'Open as table' }).click();
    holds(await page.locator('.query-rows tbody tr').count() > 0, 'there are rows');
    equal((await page.locator('.query-rows td').allTextContents()).filter((cell) => /\[/.test(cell)).join(), '', 'cells that tell nothing');
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    const command = await page.evaluate(() => navigator.clipboard.readText());
    const answer = JSON.parse(execFileSync('sh', ['-c', command]).toString());
    holds(answer.data && !answer.errors, `the command answers: ${JSON.stringify(answer).slice(0, 200)}`);
    await page.getByRole('button', { name: 'Copy link' }).click();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    holds(link.startsWith(`${host}/explore/query?query=`), link);
    await page.getByRole('button', { name: 'Draw this result' }).click();
    await page.waitForURL(/explore\/graph\?only=/);
    const [entities, relations] = await drawn(page);
    holds(entities > 2 && relations > 1, `${entities} entities and ${relations} relations`);
    return `${entities} entities and ${relations} relations`;
  }),

  'GraphiQL has a page of its own': visit(async ({ page, go }) => {
    await go('/graphiql');
    await execute(page);
    await page.locator('.result-window').getByText('"data"').waitFor();
  }),

  'a relation is rejected with a reason, and the decision undone': visit(async ({ page, go }) => {
    await go('/explore/review');
    await giveToken(page);
    const first = page.locator('.review-list > li').first();
    const name = (await first.getByRole('button', { name: /^Reject: / }).getAttribute('aria-label')).slice('Reject: '.length);
    await first.getByLabel('Reason').fill('read wrongly');
    await first.getByRole('button', { name: /^Reject: / }).click();
    const decision = page.locator('.decision-list li').filter({ hasText: 'read wrongly' });
    await decision.waitFor();
    holds((await decision.textContent()).includes('ana'), 'the decision bears a name');
    await page.waitForFunction((gone) => ![...document.querySelectorAll('.review-list button')].some((button) => button.ariaLabel === `Reject: ${gone}`), name);
    await decision.getByRole('button', { name: /^Undo: / }).click();
    await decision.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: `Reject: ${name}`, exact: true }).waitFor();
    return name;
  }),

  'two entities are told to be the same, and apart again': visit(async ({ page, go }) => {
    await go('/explore/review');
    await giveToken(page);
    await page.getByRole('combobox', { name: 'One entity' }).fill('Honduras');
    await suggested(page).click();
    await page.getByRole('combobox', { name: 'Another entity' }).fill('Guatemala');
    await suggested(page).click();
    await page.locator('.review-side').getByLabel('Reason').fill('a trial');
    await page.getByRole('button', { name: 'Different', exact: true }).click();
    const decision = page.locator('.decision-list li').filter({ hasText: 'a trial' });
    await decision.getByRole('button', { name: /^Undo: / }).click();
    await decision.waitFor({ state: 'detached' });
  }),

  'a pair in doubt is told to be different, and the decision undone': visit(async ({ page, go }) => withDocuments({
    'note-lima': 'LIMA, Perú – La vocera del ACNUR, María López, visitó el albergue.',
    'note-niamey': 'NIAMEY, Niger – L’OIM a organisé un atelier à Niamey. María López, consultante, y a participé.',
  }, async () => {
    await go('/explore/review');
    await giveToken(page);
    const pair = page.locator('.candidates .review-list > li').filter({ hasText: 'María López' });
    await pair.first().waitFor();
    equal(await pair.count(), 1, 'pairs of that name');
    equal((await pair.locator('.document-link').allTextContents()).sort().join(), 'note-lima,note-niamey', 'where to read');
    holds((await pair.textContent()).includes('many people have this name'), 'why they were not joined');
    // Each of the two says so on its own page.
    const address = await pair.locator('a.entity').first().getAttribute('href');
    await pair.getByLabel('Reason').fill('two people');
    await pair.getByRole('button', { name: /^Different: María López/ }).click();
    const decision = page.locator('.decision-list li').filter({ hasText: 'two people' });
    await decision.waitFor();
    await pair.waitFor({ state: 'detached' });
    await decision.getByRole('button', { name: /^Undo: / }).click();
    await decision.waitFor({ state: 'detached' });
    await pair.waitFor();
    await go(address);
    await page.locator('.similar').getByRole('link', { name: /María López/ }).waitFor();
  })),

  'what is withdrawn goes from the drawing, and opposite relations do not lie on each other': visit(async ({ page, go }) => withDocuments({
    'note-both': 'La Fondation Bakori soutient la Fondation Malika. La Fondation Malika soutient la Fondation Bakori.',
    'note-third': 'Le Canada finance la Fondation Bakori.',
  }, async (_ids, withdraw) => {
    await go('/explore/graph?ids=organization:fondation-bakori');
    equal((await drawn(page)).join(), '3,3', 'drawn');
    const svg = readFileSync(await exported(page, 'SVG'), 'utf8');
    const bent = [...svg.matchAll(/<path d="(M[^"]*Q[^"]*)"[^>]*><title>([^<]*)</g)];
    equal(bent.map(([, , words]) => words).sort().join('; '), 'Fondation Bakori supports Fondation Malika; Fondation Malika supports Fondation Bakori', 'bent lines');
    holds(svg.includes('<desc>«La Fondation Bakori soutient la Fondation Malika.» — note-both'), 'the sentence stands in the picture');
    await withdraw('note-third');
    await page.waitForFunction(() => document.querySelector('.counts').textContent.startsWith('2 entities'));
    equal((await counts(page)).join(), '2,2', 'left');
  })),

  'a document of hundreds of entities is marked to its end': visit(async ({ page, go }) => {
    const name = (number) => [number % 13, Math.floor(number / 13) % 13].map((at) => ['ba', 'ko', 'ri', 'ma', 'te', 'lu', 'sa', 'ni', 'do', 've', 'pa', 'mi', 'go'][at]).join('') + 'va';
    const sentence = (number) => `La Fondation V${name(number)} finance le projet « Eau R${name(number)} » au Mali.`;
    const text = Array.from({ length: 120 }, (_, number) => sentence(number)).join(' ');
    return withDocuments({ 'note-long': text }, async (ids) => {
      await go(`/explore/document/${ids['note-long']}`);
      await page.locator('.side-entities li').nth(240).waitFor();
      equal(await page.locator('.side-entities li').count(), 241, 'entities listed');
      equal(await page.locator('.side-relations li').count(), 240, 'relations listed');
      await page.locator('.text').getByText(`Eau R${name(119)}`).waitFor();
      await page.waitForFunction(() => document.querySelectorAll('.text a.mention').length >= 360);
      equal(await page.locator('.text a.mention').count(), 360, 'mentions marked');
      return '241 entities, 360 mentions';
    });
  }),

  'what is planned has gaps in its line and says so': visit(async ({ page, go }) => {
    await go('/explore/graph?all=1');
    await drawn(page);
    const { answer } = await ask(url, { query: '{ relations(where: { modality: [PLANNED, PROPOSED] }) { totalCount } }' });
    const svg = readFileSync(await exported(page, 'SVG'), 'utf8');
    equal(svg.match(/stroke-dasharray/g).length, answer.data.relations.totalCount, 'lines with gaps');
    equal(svg.match(/<desc>/g).length, svg.match(/<(line|path) [^>]*><title>/g).length, 'every line bears its sentence');
    await page.locator('.line-legend').getByText('planned or proposed').waitFor();
    await page.locator('.drawn-table').getByRole('button', { name: /^Relations \d/ }).click();
    await page.locator('.drawn-table .tag').first().waitFor({ state: 'attached' });
    return `${answer.data.relations.totalCount}`;
  }),

  'what is seen is exported, and networkx reads it': visit(async ({ page, go }) => {
    await go('/explore/graph?all=1');
    const [entities, relations] = await drawn(page);
    const graphml = await exported(page, 'GraphML');
    const gexf = await exported(page, 'GEXF');
    const json = JSON.parse(readFileSync(await exported(page, 'JSON'), 'utf8'));
    equal(json.relations.length, relations, 'relations in JSON');
    holds(json.relations.every(({ citations }) => citations.length > 0 && citations.every(({ text, document: { source } }) => text && source)), 'each is cited');
    const csv = readFileSync(await exported(page, 'CSV (Relations)'), 'utf8');
    holds(csv.split('\r\n').length > relations, 'a row a relation');
    const png = readFileSync(await exported(page, 'PNG'));
    equal(png.subarray(1, 4).toString(), 'PNG', 'a picture');
    holds(readFileSync(await exported(page, 'SVG'), 'utf8').includes('<line'), 'a drawing');
    const script = `import sys, networkx as nx
for graph in (nx.read_graphml(sys.argv[1]), nx.read_gexf(sys.argv[2])):
    print(graph.number_of_nodes(), graph.number_of_edges(), graph.is_directed(), all(graph.nodes[node].get("kind") for node in graph))`;
    const read = execFileSync('.venv/bin/python', ['-c', script, graphml, gexf]).toString().trim().split('\n');
    equal(read.join(' / '), Array(2).fill(`${entities} ${relations} True True`).join(' / '), 'what networkx read');
    return read[0];
  }),

  'all of it with the keyboard alone': visit(async ({ page, go }) => {
    await go('/');
    const press = (key) => page.keyboard.press(key);
    /** Moves on until what has the focus matches. */
    async function reach(what, key = 'Tab') {
      for (let step = 0; step < 120; step += 1) {
        const name = await page.evaluate(() => {
          const element = document.activeElement;
          if (['MAIN', 'BODY', 'DIALOG'].includes(element.tagName)) return '';
          return `${element.getAttribute('aria-label') ?? ''} ${element.textContent.trim().slice(0, 80)} ${element.id}`;
        });
        if (what.test(name)) {
          const visible = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle !== 'none');
          holds(visible, `the focus is seen on ${name}`);
          return;
        }
        await press(key);
      }
      throw new Error(`the keyboard does not reach ${what}`);
    }
    await reach(/home-search/);
    await page.keyboard.type('prm');
    await suggested(page).waitFor();
    await press('ArrowDown');
    await press('Enter');
    await page.getByRole('heading', { level: 1, name: /Population/ }).waitFor();
    await reach(/Draw what is around it/);
    await press('Enter');
    await drawn(page);
    await reach(/^Drawing of/);
    for (const key of ['ArrowLeft', 'ArrowUp', '+', '-', '0']) await press(key);
    await reach(/^Expand Renforcer/);
    await press('Enter');
    await page.locator('.workspace[aria-busy=false]').waitFor();
    await reach(/^ Relations \d/, 'Shift+Tab');
    await press('Enter');
    await reach(/^Sentences: .*Population.*funds/);
    await press('Enter');
    await page.getByRole('dialog').locator('.sentence').first().waitFor();
    await press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    holds(/^Sentences: /.test(await page.evaluate(() => document.activeElement.getAttribute('aria-label') ?? '')), 'the focus is where it was');
    await press('Control+k');
    await page.keyboard.type('canada');
    await suggested(page).waitFor();
    await press('ArrowDown');
    await press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Canada' }).waitFor();
  }),

  'text with markup and script stays text': visit(async ({ page, go }) => {
    await go(`/explore/document/${await documentOf('hostile')}`);
    await page.locator('.text').waitFor();
    const text = await page.locator('.text').textContent();
    holds(text.includes(MARKUP), text);
    for (const path of ['/explore/search?q=Canada%20Gras', '/explore/graph?all=1', '/explore/entity/country:CA']) {
      await go(path);
      await shown(page, path.includes('graph') ? 'graph' : '');
    }
    equal(await page.evaluate(() => globalThis.hacked), undefined, 'a script of a document');
    equal(await page.locator('main img, main script, main b, main svg[onload]').count(), 0, 'markup of a document');
  }),

  'a new document is told at once': visit(async ({ page, go }) => {
    await go('/');
    await page.locator('.live-open').waitFor();
    const body = { query: 'mutation { ingestDocuments(documents: [{source: "note-live", title: "Une note toute neuve", text: "Le Mexique finance l’OIM."}]) { version documents { id } } }' };
    const { answer } = await ask(url, body, { Authorization: `Bearer ${token}` });
    holds(!answer.errors, JSON.stringify(answer.errors));
    await page.locator('.news').getByRole('link', { name: 'Une note toute neuve' }).waitFor();
    const id = answer.data.ingestDocuments.documents[0].id;
    await ask(url, { query: `mutation { withdrawDocument(id: "${id}") { version } }` }, { Authorization: `Bearer ${token}` });
  }),

  'filters of map and timeline hold in the graph, and an address brings all of it back': visit(async ({ page, go }) => {
    await go('/explore/map');
    await page.getByRole('region', { name: 'Countries' }).getByRole('button', { name: 'Senegal' }).click();
    await page.getByRole('heading', { name: /^In Senegal/ }).waitFor();
    holds(page.url().includes('country=SN'), page.url());
    await page.getByRole('navigation').getByRole('link', { name: 'Graph' }).click();
    await page.getByRole('button', { name: 'Draw everything' }).first().click();
    const narrowed = await drawn(page);
    const address = page.url();
    holds(address.includes('country=SN') && address.includes('all=1'), address);
    await page.goto(address);
    equal((await drawn(page)).join(), narrowed.join(), 'the same drawing');
    await page.getByRole('button', { name: 'Remove all filters' }).click();
    const whole = await counts(page);
    holds(whole[1] > narrowed[1], `${narrowed} of ${whole}`);
    await page.getByLabel('Confidence from').first().fill('0.85');
    const sure = await counts(page);
    holds(sure[1] < whole[1] && sure[1] > 0, `${sure} of ${whole}`);
    await page.getByRole('button', { name: 'Remove all filters' }).click();
    await page.getByRole('navigation').getByRole('link', { name: 'Timeline' }).click();
    await page.getByRole('button', { name: /^2016/ }).click();
    // The drawing is still there.
    await page.getByRole('navigation').getByRole('link', { name: 'Graph' }).click();
    const dated = await drawn(page);
    equal(dated[1], 3, 'relations of 2016');
    return `${whole[1]} relations, ${narrowed[1]} in Senegal, ${sure[1]} from 0.85, ${dated[1]} in 2016`;
  }),

  'the partners of an organization in a country, with what works there': visit(async ({ page, go }) => {
    await go('/explore/graph?partners=organization:iom&country=SV');
    await drawn(page);
    await page.locator('.drawn-table').getByRole('button', { name: 'Select Police nationale civile' }).waitFor();
    const few = await counts(page);
    equal(await page.getByRole('combobox', { name: 'Partners of' }).inputValue(), 'International Organization for Migration', 'whose partners');
    await go('/explore/graph?ids=organization:iom&country=SV');
    // Its project works there, which no relation in this drawing says.
    await page.locator('.drawn-table').getByRole('button', { name: /^Select Renforcer les capacités/ }).waitFor();
    return `${few[0]} entities`;
  }),

  'hiding, pinning and the way back': visit(async ({ page, go }) => {
    await go('/explore/graph?ids=organization:us-prm');
    const [before] = await drawn(page);
    await page.locator('.drawn-table').getByRole('button', { name: /^Hide United States/ }).click();
    equal((await counts(page))[0], before - 1, 'one less');
    await page.getByRole('button', { name: /Show hidden/ }).click();
    equal((await counts(page))[0], before, 'all again');
    await page.getByRole('button', { name: /^Select Bureau of Population/ }).click();
    await page.getByRole('button', { name: 'Pin', exact: true }).click();
    await page.getByRole('button', { name: 'Unpin', exact: true }).waitFor();
    await page.getByLabel('Expand by').selectOption('FUNDS');
    await page.waitForURL(/(~|%7E)FUNDS/);
  }),

  'each view shows the GraphQL that it used': visit(async ({ page, go }) => {
    await go('/explore/entity/organization:iom');
    await page.locator('.entity-page').waitFor();
    await page.locator('footer').getByRole('button', { name: /GraphQL/ }).click();
    const query = await page.getByRole('dialog').locator('pre').filter({ hasText: 'query EntityPage' }).textContent();
    const variables = JSON.parse(await page.getByRole('dialog').locator('section', { hasText: 'query EntityPage' }).locator('pre').nth(1).textContent());
    const { answer } = await ask(url, { query, variables });
    holds(answer.data.entity.id === 'organization:iom', JSON.stringify(answer).slice(0, 300));
    await page.getByRole('dialog').getByRole('button', { name: 'Open in Query' }).first().click();
    await page.waitForURL(/explore\/query\?query=/);
    await page.locator('.graphiql-execute-button').waitFor();
  }),

  'three languages, remembered': visit(async ({ page, go }) => {
    await go('/explore/map');
    for (const [code, words] of [['fr', 'Carte des pays'], ['es', 'Mapa de países'], ['en', 'Map of countries']]) {
      await page.locator('footer select').first().selectOption(code);
      await page.getByRole('heading', { level: 1, name: words }).waitFor();
      equal(await page.evaluate(() => document.documentElement.lang), code, 'the language of the page');
      await page.reload();
      await page.getByRole('heading', { level: 1, name: words }).waitFor();
    }
  }),

  'without the server it says so': visit(async ({ page, go, problems }) => {
    await go('/explore/entity/organization:iom');
    await page.locator('.entity-page').waitFor();
    await page.route('**/graphql', (route) => route.abort());
    await page.getByRole('navigation').getByRole('link', { name: 'Documents' }).click();
    await page.getByText('The server cannot be reached.').waitFor();
    await page.locator('.offline').waitFor();
    await page.unroute('**/graphql');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('tbody tr').first().waitFor();
    // The browser itself tells of requests that failed.
    problems.splice(0, problems.length, ...problems.filter((problem) => !problem.includes('net::ERR_FAILED')));
  }),

  'the first load is small': visit(async ({ page, go }) => {
    const sizes = [];
    page.on('response', (response) => sizes.push(response.request().sizes().then(({ responseBodySize }) => [response.url(), responseBodySize])));
    await go('/');
    await page.locator('.figures').waitFor();
    const all = await Promise.all(sizes);
    const bytes = all.reduce((sum, [, size]) => sum + size, 0);
    holds(bytes < 400_000, `${bytes} bytes: ${all.map(([from, size]) => `${from} ${size}`).join(', ')}`);
    return `${Math.round(bytes / 1000)} kB, compressed, with fonts`;
  }),
};

for (const [name, path] of Object.entries(VIEWS)) {
  for (const colorScheme of ['light', 'dark']) {
    list[`axe finds nothing: ${name}, ${colorScheme}`] = visit(async ({ page, go }) => {
      await go(path);
      await shown(page, name);
      equal((await axe(page)).join('\n'), '', 'violations');
    }, { colorScheme });
  }
  list[`360 pixels are enough: ${name}`] = visit(async ({ page, go }) => {
    await go(path);
    await shown(page, name);
    const [wide, inner] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    holds(wide <= inner, `${wide} of ${inner} pixels`);
    equal((await axe(page)).join('\n'), '', 'violations');
  }, { viewport: { width: 360, height: 740 } });
}

list['axe finds nothing: open dialogs and lists'] = visit(async ({ page, go }) => {
  await go('/explore/entity/organization:iom');
  await page.getByRole('button', { name: /^Sentences: / }).first().click();
  await page.getByRole('dialog').locator('.sentence').first().waitFor();
  equal((await axe(page)).join('\n'), '', 'violations of the sentences');
  await page.keyboard.press('Escape');
  await page.locator('footer').getByRole('button', { name: /GraphQL/ }).click();
  equal((await axe(page)).join('\n'), '', 'violations of the GraphQL');
  await page.keyboard.press('Escape');
  await page.locator('#search').fill('mig');
  await suggested(page).waitFor();
  equal((await axe(page)).join('\n'), '', 'violations of the list');
});

const only = process.env.ONLY;
try {
  await checks('The explorer', only ? Object.fromEntries(Object.entries(list).filter(([name]) => name.includes(only))) : list);
} finally {
  await browser.close();
  await server.end();
  rmSync(scratch, { recursive: true, force: true });
}
