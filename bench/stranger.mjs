// The path of somebody who has just heard of us: clone, install, start the demo, open its page in a browser and have
// the form before them. Run it from a checkout: node bench/stranger.mjs
// It clones this checkout's HEAD into a temporary folder, so nothing that lies around here helps it.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), 'stranger-'));
const clone = path.join(folder, 'mini-mentorship');
const began = performance.now();
const lap = (what) =>
  console.log(`${((performance.now() - began) / 1_000).toFixed(1).padStart(6)} s  ${what}`);

let demo;
let browser;
try {
  execFileSync('git', ['clone', '--quiet', here, clone]);
  lap('cloned');
  execFileSync('npm', ['ci'], { cwd: clone, stdio: 'ignore' });
  lap('installed');
  demo = spawn('npm', ['run', 'demo'], { cwd: clone, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const url = await pageOf(demo);
  lap(`the demo says where its page is: ${url}`);
  const { chromium } = await import(
    pathToFileURL(path.join(clone, 'node_modules/playwright-core/index.mjs')).href
  );
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
  });
  const page = await browser.newPage();
  await page.goto(url);
  await page.getByRole('button', { name: '/mini-session', exact: true }).first().click();
  await page.keyboard.press('Enter');
  await page.getByText('Ask for a mini session').first().waitFor();
  lap('the form is open in the browser');
} finally {
  await browser?.close();
  if (demo?.pid) process.kill(-demo.pid, 'SIGTERM');
  await new Promise((resolve) => (demo ? demo.once('exit', resolve) : resolve()));
  rmSync(folder, { recursive: true, force: true });
}

/** The address that the demo prints once its page is up. */
function pageOf(child) {
  return new Promise((resolve, reject) => {
    let printed = '';
    child.stdout.on('data', (chunk) => {
      printed += chunk;
      const found = /http:\/\/(127\.0\.0\.1|localhost):\d+\S*/.exec(printed);
      if (found) resolve(found[0]);
    });
    child.once('exit', () => reject(new Error(`The demo ended by itself. It said:\n${printed}`)));
  });
}
