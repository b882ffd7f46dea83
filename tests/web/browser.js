// A real Chromium, and pages that tell of every error and of every request that leaves for another host.
import { existsSync } from 'node:fs';

import { chromium } from 'playwright-core';

const PROGRAM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Starts Chromium; WebGL is drawn in software, so that it works on machines without a graphics card. */
export async function launch() {
  if (!existsSync(PROGRAM)) throw new Error(`no Chromium at ${PROGRAM}; install it, or say where it is with CHROMIUM`);
  return chromium.launch({
    executablePath: PROGRAM,
    args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  });
}

/** A fresh visitor of `host`. `visitor.problems` fills with what must not happen. */
export async function visitor(browser, host, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1360, height: 860 },
    locale: 'en',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
    acceptDownloads: true,
    ...options,
  });
  const problems = [];
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== host && !['data:', 'blob:'].includes(url.protocol)) problems.push(`asked ${url.origin}`);
  });
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`page: ${error.message}`));
  page.on('dialog', (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.setDefaultTimeout(20_000);
  return { page, context, problems, go: (path) => page.goto(host + path) };
}

export function equal(found, wanted, what) {
  if (found !== wanted) throw new Error(`${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
}

export function holds(condition, what) {
  if (!condition) throw new Error(what);
}
