// Starts `loa serve` on a small site and looks at it in headless Chromium while files are saved: pages
// load again at the same place, errors are shown over the page and go away, nothing complains.
//
//   node serve.mjs LOA CHROMIUM
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';

const { chromium } = createRequire(join(process.cwd(), 'x.js'))('playwright-core');
const [loa, executablePath] = process.argv.slice(2);
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const PATIENCE = 30_000;
const QUIET = 800;

const site = mkdtempSync(join(tmpdir(), 'loa-serve-'));
const save = (path, text) => {
  mkdirSync(dirname(join(site, path)), { recursive: true });
  writeFileSync(join(site, path), text);
};
const page = (title, body, more = '') => `---\ntitle: ${title}\nsummary: Tóm tắt.\ndate: 2026-08-19\n${more}---\n${body}\n`;
const long = (word) => Array.from({ length: 80 }, (_, n) => `## Mục ${n}\n\n${word} ${n}.\n`).join('\n');
const picture = (side) => `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"/>`;

save('loa.yaml', `title: Thử
editions:
  bao: {channel: web, theme: newspaper, base_url: "https://bao.example/"}
  loa: {channel: speech, theme: loudspeaker}
  to-roi: {channel: print, theme: leaflet, formats: [a5]}
`);
save('content/tin/dai.md', page('Bài dài', long('Chữ')));
save('content/tin/khac.md', page('Bài khác', 'Chữ.\n\n![Hình](hinh.svg)', 'kind: guidance\n'));
save('content/tin/hinh.svg', picture(10));

const problems = [];
const check = (holds, what) => { if (!holds) problems.push(what); };

function start() {
  const child = spawn(loa, ['serve', '--port', '0', '--root', site, '--today', '2026-08-19'], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve) => child.stdout.once('data', (data) => resolve([child, String(data).trim().replace(/\/$/, '')])));
}

/** Opens a page and waits until its script listens; notes every complaint of the browser. */
async function open(browser, url, expected = []) {
  const tab = await browser.newPage({ viewport: { width: 900, height: 700 } });
  tab.loads = 0;
  tab.on('load', () => { tab.loads += 1; });
  tab.on('console', (message) => message.type() === 'error' && !expected.some((words) => message.text().includes(words)) && problems.push(`${url}: console: ${message.text()}`));
  tab.on('pageerror', (error) => problems.push(`${url}: ${error.message}`));
  const listening = tab.waitForRequest((request) => request.url().includes('/.loa/events'), { timeout: PATIENCE });
  await tab.goto(url, { waitUntil: 'load' });
  await listening;
  return tab;
}

/** Does something that must make a page load again, and waits until it has. */
async function again(tab, act) {
  const before = tab.loads;
  const loaded = tab.waitForEvent('load', { timeout: PATIENCE });
  act();
  await loaded;
  await tab.waitForTimeout(100);
  check(tab.loads === before + 1, `${tab.url()}: loads ${tab.loads - before} times instead of once`);
}

const overlay = (tab) => tab.locator('loa-errors');
const there = (tab) => tab.locator('loa-errors section').waitFor({ timeout: PATIENCE });
const gone = (tab) => overlay(tab).waitFor({ state: 'detached', timeout: PATIENCE });

async function reloads(browser, origin) {
  const reader = await open(browser, `${origin}/bao/tin/dai/#muc-3`);
  const other = await open(browser, `${origin}/bao/tin/khac/`);
  await reader.evaluate(() => scrollTo(0, 1234));
  await again(reader, () => save('content/tin/dai.md', page('Bài dài', long('Lời'))));
  check((await reader.textContent('main')).includes('Lời 79'), 'the new words are there');
  check(await reader.evaluate(() => scrollY) === 1234, `the place is kept: ${await reader.evaluate(() => scrollY)}`);
  check(reader.url().endsWith('#muc-3'), 'the anchor is kept');
  check(other.loads === 1, 'a page that did not change is left alone');
  await again(other, () => save('content/tin/hinh.svg', picture(20)));
  await other.waitForFunction(() => document.querySelector('main img').naturalWidth === 20, null, { timeout: PATIENCE });
  await reader.waitForTimeout(QUIET);
  check(reader.loads === 2, 'a picture of another page does not matter');
  const sheet = await open(browser, `${origin}/loa/khac.html`);
  await again(sheet, () => save('content/tin/khac.md', page('Bài khác', 'Câu mới.', 'kind: guidance\n')));
  check((await sheet.textContent('body')).includes('Câu mới'), 'a reading sheet loads again');
  const text = await open(browser, `${origin}/loa/khac.txt`);
  check((await text.textContent('pre')).includes('Câu mới'), 'a script is shown as a page');
  for (const tab of [reader, other, sheet, text]) await tab.close();
}

