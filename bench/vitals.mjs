// What a reader waits for and pays for, page by page: first and largest paint, time in which the page does not
// answer, what moves, and bytes on the way. The line is the slow 4G of Lighthouse (150 ms there and back,
// 1.6 Mbit/s), the processor a quarter as fast, the screen that of a small phone, nothing is in the cache.
//
//   node vitals.mjs PUBLIC CHROMIUM
//
// Prints Markdown: medians of five, of paints the least too, since a machine has other work. Fails where the least
// misses a goal: paint 1.0 s, blocked 0, moved 0.
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const { chromium } = createRequire(join(process.cwd(), 'x.js'))('playwright-core');
const [root, executablePath] = process.argv.slice(2);
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.svg': 'image/svg+xml', '.txt': 'text/plain; charset=utf-8', '.webp': 'image/webp', '.jpg': 'image/jpeg', '.png': 'image/png' };
const RUNS = 5;
const EDITIONS = ['bao-ap-bac', 'phat-thanh-truyen-hinh'];
const PAGES = ['', 'to-giac/', 'to-giac/goi-ai-noi-gi/', 'to-giac/bao-luc-gia-dinh/', 'nghi-dinh-06/nghi-dinh-06-noi-gi/', 'en/', 'tim-kiem/'];

function host(folder) {
  const packed = new Map();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
    const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
    try {
      if (!statSync(file).isFile()) throw new Error('not here');
      const bytes = readFileSync(file);
      const text = /\.(html|css|js|json|svg|txt|xml)$/.test(file);
      if (text && !packed.has(file)) packed.set(file, gzipSync(bytes));
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', ...(text ? { 'content-encoding': 'gzip' } : {}) });
      response.end(text ? packed.get(file) : bytes);
    } catch {
      response.writeHead(404);
      response.end();
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve([server, `http://127.0.0.1:${server.address().port}/`])));
}

/** Looks at a page as if for the first time. */
async function look(browser, address) {
  const context = await browser.newContext({ viewport: { width: 360, height: 640 }, deviceScaleFactor: 2 });
  const page = await context.newPage();
  await page.addInitScript(() => {
    globalThis.seen = { moved: 0, blocked: 0, largest: 0 };
    // What moves inside a browser's own player has no node that a page could name.
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (entry.sources.some((one) => one.node)) globalThis.seen.moved += entry.value; }).observe({ type: 'layout-shift', buffered: true });
    new PerformanceObserver((list) => { for (const entry of list.getEntries()) globalThis.seen.largest = entry.startTime; }).observe({ type: 'largest-contentful-paint', buffered: true });
    // As in a total blocking time: what tasks after the first paint take beyond 50 ms.
    new PerformanceObserver((list) => {
      const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity;
      for (const entry of list.getEntries()) if (entry.startTime + entry.duration > paint) globalThis.seen.blocked += Math.max(0, entry.duration - 50);
    }).observe({ type: 'longtask', buffered: true });
  });
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 });
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  const bytes = { first: 0, all: 0 };
  const types = new Map();
  session.on('Network.responseReceived', ({ requestId, type }) => types.set(requestId, type));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    bytes.all += encodedDataLength;
    if (['Document', 'Stylesheet'].includes(types.get(requestId))) bytes.first += encodedDataLength;
  });
  await page.goto(address, { waitUntil: 'load' });
  await page.waitForTimeout(500);
  const now = await page.evaluate(() => ({ ...globalThis.seen, paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity }));
  await context.close();
  return { ...now, ...bytes };
}

const median = (numbers) => numbers.sort((one, next) => one - next)[Math.floor(numbers.length / 2)];

const browser = await chromium.launch({ executablePath, args: FLAGS });
console.log(`Chromium ${browser.version()}, ${RUNS} runs\n`);
console.log('| page | first paint (least) | largest (least) | blocked | moved | HTML and CSS | all |\n| --- | --- | --- | --- | --- | --- | --- |');
let missed = 0;
for (const edition of EDITIONS) {
  const [server, origin] = await host(join(root, edition));
  for (const path of PAGES) {
    const runs = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await look(browser, origin + path));
    const of = Object.fromEntries(Object.keys(runs[0]).map((name) => [name, median(runs.map((run) => run[name]))]));
    const least = Object.fromEntries(Object.keys(runs[0]).map((name) => [name, Math.min(...runs.map((run) => run[name]))]));
    const time = (name) => `${Math.round(of[name])} (${Math.round(least[name])}) ms`;
    const kilobytes = (count) => `${(count / 1024).toFixed(1)} KB`;
    console.log(`| ${edition} /${path} | ${time('paint')} | ${time('largest')} | ${Math.round(of.blocked)} ms | ${of.moved.toFixed(3)} | ${kilobytes(of.first)} | ${kilobytes(of.all)} |`);
    missed += least.paint > 1000 || least.blocked > 0 || least.moved > 0 ? 1 : 0;
  }
  server.closeAllConnections();
  server.close();
}
await browser.close();
process.exitCode = missed ? 1 : 0;
