// Looks for words in a built site with headless Chromium: with and without marks, wherever the tone stands,
// numbers of documents and telephones, filters, keys; below another folder than the one it was built for;
// and counts the bytes of the first search. Also without scripts, and with an index that cannot be fetched.
//
//   node search.mjs LOA CHROMIUM SITE     SITE is one that bench/generate.py wrote
import { spawnSync } from 'node:child_process';
import { createServer } from 'node:http';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { createRequire } from 'node:module';

const { chromium } = createRequire(join(process.cwd(), 'x.js'))('playwright-core');
const [loa, executablePath, site, shots] = process.argv.slice(2);
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.svg': 'image/svg+xml', '.txt': 'text/plain; charset=utf-8', '.xml': 'application/xml' };
const MOUNT = '/trang/bao/';
const MOST = 300_000;

const save = (path, text) => {
  mkdirSync(dirname(join(site, path)), { recursive: true });
  writeFileSync(join(site, path), text);
};
const page = (title, date, body, more = '') => `---\ntitle: ${title}\nsummary: Chuyện ở ấp.\ndate: ${date}\n${more}---\n${body}\n`;

save('loa.yaml', 'title: Thử\nlanguages: [vi, en]\neditions:\n  bao: {channel: web, theme: newspaper, base_url: "https://bao.example/trang/bao/"}\n');
save('content/_facts/contacts.yaml', '- {key: cax, name: Công an xã, phone: 0273 3872 456, source: sổ, checked_on: 2026-08-01}\n');
save('content/rieng/to-giac.md', page('Tố giác tội phạm ở đâu', '2026-08-19', 'Gọi [[cax]]. Bà con giữ hoà khí.', 'topics: [Việc riêng]\n'));
save('content/rieng/hoa.md', page('Hòa thuận trong xóm', '2025-02-03', 'Tố cáo khác với tổ giác. Theo Nghị định 06/2013/NĐ-CP và Luật 14/2014.\n\nXíchloquýbáu là chữ hiếm.', 'topics: [Việc riêng]\n'));
save('content/rieng/so.md', page('Số hiệu', '2024-02-03', 'Theo Nghị định số 99/2014/NĐ-CP.'));
save('content/rieng/ghi.en.md', page('Reporting a crime', '2026-01-02', 'Call the police.'));

const built = spawnSync(loa, ['build', '--root', site, '--today', '2026-09-01', '--quiet'], { encoding: 'utf8' });
const problems = [];
const check = (holds, what) => { if (!holds) problems.push(what); };
check(!/error/.test(built.stderr), `the build fails: ${built.stderr.slice(0, 800)}`);

let broken = false;
const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
  let file = join(site, 'public/bao', path.slice(MOUNT.length));
  if (path.endsWith('/')) file = join(file, 'index.html');
  try {
    if (!path.startsWith(MOUNT) || !statSync(file).isFile() || (broken && file.endsWith('.txt'))) throw new Error('not there');
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    response.end(readFileSync(file));
  } catch {
    response.writeHead(404);
    response.end();
  }
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = `http://127.0.0.1:${server.address().port}${MOUNT}tim-kiem/`;

const browser = await chromium.launch({ executablePath, args: FLAGS });
const tab = await browser.newPage({ viewport: { width: 360, height: 740 } });
let bytes = 0;
let requests = [];
tab.on('console', (message) => message.type() === 'error' && problems.push(`console: ${message.text()}`));
tab.on('pageerror', (error) => problems.push(`error: ${error.message}`));
tab.on('request', (request) => requests.push(request.url()));
tab.on('response', async (response) => { bytes += (await response.body().catch(() => '')).length; });

const titles = () => tab.$$eval('#search-results h2', (all) => all.map((one) => one.textContent));
const status = () => tab.textContent('#search-status');
/** Types a query and gives the titles of what is found. */
async function find(query) {
  await tab.fill('#search-words', '');
  await tab.waitForFunction(() => !document.querySelector('#search-status').textContent);
  await tab.fill('#search-words', query);
  await tab.press('#search-words', 'Enter');
  await tab.waitForFunction(() => /\d|Không/.test(document.querySelector('#search-status').textContent));
  return titles();
}

