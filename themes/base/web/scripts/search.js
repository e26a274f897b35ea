// Search in the articles of this site. Nothing is asked of another host, and the index is fetched only when
// somebody begins to look for something. What is done to words here is done to the index in src/text/terms.rs.
'use strict';
(() => {
  const form = document.getElementById('search');
  if (!form) return;
  const byId = (id) => document.getElementById(id);
  const [input, topic, year] = [byId('search-words'), byId('search-topic'), byId('search-year')];
  const [status, results, more, without] = [byId('search-status'), byId('search-results'), byId('search-more'), byId('search-without')];
  const root = new URL(form.dataset.root, location.href);
  const PAGE = 10;
  const TONES = { '\u0300': '`', '\u0301': "'", '\u0309': '?', '\u0303': '~', '\u0323': '.' };
  const SIGNS = "`'?~.";
  const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const WORD = /[\p{Alphabetic}\p{N}\p{M}]+/gu;
  // What a word weighs: once in a text, several times, in a heading, in a title.
  const WEIGHTS = [1, 1.6, 3, 6];

  // Words.

  const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/đ/g, 'd');

  function term(word) {
    let tone = '';
    const letters = word.toLowerCase().normalize('NFD').replace(/[\u0300\u0301\u0303\u0309\u0323]/g, (mark) => {
      tone = tone || TONES[mark];
      return '';
    });
    const plain = fold(word);
    const base = letters.normalize('NFC');
    return { plain, base, tone, marked: Boolean(tone) || base !== plain };
  }

  /** The words of a query; `joined` ones stand right behind the one before, as in 06/2014. */
  function terms(text) {
    const out = [];
    let end = -1;
    for (const match of text.normalize('NFC').matchAll(WORD)) {
      const between = end < 0 ? ' ' : text.normalize('NFC').slice(end, match.index);
      end = match.index + match[0].length;
      out.push({ ...term(match[0]), joined: !/\s/.test(between), last: false });
    }
    // Somebody may still be typing the last word.
    if (out.length && !/\s$/.test(text)) out.at(-1).last = true;
    return out.slice(0, 12);
  }

  // The index.

  let list;
  const files = new Map();

  async function get(path, options) {
    const answer = await fetch(new URL(path, location.href), options);
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return answer;
  }

  function file(name) {
    if (!files.has(name)) {
      const text = get(`${name}.txt`).then((answer) => answer.text()).then((text) => text.split('\n'));
      text.catch(() => files.delete(name));
      files.set(name, text);
    }
    return files.get(name);
  }

  function load() {
    list ??= get('index.json', { cache: 'no-cache' }).then((answer) => answer.json()).then((index) => {
      for (const [name] of index.topics) topic.add(new Option(name, name));
      for (const [name] of index.years) if (name) year.add(new Option(name, name));
      return index;
    });
    list.catch(() => { list = undefined; });
    return list;
  }

  /** Numbers in digits of five bits, the least first. */
  function* numbers(text) {
    let [number, shift] = [0, 0];
    for (const letter of text) {
      const digit = DIGITS.indexOf(letter);
      number += (digit & 31) * 2 ** shift;
      if (digit & 32) shift += 5;
      else {
        yield number;
        [number, shift] = [0, 0];
      }
    }
  }

  /** The articles of a line, each with its weight. */
  function articles(text, into) {
    let next = 0;
    for (const number of numbers(text)) {
      const article = next + Math.floor(number / 4);
      into.set(article, Math.max(into.get(article) ?? 0, WEIGHTS[number % 4]));
      next = article + 1;
    }
    return into;
  }

  /** The lines of the index that begin with a word, or with more letters if it may go on. */
  async function lines(index, word, prefix) {
    let from = 0;
    for (let to = index.words.length; from < to;) {
      const middle = (from + to) >> 1;
      if (index.words[middle][0] <= word) from = middle + 1;
      else to = middle;
    }
    from = Math.max(0, from - 1);
    const names = [];
    for (let at = from; at < index.words.length && (at === from || (prefix && index.words[at][0].startsWith(word))); at += 1) {
      names.push(index.words[at][1]);
      // A word of one or two letters goes on in too many ways.
      if (names.length === (word.length < 3 ? 1 : 3)) break;
    }
    const found = await Promise.all(names.map(file));
    const own = (line) => line.startsWith(word) && (prefix ? word.includes(' ') || !line.slice(0, line.indexOf('\t')).includes(' ') : line[word.length] === '\t');
    return found.flat().filter(own);
  }

  function agrees(wanted, form) {
    const tone = SIGNS.includes(form.at(-1)) ? form.at(-1) : '';
    const base = tone ? form.slice(0, -1) : form;
    const same = wanted.last ? base.startsWith(wanted.base) : base === wanted.base;
    return same && (tone === wanted.tone || (wanted.last && !wanted.tone));
  }

  /** The articles of a word: those with its very marks, and all. */
  async function word(index, wanted) {
    const [exact, all] = [new Map(), new Map()];
    for (const line of await lines(index, wanted.plain, wanted.last)) {
      for (const part of line.split('\t').slice(1)) {
        const [form, text] = part.split(' ');
        articles(text, all);
        if (!wanted.marked || agrees(wanted, form)) articles(text, exact);
      }
    }
    return { exact, all };
  }

  async function pair(index, one, next) {
    const found = new Map();
    for (const line of await lines(index, `${one.plain} ${next.plain}`, next.last)) articles(line.split('\t')[1], found);
    return found;
  }

  // Looking.

  function admitted(index) {
    const chosen = index.topics.find(([name]) => name === topic.value);
    let of;
    if (topic.value) {
      of = new Set();
      let next = 0;
      for (const distance of numbers(chosen?.[1] ?? '')) {
        of.add(next + distance);
        next += distance + 1;
      }
    }
    let [from, to] = [0, index.articles];
    if (year.value) {
      to = 0;
      for (const [name, count] of index.years) {
        to += count;
        if (name === year.value) break;
        from = to;
      }
    }
    return (article) => article >= from && article < to && (!of || of.has(article));
  }

  const rarity = (index, found) => Math.log(1 + index.articles / (1 + found.size));

  /** Articles with all words, best first; without the marks, or with fewer words, only where there is none. */
  async function look(index, query) {
    const words = terms(query);
    const admits = admitted(index);
    if (!words.length) return { found: [...Array(index.articles).keys()].filter(admits), words, sort: 'all' };
    const [single, pairs] = await Promise.all([
      Promise.all(words.map((wanted) => word(index, wanted))),
      Promise.all(words.slice(1).map((next, at) => pair(index, words[at], next))),
    ]);
    for (const [sort, key, all] of [['exact', 'exact', true], ['loose', 'all', true], ['some', 'all', false]]) {
      const scores = new Map();
      single.forEach((one, at) => {
        const rare = rarity(index, one[key]);
        for (const [article, weight] of one[key]) {
          const before = scores.get(article) ?? { score: 0, words: 0 };
          scores.set(article, { score: before.score + weight * rare, words: before.words + 1 });
        }
      });
      pairs.forEach((found, at) => {
        const rare = rarity(index, found);
        for (const [article, weight] of found) {
          const before = scores.get(article);
          if (before) before.score += 2 * weight * rare;
        }
        if (words[at + 1].joined && all) for (const article of scores.keys()) if (!found.has(article)) scores.delete(article);
      });
      const enough = all ? words.length : Math.ceil(words.length / 2);
      const found = [...scores].filter(([article, { words: count }]) => count >= enough && admits(article));
      if (found.length) {
        found.sort(([a, one], [b, next]) => next.score - one.score || a - b);
        return { found: found.map(([article]) => article), words, sort };
      }
      if (words.length === 1 && sort === 'loose') break;
    }
    return { found: [], words, sort: 'none' };
  }

  // Showing.

  /** A text with the words of a query marked. */
  function marked(text, words) {
    const out = document.createDocumentFragment();
    let end = 0;
    for (const match of text.matchAll(WORD)) {
      const plain = fold(match[0]);
      if (!words.some((one) => (one.last ? plain.startsWith(one.plain) : plain === one.plain))) continue;
      const mark = document.createElement('mark');
      mark.textContent = match[0];
      out.append(text.slice(end, match.index), mark);
      end = match.index + match[0].length;
    }
    out.append(text.slice(end));
    return out;
  }

  const has = (text, words) => {
    const all = (text.match(WORD) ?? []).map(fold);
    return words.every((one) => all.some((plain) => (one.last ? plain.startsWith(one.plain) : plain === one.plain)));
  };

  const element = (name, kind, ...inner) => {
    const out = document.createElement(name);
    if (kind) out.className = kind;
    out.append(...inner);
    return out;
  };

  /** The passage of an article that has most of the words, from the article itself. */
  async function passage(url, words) {
    const text = await (await get(url)).text();
    const page = new DOMParser().parseFromString(text, 'text/html');
    const blocks = [...page.querySelectorAll('.prose :is(p, li, td, dd, h2, h3)')];
    const score = (block) => new Set((block.textContent.match(WORD) ?? []).map(fold).filter((plain) => words.some((one) => plain.startsWith(one.plain)))).size;
    let [best, most] = ['', 0];
    for (const block of blocks) {
      const own = score(block);
      if (own > most) [best, most] = [block.textContent.replace(/\s+/g, ' ').trim(), own];
    }
    if (best.length < 260) return best;
    const first = [...best.matchAll(WORD)].find((match) => words.some((one) => fold(match[0]).startsWith(one.plain)));
    const from = Math.max(0, best.lastIndexOf(' ', Math.max(0, (first?.index ?? 0) - 80)));
    return `${from ? '…' : ''}${best.slice(from, from + 240)}…`;
  }

  const seen = 'IntersectionObserver' in window ? new IntersectionObserver((entries) => {
    for (const entry of entries.filter((one) => one.isIntersecting)) {
      seen.unobserve(entry.target);
      entry.target.show?.();
    }
  }) : undefined;

  function result([title, path, iso, date, section, summary, state], words) {
    const url = new URL(path, root);
    const link = element('a', '', marked(title, words));
    link.href = url;
    const about = element('p', 'search-about');
    if (state) about.append(element('span', 'mark mark-expired', form.dataset[state] ?? state), ' ');
    if (date) {
      const time = element('time', '', date);
      time.dateTime = iso;
      about.append(time);
    }
    if (section) about.append(date ? ' · ' : '', section);
    const text = element('p', 'search-text', marked(summary, words));
    const item = element('li', '', element('h2', '', link), about, text);
    if (words.length && !has(`${title} ${summary}`, words)) {
      item.show = () => passage(url, words).then((found) => { if (found) text.replaceChildren(marked(found, words)); }).catch(() => {});
      seen?.observe(item);
    }
    return item;
  }

  let turn = 0;
  let next = () => {};

  async function show(index, { found, words }, from) {
    const own = turn;
    const shown = found.slice(from, from + PAGE);
    const records = await Promise.all(shown.map(async (article) => {
      const part = await file(index.parts[Math.floor(article / index.listed)]);
      return JSON.parse(part[1 + (article % index.listed)]);
    }));
    if (own !== turn) return;
    const items = records.map((record) => result(record, words));
    if (from) results.append(...items);
    else results.replaceChildren(...items);
    more.hidden = from + PAGE >= found.length;
    next = () => show(index, { found, words }, from + PAGE).then(() => items.at(-1).nextElementSibling?.querySelector('a').focus()).catch(failed);
  }

  function failed() {
    status.textContent = form.dataset.failed;
  }

  async function run() {
    const own = turn += 1;
    const query = input.value.slice(0, 200);
    const state = new URLSearchParams(Object.entries({ q: query.trim(), topic: topic.value, year: year.value }).filter(([, text]) => text));
    history.replaceState(null, '', state.size ? `?${state}` : location.pathname);
    if (!state.size) {
      status.textContent = '';
      results.replaceChildren();
      more.hidden = true;
      return;
    }
    const slow = setTimeout(() => { if (own === turn) status.textContent = form.dataset.loading; }, 300);
    try {
      const index = await load();
      const answer = await look(index, query);
      if (own !== turn) return;
      const words = { loose: form.dataset.loose, some: form.dataset.some, none: form.dataset.none }[answer.sort] ?? '';
      const count = answer.found.length ? form.dataset.count.replace('{n}', answer.found.length) : '';
      await show(index, answer, 0);
      if (own === turn) status.textContent = [count, words].filter(Boolean).join(' ');
    } catch {
      if (own === turn) failed();
    } finally {
      clearTimeout(slow);
    }
  }

  /** Up and down go through the results; Escape leads back to the words. */
  function keys(event) {
    const links = [...results.querySelectorAll('a')];
    const at = links.indexOf(document.activeElement);
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(document.activeElement?.tagName ?? '');
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) input.focus();
    else if (event.key === 'ArrowDown' && links.length && (at >= 0 || document.activeElement === input)) links[Math.min(at + 1, links.length - 1)].focus();
    else if (event.key === 'ArrowUp' && at >= 0) (links[at - 1] ?? input).focus();
    else if (event.key === 'Escape' && at >= 0) input.focus();
    else return;
    event.preventDefault();
  }

  let timer;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(run, 180);
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(timer);
    run();
  });
  input.addEventListener('input', (event) => { if (!event.isComposing) soon(); });
  input.addEventListener('compositionend', soon);
  input.addEventListener('focus', () => load().catch(failed), { once: true });
  topic.addEventListener('change', run);
  year.addEventListener('change', run);
  for (const select of [topic, year]) select.addEventListener('focus', () => load().catch(failed), { once: true });
  more.addEventListener('click', () => next());
  document.addEventListener('keydown', keys);

  form.hidden = false;
  without.hidden = true;
  const asked = new URLSearchParams(location.search);
  input.value = asked.get('q') ?? '';
  if (asked.get('topic') || asked.get('year')) {
    load().then(() => {
      topic.value = asked.get('topic') ?? '';
      year.value = asked.get('year') ?? '';
      run();
    }).catch(failed);
  } else if (input.value) run();
})();
