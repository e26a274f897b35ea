// Part of `loa serve` and of nothing that is published. Loads this page again when it, or what it
// uses, was built anew, keeps the place where the reader was, and shows why a build failed.
(() => {
  'use strict';
  const own = document.currentScript;
  const { run, version } = own.dataset;
  const missing = 'missing' in own.dataset;
  const PLACE = `loa:place:${location.pathname}`;
  const CLOSED = 'loa:closed';
  let source;
  let overlay;
  let shown = '';

  // A browser may refuse to keep anything.
  const keep = (name, value) => { try { sessionStorage.setItem(name, value); } catch { /* then not */ } };
  const kept = (name) => { try { return sessionStorage.getItem(name); } catch { return null; } };
  const forget = (name) => { try { sessionStorage.removeItem(name); } catch { /* then not */ } };

  const uses = () => {
    const out = new Set();
    for (const element of document.querySelectorAll('[src],link[rel~=stylesheet][href],link[rel~=icon][href]')) {
      const url = new URL(element.currentSrc || element.src || element.href, location.href);
      if (url.origin === location.origin && !url.pathname.startsWith('/.loa/')) out.add(url.pathname);
    }
    return [...out].slice(0, 200);
  };

  const reload = () => {
    source.close();
    keep(PLACE, JSON.stringify([scrollX, scrollY]));
    location.reload();
  };

  const restore = () => {
    const place = kept(PLACE);
    if (!place) return;
    forget(PLACE);
    const [x, y] = JSON.parse(place);
    scrollTo({ left: x, top: y, behavior: 'instant' });
  };

  const STYLE = `:host{all:initial}
    section{position:fixed;inset:auto 0 0;z-index:2147483647;max-height:70vh;overflow:auto;padding:1rem 1.25rem 1.5rem;background:#1d1414;color:#f6eeee;border-top:.3rem solid #ff6b5e;font:16px/1.55 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;box-shadow:0 0 2rem #0008}
    header{display:flex;gap:1rem;align-items:start;justify-content:space-between}
    h2{margin:0;font-size:1.15rem}
    p{margin:.2rem 0}
    button{font:inherit;padding:.2rem .9rem;color:inherit;background:none;border:1px solid;border-radius:.25rem;cursor:pointer}
    button:focus-visible{outline:3px solid #ff9b94;outline-offset:2px}
    ol{margin:.75rem 0 0;padding:0;list-style:none}
    li{padding:.5rem 0;border-top:1px solid #5a4444;overflow-wrap:anywhere}
    code{font:14px/1.5 ui-monospace,Consolas,monospace;color:#ffb4ab}
    .soft{color:#d3c3c3}
    @media print{section{display:none}}`;

  const add = (parent, name, text, className) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    if (className) element.className = className;
    parent.append(element);
    return element;
  };

  const hide = () => { overlay?.remove(); overlay = undefined; };

  const close = () => { keep(CLOSED, shown); hide(); };

  const show = (data) => {
    hide();
    shown = data;
    const found = JSON.parse(data);
    if (!found.items.length) return forget(CLOSED);
    if (kept(CLOSED) === data) return;
    overlay = document.createElement('loa-errors');
    overlay.lang = found.lang;
    const root = overlay.attachShadow({ mode: 'open' });
    // A style sheet made by a script is allowed where inline styles are not.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const section = add(root, 'section');
    section.setAttribute('role', 'region');
    section.setAttribute('aria-label', found.title);
    const header = add(section, 'header');
    const words = add(header, 'div');
    add(words, 'h2', found.title);
    add(words, 'p', found.note, 'soft');
    add(header, 'button', found.close).addEventListener('click', close);
    const list = add(section, 'ol');
    for (const item of found.items) {
      const line = add(list, 'li');
      if (item.file) add(line, 'code', `${item.file}:${item.line}:${item.column} [${item.code}]`);
      add(line, 'p', item.message).setAttribute('aria-live', 'polite');
      for (const other of item.related ?? []) add(line, 'p', `${other.file}:${other.line}:${other.column}: ${other.message}`, 'soft');
      for (const hint of item.hints ?? []) add(line, 'p', `${found.hint}: ${hint}`, 'soft');
    }
    if (found.more) add(section, 'p', found.more, 'soft');
    document.documentElement.append(overlay);
  };

  const listen = () => {
    source?.close();
    const query = new URLSearchParams({ page: location.pathname, run, version });
    if (missing) query.set('missing', '');
    for (const path of uses()) query.append('uses', path);
    source = new EventSource(`/.loa/events?${query}`);
    source.addEventListener('reload', reload);
    source.addEventListener('findings', (event) => show(event.data));
  };

  addEventListener('keydown', (event) => { if (event.key === 'Escape' && overlay) close(); });
  // A browser opens only six lines to one host: a page that nobody sees hangs up.
  addEventListener('pagehide', () => source?.close());
  addEventListener('pageshow', (event) => { if (event.persisted) listen(); });
  document.addEventListener('visibilitychange', () => { if (document.hidden) source?.close(); else listen(); });
  const begin = () => { restore(); listen(); };
  if (document.readyState === 'complete') begin(); else addEventListener('load', begin);
})();