async function errors(browser, origin) {
  const tab = await open(browser, `${origin}/bao/tin/khac/`);
  const words = await tab.textContent('main');
  save('content/tin/khac.md', page('Bài hỏng', '<img src=x onerror=alert(1)>\n\n[[<b>khong-co</b>]]', 'drfat: true\n'));
  await there(tab);
  const shown = await overlay(tab).evaluate((element) => element.shadowRoot.textContent);
  for (const part of ['content/tin/khac.md:5:1 [unknown-key]', '[raw-html]', 'draft', 'gợi ý']) check(shown.includes(part), `${part} in ${shown}`);
  check(await overlay(tab).evaluate((element) => !element.shadowRoot.querySelector('img,b,script')), 'nothing in a message is markup');
  check(await overlay(tab).evaluate((element) => getComputedStyle(element.shadowRoot.querySelector('section')).position) === 'fixed', 'the overlay has its style');
  check(await tab.textContent('main') === words && tab.loads === 1, 'the last good page stays');
  const late = await open(browser, `${origin}/bao/`);
  await there(late);
  await late.keyboard.press('Escape');
  await gone(late);
  await late.reload();
  await late.waitForTimeout(QUIET);
  check(await overlay(late).count() === 0, 'what was closed stays closed');
  await late.close();
  await again(tab, () => save('content/tin/khac.md', page('Bài lành', 'Chữ.', 'kind: guidance\n')));
  await gone(tab);
  check((await tab.textContent('h1')).includes('Bài lành'), 'the mended page is there');
  await tab.close();
}

async function missing(browser, origin) {
  const tab = await open(browser, `${origin}/bao/tin/moi/`, ['404']);
  await again(tab, () => save('content/tin/moi.md', page('Bài nháp mới', 'Chữ.', 'draft: true\n')));
  check((await tab.textContent('.banner')).includes('BẢN NHÁP'), 'a draft is stamped');
  await tab.close();
  const start = await open(browser, `${origin}/`);
  for (const name of ['bao', 'loa', 'to-roi']) check(await start.locator(`a[href="/${name}/"]`).count() === 1, `${name} is listed`);
  await again(start, () => save('content/tin/moi.md', page('Bài nháp khác', 'Chữ.', 'draft: true\n')));
  check((await start.textContent('details')).includes('Bài nháp khác'), 'the draft is listed');
  await start.close();
  const pdf = await browser.newPage();
  const answer = await pdf.request.get(`${origin}/to-roi/khac-a5.pdf`);
  check(answer.ok() && answer.headers()['content-type'] === 'application/pdf', 'a leaflet is set when it is asked for');
  await pdf.close();
}

const [child, origin] = await start();
const browser = await chromium.launch({ executablePath, args: FLAGS });
try {
  await reloads(browser, origin);
  await errors(browser, origin);
  await missing(browser, origin);
} catch (error) {
  problems.push(error.stack);
}
await browser.close();
const ended = new Promise((resolve) => child.once('exit', resolve));
child.kill('SIGINT');
check(await ended === 0, 'Ctrl-C ends it cleanly');
rmSync(site, { recursive: true, force: true });
for (const problem of problems) console.error(problem);
console.log(`preview: ${problems.length} problems`);
process.exitCode = problems.length ? 1 : 0;
