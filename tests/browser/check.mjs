// Opens every HTML file of built editions in headless Chromium and fails on what a reader would
// notice: console errors, failed requests, requests to other hosts, sideways scroll on the
// narrowest phone, a missing language or title, a keyboard path that does not begin at the skip
// link, a heading whose marks are cut off.
//
//   node check.mjs PUBLIC_DIR CHROMIUM
import { createServer } from 'node:http';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { createRequire } from 'node:module';

const { chromium } = createRequire(join(process.cwd(), 'x.js'))('playwright-core');
const [root, executablePath] = process.argv.slice(2);
const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.svg': 'image/svg+xml', '.png': 'image/png', '.jpg': 'image/jpeg', '.txt': 'text/plain; charset=utf-8', '.xml': 'application/xml', '.ics': 'text/calendar', '.pdf': 'application/pdf' };
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

function walk(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? walk(path) : [path];
  });
}

function serve(folder) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
    let file = join(folder, path);
    if (path.endsWith('/')) file = join(file, 'index.html');
    try {
      if (!statSync(file).isFile()) throw new Error('not a file');
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
      response.end(readFileSync(file));
    } catch {
      response.writeHead(404);
      response.end();
    }
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** What is wrong with the page that is open, as seen from inside. */
function inspect(isWeb) {
  const problems = [];
  const wide = document.scrollingElement.scrollWidth - window.innerWidth;
  if (wide > 0) problems.push(`scrolls sideways by ${wide} px`);
  if (!document.documentElement.lang) problems.push('has no language');
  if (!document.title.trim()) problems.push('has no title');
  const redirect = document.querySelector('meta[http-equiv="refresh"]');
  const headings = document.querySelectorAll('h1').length;
  if (isWeb && !redirect && headings !== 1) problems.push(`has ${headings} first-level headings`);
  for (const element of document.querySelectorAll('h1, h2, h3')) {
    const style = getComputedStyle(element);
    const cut = element.scrollHeight - element.clientHeight > 2 && style.overflowY !== 'visible';
    if (cut) problems.push(`cuts off "${element.textContent.slice(0, 40)}"`);
  }
  for (const image of document.images) {
    if (!image.alt && image.getAttribute('role') !== 'presentation' && !image.hasAttribute('alt')) problems.push(`${image.src} has no alternative text`);
  }
  return problems;
}

async function main() {
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  const problems = [];
  let opened = 0;
  for (const edition of readdirSync(root).filter((name) => !name.startsWith('.')).sort()) {
    const folder = join(root, edition);
    if (!statSync(folder).isDirectory()) continue;
    const files = walk(folder).filter((file) => file.endsWith('.html')).sort();
    const isWeb = files.some((file) => relative(folder, file) === '404.html');
    const server = await serve(folder);
    const origin = `http://127.0.0.1:${server.address().port}`;
    const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
    let current = '';
    const note = (text) => problems.push(`${edition}/${current}: ${text}`);
    page.on('console', (message) => message.type() === 'error' && note(`console: ${message.text()}`));
    page.on('pageerror', (error) => note(`error: ${error.message}`));
    page.on('request', (request) => !request.url().startsWith(origin) && !request.url().startsWith('data:') && !request.isNavigationRequest() && note(`asks another host: ${request.url()}`));
    await page.route((url) => !url.href.startsWith(origin) && !url.href.startsWith('data:'), (route) => route.abort());
    for (const file of files) {
      current = relative(folder, file).split(sep).join('/');
      // A redirect leads to the edition's real host, which is not there.
      if (isWeb && readFileSync(file, 'utf8').includes('http-equiv="refresh"')) continue;
      await page.goto(`${origin}/${current}`, { waitUntil: 'load' });
      (await page.evaluate(inspect, isWeb)).forEach(note);
      opened += 1;
    }
    if (isWeb) {
      current = 'index.html';
      await page.goto(`${origin}/`);
      await page.keyboard.press('Tab');
      const first = await page.evaluate(() => document.activeElement?.getAttribute('href'));
      if (first !== '#main') note(`the first stop of the Tab key is ${first}, not the skip link`);
      await page.emulateMedia({ media: 'print' });
      const shown = await page.evaluate(() => document.querySelector('main')?.getBoundingClientRect().height ?? 0);
      if (shown < 100) note('prints without its main part');
      await page.emulateMedia({ media: null });
    }
    await page.close();
    server.close();
  }
  await browser.close();
  for (const problem of problems.slice(0, 100)) console.error(problem);
  console.log(`browser: ${opened} pages opened, ${problems.length} problems`);
  process.exitCode = problems.length || !opened ? 1 : 0;
}

await main();