await tab.goto(address);
check(!requests.some((url) => url.endsWith('index.json') || /[0-9a-f]{12}\.txt$/.test(url)), 'the index is fetched before anybody asks');
check(await tab.isVisible('#search') && await tab.isHidden('#search-without'), 'the form is not shown');
bytes = 0;
requests = [];
const TITLE = 'Tố giác tội phạm ở đâu';
check((await find('tố giác tội phạm'))[0] === TITLE, `with marks: ${(await titles()).slice(0, 3)}`);
await tab.waitForTimeout(500);
let first = bytes;
check(requests.every((url) => url.startsWith(address.replace('tim-kiem/', ''))), 'something outside of the folder is asked for');
if (shots) await tab.screenshot({ path: join(shots, 'narrow.png') });
check((await tab.$$eval('#search-results li:first-child mark', (all) => all.map((one) => one.textContent))).slice(0, 4).join(' ') === 'Tố giác tội phạm', 'what was found is not marked');
check((await find('to giac toi pham'))[0] === TITLE, `without marks: ${(await titles()).slice(0, 3)}`);
check((await find('TO GIAC TOI PHA'))[0] === TITLE, `while typing: ${(await titles()).slice(0, 3)}`);
const both = [];
for (const query of ['hòa khí', 'hoà khí']) both.push((await find(query)).join());
check(both[0] === both[1] && both[0].startsWith(TITLE), `tone placement: ${both[0].slice(0, 80)} / ${both[1].slice(0, 80)}`);
check((await find('hoà thuận'))[0] === 'Hòa thuận trong xóm', `tone placement in a title: ${(await titles())[0]}`);
check((await find('tổ giác nghị định 06/2013')).join() === 'Hòa thuận trong xóm', `marks that tell words apart: ${await titles()}`);
await find('tổ giác đâu');
check(/dấu/.test(await status()), `words with other marks only: ${await status()}`);
check((await find('99/2014')).join() === 'Số hiệu', `a document: ${await titles()}`);
check(!(await find('06/2014')).includes('Hòa thuận trong xóm') && (await titles()).length > 0, 'numbers that do not stand together are taken for a document');
check((await find('02733872456')).join() === TITLE && (await find('3872 456')).join() === TITLE, `a telephone: ${await titles()}`);
check((await find('xichloquybau')).length === 1, 'a rare word is not found');
await tab.locator('#search-results li').scrollIntoViewIfNeeded();
await tab.waitForFunction(() => document.querySelector('.search-text').textContent.includes('chữ hiếm'), null, { timeout: 5000 }).catch(() => problems.push('the passage is not shown'));
check((await find('xịchloquýbáu')).length === 1 && /dấu/.test(await status()), `other marks: ${await status()}`);
check((await find('khongcochunaycadau')).length === 0 && /Không/.test(await status()), `nothing: ${await status()}`);

// What a search takes at most: words that stand in every other article.
bytes = 0;
await tab.goto(`${address}?q=an+ninh+trật+tự+phòng+ngừa+trộm+cắp`);
await tab.waitForSelector('#search-results li');
await tab.waitForTimeout(800);
first = Math.max(first, bytes);
check(first < MOST, `the first search takes ${first} bytes`);

// Filters.
await find('giác');
await tab.selectOption('#search-topic', 'Việc riêng');
await tab.waitForFunction(() => document.querySelectorAll('#search-results li').length <= 2);
check((await titles()).length === 2, `by topic: ${await titles()}`);
await tab.selectOption('#search-year', '2025');
await tab.waitForFunction(() => document.querySelectorAll('#search-results li').length === 1);
check((await titles()).join() === 'Hòa thuận trong xóm', `by year: ${await titles()}`);
const shared = tab.url();
check(/q=gi%C3%A1c/.test(shared) && /year=2025/.test(shared), `the address does not say what was looked for: ${shared}`);
await tab.goto(shared);
await tab.waitForSelector('#search-results li');
check((await titles()).join() === 'Hòa thuận trong xóm', `from an address: ${await titles()}`);

// Keys and more results.
await tab.goto(address);
await tab.keyboard.press('/');
check(await tab.evaluate(() => document.activeElement.id) === 'search-words', 'the key / does not lead to the words');
await tab.keyboard.type('pháp luật');
await tab.waitForSelector('#search-results li');
await tab.waitForTimeout(600);
const here = () => tab.evaluate(() => document.activeElement.closest('li')?.querySelector('h2').textContent ?? document.activeElement.id);
const list = await titles();
await tab.keyboard.press('ArrowDown');
await tab.keyboard.press('ArrowDown');
check(await here() === list[1], `arrow keys: ${await here()}`);
await tab.keyboard.press('ArrowUp');
await tab.keyboard.press('ArrowUp');
check(await here() === 'search-words', `back to the words: ${await here()}`);
await tab.click('#search-more');
await tab.waitForFunction(() => document.querySelectorAll('#search-results li').length === 20);
check(await tab.evaluate(() => document.activeElement.closest('li') === document.querySelectorAll('#search-results li')[10]), 'more results do not take the focus');
const wide = await tab.evaluate(() => document.scrollingElement.scrollWidth - window.innerWidth);
check(wide <= 0, `scrolls sideways by ${wide} px`);
await tab.keyboard.press('Enter');
await tab.waitForURL((url) => !url.pathname.endsWith('/tim-kiem/'));
check((await tab.textContent('h1')).trim() === (list[10] ?? (await tab.textContent('h1')).trim()), 'a result leads elsewhere');
if (shots) {
  await tab.setViewportSize({ width: 1100, height: 800 });
  await tab.goto(`${address}?q=to+giac+toi+pham`);
  await tab.waitForSelector('#search-results li');
  await tab.waitForTimeout(400);
  await tab.screenshot({ path: join(shots, 'wide.png') });
}

// The other language, and what happens without a script or an index.
await tab.goto(address.replace('tim-kiem/', 'en/search/?q=crime'));
await tab.waitForSelector('#search-results li');
check((await titles()).join() === 'Reporting a crime', `in English: ${await titles()}`);
broken = true;
const silent = await browser.newPage();
await silent.goto(`${address}?q=dân`);
await silent.waitForFunction(() => /Không tải được/.test(document.querySelector('#search-status').textContent), null, { timeout: 5000 }).catch(() => problems.push('a missing index is not told'));
const plain = await browser.newPage({ javaScriptEnabled: false });
await plain.goto(address);
check(await plain.isVisible('#search-without') && await plain.isHidden('#search') && await plain.locator('#search-without a').count() > 1, 'without a script there is nothing to do');

await browser.close();
server.close();
for (const problem of problems) console.error(problem);
console.log(`search: the first one takes ${first} bytes, ${problems.length} problems`);
process.exitCode = problems.length ? 1 : 0;
