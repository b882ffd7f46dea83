// How fluent a drawing of about 5,000 made-up entities is while it is dragged: node frames.js PROGRAM [DOCUMENTS]
// Tells the figures; what fails is a drawing that is not whole or does not move, never a slow machine.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { checks, start } from '../wire/server.js';
import { equal, holds, launch, visitor } from './browser.js';

const [program, count = '600'] = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), 'maillage-frames-'));
const corpus = join(scratch, 'made-up.jsonl');
writeFileSync(corpus, execFileSync('node', ['made_up.js', count]));
const server = await start(program, corpus);
const browser = await launch();
const { page, problems, go } = await visitor(browser, server.host, { reducedMotion: 'no-preference' });
page.setDefaultTimeout(180_000);

/** Frames a second while the pointer drags in circles from a place. */
async function dragging(x, y, seconds = 4) {
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.evaluate(() => {
    const times = [];
    globalThis.measuring = true;
    globalThis.times = times;
    const frame = (now) => {
      times.push(now);
      if (globalThis.measuring) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  const until = Date.now() + seconds * 1000;
  for (let step = 0; Date.now() < until; step += 1) {
    const angle = step / 12;
    await page.mouse.move(x + 90 * Math.sin(angle), y + 60 * (1 - Math.cos(angle)));
  }
  const times = await page.evaluate(() => {
    globalThis.measuring = false;
    return globalThis.times;
  });
  await page.mouse.up();
  const gaps = times.slice(1).map((time, at) => time - times[at]).sort((a, b) => a - b);
  const whole = times.at(-1) - times[0];
  return `${((times.length - 1) / (whole / 1000)).toFixed(1)} frames a second, the slowest of twenty ${gaps[Math.floor(gaps.length * 0.95)].toFixed(0)} ms`;
}

const view = async () => (await page.locator('.canvas').screenshot()).toString('base64');

try {
  await checks('Frames', {
    'all of it is drawn': async () => {
      await go('/explore/graph?all=1');
      const began = Date.now();
      await page.locator('.workspace[aria-busy=false]').waitFor();
      const loaded = Date.now() - began;
      const [entities, relations] = (await page.locator('.counts').textContent()).replace(/[,.\s]/g, '').match(/\d+/g).map(Number);
      const { stats } = (await (await fetch(server.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ stats { entityCount relationCount } }"}' })).json()).data;
      equal(relations, stats.relationCount, 'relations drawn');
      holds(entities > 4000 || Number(count) < 600, `${entities} entities`);
      await page.getByRole('button', { name: 'Arrange', exact: true }).waitFor();
      const renderer = await page.evaluate(() => {
        const context = document.createElement('canvas').getContext('webgl2');
        return context.getParameter(context.getExtension('WEBGL_debug_renderer_info').UNMASKED_RENDERER_WEBGL);
      });
      return `${entities} entities, ${relations} relations, there after ${loaded} ms, arranged after ${Date.now() - began} ms; ${renderer}`;
    },
    'the view is dragged': async () => {
      const box = await page.locator('.canvas').boundingBox();
      const before = await view();
      const said = await dragging(box.x + 30, box.y + 30);
      holds((await view()) !== before, 'it moved');
      return said;
    },
    'an entity is dragged': async () => {
      await page.locator('.drawn-table tbody button.line').first().click();
      await page.waitForTimeout(600);
      const box = await page.locator('.canvas').boundingBox();
      const pinned = page.getByRole('button', { name: 'Unpin', exact: true });
      equal(await pinned.count(), 0, 'pinned before');
      const said = await dragging(box.x + box.width / 2, box.y + box.height / 2);
      await pinned.waitFor();
      return said;
    },
    'while it is arranged': async () => {
      await page.getByRole('button', { name: 'Arrange', exact: true }).click();
      const box = await page.locator('.canvas').boundingBox();
      return dragging(box.x + 30, box.y + 30, 3);
    },
    'nothing went wrong': async () => equal(problems.join('; '), '', 'what must not happen'),
  });
} finally {
  await browser.close();
  await server.end();
  rmSync(scratch, { recursive: true, force: true });
}
