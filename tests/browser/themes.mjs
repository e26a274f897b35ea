// Looks at both web themes as readers do: with a checker of accessibility, with the keyboard alone, on a
// narrow phone and a wide screen, in both colour schemes, on a slow line, without styles, in danger.
//
//   node themes.mjs LOA CHROMIUM
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DATE, paths, write } from './themes-site.mjs';

const require = createRequire(join(process.cwd(), 'x.js'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const [loa, executablePath] = process.argv.slice(2);
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.wav': 'audio/wav', '.vtt': 'text/vtt', '.xml': 'application/xml' };
const RULES = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] };
const THEMES = { bao: '/a/b/', dai: '/' };

const problems = [];
const check = (holds, what) => { if (!holds) problems.push(what); };

/** Serves a folder under an address as a host does: compressed. */
function host(base, folder) {
  const packed = new Map();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://x').pathname);
    let file = join(folder, path.slice(base.length));
    if (path.endsWith('/')) file = join(file, 'index.html');
    try {
      if (!path.startsWith(base) || !statSync(file).isFile()) throw new Error('not here');
      if (!packed.has(file)) packed.set(file, gzipSync(readFileSync(file)));
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-encoding': 'gzip' });
      response.end(packed.get(file));
    } catch {
      response.writeHead(404);
      response.end();
    }
  });
  return listening(server);
}

const listening = (server) => new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve([server, `http://127.0.0.1:${server.address().port}`])));

/** A page that notes every complaint of the browser and every request to another host. */
async function open(browser, origin, options = {}) {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  page.on('console', (message) => message.type() === 'error' && problems.push(`${page.url()}: console: ${message.text()}`));
  page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`));
  page.on('request', (request) => !request.url().startsWith(origin) && !request.url().startsWith('data:') && !request.isNavigationRequest() && problems.push(`${page.url()}: asks ${request.url()}`));
  return page;
}

/** What is wrong with the open page at its present width, seen from inside. */
function inspect() {
  const out = [];
  const wide = document.scrollingElement.scrollWidth - innerWidth;
  if (wide > 0) out.push(`scrolls sideways by ${wide} px`);
  if (document.querySelectorAll('h1').length !== 1) out.push('has not one first-level heading');
  for (const element of document.querySelectorAll('h1, h2, h3, .card-title, .site-title, p')) {
    const style = getComputedStyle(element);
    // Two marks above a capital letter need this much room.
    if (parseFloat(style.lineHeight) < 1.25 * parseFloat(style.fontSize)) out.push(`lines of "${element.textContent.slice(0, 30)}" are too tight`);
    if (element.scrollHeight - element.clientHeight > 2 && style.overflowY !== 'visible') out.push(`cuts off "${element.textContent.slice(0, 30)}"`);
  }
  const call = document.querySelector('.call a');
  if (call && call.getBoundingClientRect().bottom > innerHeight) out.push(`the number to call ends at ${call.getBoundingClientRect().bottom} px`);
  for (const table of document.querySelectorAll('.table')) {
    if (table.tabIndex !== 0 || !table.getAttribute('aria-label')) out.push('a table cannot be reached by keyboard');
  }
  return [...new Set(out)];
}

/** Every sort of page under the checker; narrow and light, wide and dark, and the other way round in English. */
async function accessible(browser, theme, origin) {
  let seen = 0;
  for (const language of ['vi', 'en']) {
    for (const scheme of ['light', 'dark']) {
      const narrow = (language === 'vi') === (scheme === 'light');
      const page = await open(browser, origin, { colorScheme: scheme, reducedMotion: narrow ? 'reduce' : 'no-preference' });
      for (const path of paths(theme, language)) {
        const answer = await page.goto(`${origin}${THEMES[theme]}${path}`, { waitUntil: 'load' });
        const name = `${theme} ${path} ${scheme}`;
        check(answer.ok(), `${name}: is not there`);
        if (path.includes('?q=')) await page.waitForSelector('#search-results li', { timeout: 5000 }).catch(() => check(false, `${name}: finds nothing`));
        for (const width of narrow ? [768, 1280, 320] : [320, 768, 1280]) {
          await page.setViewportSize({ width, height: width === 320 ? 640 : 900 });
          for (const problem of await page.evaluate(inspect)) problems.push(`${name} at ${width} px: ${problem}`);
        }
        await page.evaluate(axe);
        const violations = await page.evaluate(async (rules) => (await globalThis.axe.run(document, rules)).violations.map((one) => `${one.id}: ${one.nodes.slice(0, 2).map((node) => node.html.slice(0, 160)).join(' | ')}`), RULES);
        for (const violation of violations) problems.push(`${name}: ${violation}`);
        seen += 1;
      }
      await page.context().close();
    }
  }
  return seen;
}

const focused = (page) => page.evaluate(() => {
  const element = document.activeElement;
  const outlined = [element, element.closest('.card')].filter(Boolean).some((one) => parseFloat(getComputedStyle(one).outlineWidth) > 0 && getComputedStyle(one).outlineStyle !== 'none');
  const box = element.getBoundingClientRect();
  return { href: element.getAttribute('href'), id: element.id, outlined, shown: box.bottom > 0 && box.top < innerHeight && box.width > 1 };
});

/** The way through a page with the keyboard alone. */
async function keyboard(browser, theme, origin) {
  const base = THEMES[theme];
  const page = await open(browser, origin);
  await page.goto(`${origin}${base}tin/bao-tin/`);
  await page.keyboard.press('Tab');
  let at = await focused(page);
  check(at.href === '#main' && at.outlined && at.shown, `${theme}: the skip link comes first and is seen: ${JSON.stringify(at)}`);
  await page.keyboard.press('Enter');
  check((await focused(page)).id === 'main', `${theme}: the skip link leads to the content`);
  await page.keyboard.press('Tab');
  at = await focused(page);
  check(at.href?.startsWith('tel:'), `${theme}: behind it comes the number to call, not ${at.href}`);

  await page.goto(`${origin}${base}tin/bao-tin/`);
  const stops = [];
  for (let n = 0; n < 60; n += 1) {
    await page.keyboard.press('Tab');
    const stop = await focused(page);
    if (!stop.href) break;
    check(stop.outlined && stop.shown, `${theme}: the focus is seen at ${stop.href}`);
    stops.push(stop.href);
    if (stop.href === '#foot-menu') break;
  }
  check(stops.at(-1) === '#foot-menu', `${theme}: the menu can be reached: ${stops}`);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  check((await focused(page)).href === base, `${theme}: the menu begins with the front page`);

  await page.goto(`${origin}${base}tin/bao-tin/`);
  await page.focus('.languages a');
  await Promise.all([page.waitForURL(`**${base}en/tin/bao-tin/`), page.keyboard.press('Enter')]);
  check(await page.evaluate(() => document.documentElement.lang) === 'en', `${theme}: the switch leads to the other language`);
  await page.setViewportSize({ width: 1280, height: 900 });
  check(await page.isVisible('.menu') && !(await page.isVisible('.menu-jump')), `${theme}: a wide screen shows the menu`);
  await page.goto(`${origin}${base}tin/bao-tin/`);
  await page.setViewportSize({ width: 320, height: 640 });
  for (let n = 0; n < 60 && (await focused(page)).href !== `${base}tim-kiem/`; n += 1) await page.keyboard.press('Tab');
  at = await focused(page);
  check(at.href === `${base}tim-kiem/` && at.outlined && at.shown, `${theme}: the search can be reached: ${JSON.stringify(at)}`);
  await Promise.all([page.waitForURL(`**${base}tim-kiem/`), page.keyboard.press('Enter')]);
  await page.keyboard.press('/');
  await page.keyboard.type('an ninh ap');
  await page.waitForSelector('#search-results li');
  await page.keyboard.press('ArrowDown');
  await page.waitForFunction(() => { const box = document.activeElement.getBoundingClientRect(); return box.bottom > 0 && box.top < innerHeight; }, null, { timeout: 5000 }).catch(() => {});
  at = await focused(page);
  check(at.href && at.outlined && at.shown, `${theme}: a result is reached by an arrow key: ${JSON.stringify(at)}`);
  await Promise.all([page.waitForURL((url) => !url.pathname.endsWith('/tim-kiem/')), page.keyboard.press('Enter')]);

  await page.goto(`${origin}${base}tin/bang/`);
  await page.setViewportSize({ width: 320, height: 640 });
  await page.focus('.table');
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => document.querySelector('.table').scrollLeft > 0, null, { timeout: 5000 }).catch(() => check(false, `${theme}: a wide table moves with the arrow keys`));
  await page.context().close();
}

/** The quick exit: by keys, by link, without scripts; each time nothing tells where the reader was. */
async function leaving(browser, theme, origin, exit, asked) {
  const [front, danger] = [`${origin}${THEMES[theme]}`, `${origin}${THEMES[theme]}tin/nguy/`];
  const away = `${exit}/`;
  const page = await open(browser, origin);
  const arrive = async () => {
    await page.goto(front);
    await page.goto(danger);
    asked.length = 0;
  };
  const left = async (how) => {
    await page.waitForURL(away, { timeout: 5000 }).catch(() => check(false, `${theme}: ${how} leaves`));
    check(asked.length > 0 && asked.every((referrer) => referrer === undefined), `${theme}: ${how} tells where the reader was: ${asked}`);
    await page.goBack();
    check(page.url() === front, `${theme}: after ${how} the way back leads to ${page.url()}`);
  };
  await arrive();
  for (const key of ['Escape', 'Escape', 'a', 'Escape', 'Escape']) await page.keyboard.press(key);
  await page.waitForTimeout(2100);
  await page.keyboard.press('Escape');
  await page.waitForTimeout(200);
  check(page.url() === danger, `${theme}: fewer than three presses in a row do nothing`);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await left('Escape three times');
  await arrive();
  await page.click('.exit a');
  await left('the link');
  await arrive();
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  check(await page.evaluate(() => Math.round(document.querySelector('.exit').getBoundingClientRect().top)) === 0, `${theme}: the way out stays in sight`);
  await page.context().close();

  const plain = await open(browser, origin, { javaScriptEnabled: false });
  await plain.goto(danger);
  asked.length = 0;
  await plain.click('.exit a');
  await plain.waitForURL(away);
  check(asked.every((referrer) => referrer === undefined), `${theme}: the plain link tells where the reader was`);
  await plain.context().close();
  for (const path of ['', 'tin/bao-tin/']) {
    const other = await open(browser, origin);
    await other.goto(front + path);
    check(await other.evaluate(() => document.scripts.length === [...document.scripts].filter((one) => one.type === 'application/ld+json').length), `${theme} ${path}: runs a script that nobody needs`);
    await other.context().close();
  }
}

/** Without styles, and without scripts, everything is still there and in order. */
async function bare(browser, theme, origin) {
  const page = await open(browser, origin, { javaScriptEnabled: false });
  await page.route('**/*.css', (route) => route.fulfill({ contentType: 'text/css', body: '' }));
  for (const path of ['', 'tin/bao-tin/', 'en/tin/nguy/']) {
    await page.goto(`${origin}${THEMES[theme]}${path}`);
    const order = [];
    for (const what of ['.skip a', '.site-title', 'main h1, main h2', '.site-foot']) order.push((await page.locator(what).first().boundingBox())?.y ?? -1);
    check(order.every((y, place) => y >= 0 && (place === 0 || y > order[place - 1])), `${theme} ${path}: without styles the order is ${order}`);
  }
  await page.context().close();
}

/** Colours of the reader's own, and paper. */
async function elsewhere(browser, theme, origin) {
  const page = await open(browser, origin, { forcedColors: 'active' });
  await page.goto(`${origin}${THEMES[theme]}tin/nguy/`);
  for (const what of ['.call a', '.exit']) check(await page.evaluate((one) => parseFloat(getComputedStyle(document.querySelector(one)).borderTopWidth) > 0, what), `${theme}: ${what} has no edge in forced colours`);
  await page.emulateMedia({ media: 'print', forcedColors: 'none' });
  check(await page.isVisible('.prose') && !(await page.isVisible('.exit')) && !(await page.isVisible('.site-foot nav')), `${theme}: prints what cannot be used on paper`);
  await page.context().close();
}

/** What a reader on a slow line waits for; the best of some runs, since the machine has other work too. */
async function slow(browser, theme, origin) {
  for (const path of ['', 'tin/thuong/', 'tin/nguy/']) {
    let best = { paint: Infinity, blocked: Infinity, shift: Infinity };
    for (let run = 0; run < 4 && (best.paint > 1000 || best.blocked > 0 || best.shift > 0); run += 1) {
      const page = await open(browser, origin);
      await page.addInitScript(() => {
        globalThis.seen = { shift: 0, blocked: 0 };
        // What moves inside a browser's own player has no node that a page could name.
        new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (entry.sources.some((one) => one.node)) globalThis.seen.shift += entry.value; }).observe({ type: 'layout-shift', buffered: true });
        new PerformanceObserver((list) => { for (const entry of list.getEntries()) globalThis.seen.blocked += entry.duration - 50; }).observe({ type: 'longtask', buffered: true });
      });
      const session = await page.context().newCDPSession(page);
      await session.send('Network.enable');
      await session.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 });
      await page.goto(`${origin}${THEMES[theme]}${path}`, { waitUntil: 'load' });
      await page.waitForTimeout(200);
      const now = await page.evaluate(() => ({ ...globalThis.seen, paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity }));
      best = Object.fromEntries(Object.keys(best).map((name) => [name, Math.min(best[name], now[name])]));
      await page.context().close();
    }
    console.log(`  ${theme} /${path}: first paint ${Math.round(best.paint)} ms, blocked ${Math.round(best.blocked)} ms, shift ${best.shift.toFixed(3)}`);
    check(best.paint <= 1000 && best.blocked === 0 && best.shift === 0, `${theme} ${path}: slow line: ${JSON.stringify(best)}`);
  }
}

/** How many letters a full line of an article has. */
async function measure(browser, theme, origin) {
  const page = await open(browser, origin, { viewport: { width: 1280, height: 900 } });
  await page.goto(`${origin}${THEMES[theme]}tin/khong-muc/`);
  // A face of usual width: what a test machine has may be wider than what readers have.
  const letters = await page.evaluate(() => {
    const text = document.querySelector('.prose p').firstChild;
    const range = document.createRange();
    let lines = 0;
    let top = -1;
    for (let at = 0; at < text.length; at += 1) {
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      const y = range.getBoundingClientRect().top;
      if (y > top + 5) { lines += 1; top = y; }
    }
    return text.length / lines;
  });
  console.log(`  ${theme}: ${Math.round(letters)} letters a line`);
  check(letters > 45 && letters < 76, `${theme}: ${letters} letters a line`);
  await page.context().close();
}

const site = mkdtempSync(join(tmpdir(), 'loa-themes-'));
const asked = [];
const [outside, exit] = await listening(createServer((request, response) => {
  if (request.url === '/') asked.push(request.headers.referer);
  response.writeHead(request.url === '/' ? 200 : 404, { 'content-type': 'text/html' });
  response.end('<!doctype html><html lang="vi"><title>Thời tiết</title><link rel="icon" href="data:,"><p>Trời đẹp.</p></html>');
}));
write(site, exit + '/');
const built = spawnSync(loa, ['build', '--root', site, '--today', DATE, '--quiet'], { encoding: 'utf8' });
if (built.status !== 0) {
  console.error(`the site is not built: ${built.stderr}`);
  process.exit(1);
}
const browser = await chromium.launch({ executablePath, args: FLAGS });
let seen = 0;
try {
  for (const theme of Object.keys(THEMES)) {
    const [server, origin] = await host(THEMES[theme], join(site, 'public', theme));
    for (const step of [keyboard, bare, elsewhere, slow, measure]) await step(browser, theme, origin);
    await leaving(browser, theme, origin, exit, asked);
    seen += await accessible(browser, theme, origin);
    server.closeAllConnections();
    server.close();
  }
} catch (error) {
  problems.push(error.stack);
}
await browser.close();
outside.closeAllConnections();
outside.close();
rmSync(site, { recursive: true, force: true });
for (const problem of problems.slice(0, 60)) console.error(problem);
console.log(`themes: ${seen} pages checked, ${problems.length} problems`);
process.exit(problems.length || !seen ? 1 : 0);
