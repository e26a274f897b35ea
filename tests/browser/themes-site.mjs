// A small site with every sort of page that the web themes know, and with what bends them: a title of
// 300 letters, 20,000 words, a table of 15 columns, no headings, a translation without an original.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const head = (title, day, more = '') => `---\ntitle: "${title}"\nsummary: Ấp Ẩn Ậm Ỗ Ữ, những chữ có hai dấu chồng nhau vẫn phải thấy đủ.\ndate: 2026-08-${day}\n${more}---\n`;
const sentence = 'Bà con thấy việc lạ trong ấp thì báo ngay cho công an xã, nói rõ nơi xảy ra và đặc điểm của người lạ. ';
const words = (count) => Array.from({ length: Math.ceil(count / (24 * 6)) }, (_, n) => (n % 12 ? '' : `## Mục ${n / 12 + 1} về Ậ Ữ Ễ\n\n`) + sentence.repeat(6)).join('\n\n');
const columns = Array.from({ length: 15 }, (_, n) => `Cột ${n + 1}`);
const row = (cells) => `| ${cells.join(' | ')} |\n`;
const table = row(columns) + row(columns.map(() => '---')) + row(columns.map((_, n) => `Ô số ${n + 1}`)).repeat(3);
const long = 'Ngõ hẹp ấp Ẩn '.repeat(22).trim();
const picture = (hue) => `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400"><rect width="600" height="400" fill="hsl(${hue} 60% 45%)"/></svg>`;

/** A second of silence. */
function silence() {
  const data = Buffer.alloc(44 + 8000);
  data.write('RIFF', 0); data.writeUInt32LE(36 + 8000, 4); data.write('WAVEfmt ', 8); data.writeUInt32LE(16, 16);
  data.writeUInt16LE(1, 20); data.writeUInt16LE(1, 22); data.writeUInt32LE(8000, 24); data.writeUInt32LE(8000, 28);
  data.writeUInt16LE(1, 32); data.writeUInt16LE(8, 34); data.write('data', 36); data.writeUInt32LE(8000, 40); data.fill(128, 44);
  return data;
}

/** Pages that both languages have: path, then more lines of the head, then body. */
const PAGES = [
  ['tin/thuong', 'topics: [An ninh, Nước]\nimage: {src: anh.svg, alt: Hình vẽ, credit: Minh họa}\nauthor: Ban biên tập\nvideo: https://video.example/xem\n', words(400) + '\n\n> [!WARNING]\n> Đừng đối mặt.\n\n- [x] một\n- [ ] hai\n\nChú thích[^1] và [trang khác](https://khac.example/).\n\n[^1]: Theo [[06/2014/NĐ-CP]].'],
  ['tin/khong-muc', 'topics: [An ninh]\n', sentence.repeat(3)],
  ['tin/dai', 'topics: [An ninh]\n', words(20_000)],
  ['tin/bang', 'topics: [Nước]\n', `${table}\n\n${table}`],
  ['tin/hinh', '', '![Hình không ghi cỡ](khong-co-co.svg "Chú thích")\n\nChữ ![nhỏ](khong-co-co.svg) giữa dòng.'],
  ['tin/ten-dai', 'kind: guidance\n', `Gọi [[114]].`],
  ['tin/bao-tin', 'kind: guidance\ntopics: [An ninh]\n', '::: contacts cax 113\n:::\n\n## Gọi ai\n\nGọi [[113]].\n\n## Nói gì\n\nNói rõ.\n\n## Ở đâu\n\nỞ đây.\n\n## Sau đó\n\nChờ.'],
  ['tin/nguy', 'kind: guidance\nsensitive: true\n', 'Gọi [[114]] ngay.\n\n' + words(300)],
  ['tin/hoi', 'kind: programme\nprogramme: {starts: 2026-08-20T07:00, ends: 2026-08-20T09:00, place: Nhà văn hóa, items: [{at: "07:00", minutes: 30, what: Đón khách, who: Ban tổ chức}]}\n', 'Mời bà con.'],
  ['tin/hom-nay', 'kind: programme\nprogramme: {starts: 2026-08-19T19:00, place: Sân ấp}\n', 'Tối nay.'],
  ['tin/khan', 'kind: notice\npriority: emergency\n', 'Nước lên.'],
  ['tin/het', 'expires_at: 2026-08-18\n', 'Cũ.'],
  ['tin/go', 'withdrawn: {on: 2026-08-18, reason: Sai số.}\n', 'Sai.'],
];

export const DATE = '2026-08-19';

/** Writes the site; `exit` is where the quick exit leads. */
export function write(site, exit) {
  const save = (path, text) => {
    mkdirSync(dirname(join(site, path)), { recursive: true });
    writeFileSync(join(site, path), text);
  };
  save('loa.yaml', `title: Toàn dân bảo vệ an ninh Tổ quốc\nlanguages: [vi, en]\napproval: optional\neditions:
  bao: {channel: web, theme: newspaper, base_url: "https://bao.example/a/b/", per_page: 6, exit_url: "${exit}", contact: cax}
  dai: {channel: web, theme: broadcaster, base_url: "https://dai.example/", per_page: 6, exit_url: "${exit}"}\n`);
  const contact = (key, name, english, phone, more) => `- {key: "${key}", name: "${name}", names: {en: ${english}}, phone: "${phone}", source: sổ, checked_on: 2026-08-01${more}}\n`;
  save('content/_facts/contacts.yaml', contact('113', 'Công an', 'Police', '113', ', emergency: true') + contact('114', 'Cứu hỏa, cứu nạn', 'Fire and rescue', '114', ', emergency: true')
    + contact('115', 'Cấp cứu y tế', 'Ambulance', '115', ', emergency: true') + contact('111', 'Tổng đài bảo vệ trẻ em', 'Child helpline', '111', ', emergency: true')
    + contact('112', 'Tổng đài sự cố, thiên tai, thảm họa', 'Disaster line', '112', ', emergency: true') + contact('cax', 'Công an xã', 'Commune police', '02733 000 111', ', hours: 24/24, address: Số 1, url: "https://cax.example/"'));
  save('content/_facts/legal-documents.yaml', '- {number: 06/2014/NĐ-CP, kind: Nghị định, issuer: Chính phủ, issued: 2014-01-21, effective: 2014-03-08, title: Về biện pháp, status: in-force, source: công báo, checked_on: 2026-08-01}\n');
  for (const [suffix, tin, xa] of [['', 'Tin', 'Xã ấp'], ['.en', 'News', 'Hamlets']]) {
    save(`content/_index${suffix}.md`, '---\ntitle: Thử\nsummary: Trang thử.\n---\n');
    save(`content/tin/_index${suffix}.md`, `---\ntitle: ${tin}\nsummary: Ấp nào việc nấy.\naliases: [/cu${suffix}/]\n---\nXem [[06/2014/NĐ-CP]].\n`);
    save(`content/tin/xa/_index${suffix}.md`, `---\ntitle: ${xa}\n---\n`);
    PAGES.forEach(([path, more, body], place) => {
      const title = path.endsWith('ten-dai') ? long : `Ậ Ữ Ễ, bài số ${place}${suffix}`;
      save(`content/${path}${suffix}.md`, head(title, 10 + (place % 9), more) + body + '\n');
    });
  }
  save('content/tin/xa/chi-tieng-viet.md', head('Chỉ có tiếng Việt', 10) + 'Chữ.\n');
  save('content/tin/xa/goc-khong-co.en.md', head('Without an original', 10) + 'Words.\n');
  save('content/tin/anh.svg', picture(200));
  save('content/tin/khong-co-co.svg', '<svg xmlns="http://www.w3.org/2000/svg"><circle cx="9" cy="9" r="9" fill="#777"/></svg>');
  for (const suffix of ['', '.en']) {
    save(`content/tin/thuong${suffix}.wav`, silence());
    save(`content/tin/thuong${suffix}.vtt`, 'WEBVTT\n\n00:00:00.000 --> 00:00:00.900\nKính thưa bà con.\n');
  }
}

/** The sorts of page, by their address in a language. */
export function paths(theme, language) {
  const vi = language === 'vi';
  const p = vi ? '' : 'en/';
  const articles = PAGES.map(([path]) => `${p}${path}/`);
  const own = theme === 'bao' ? [`${p}${vi ? 'luu-tru' : 'archive'}/`, `${p}${vi ? 'luu-tru' : 'archive'}/2026/08/`] : [];
  const [chuDe, anNinh, vanBan, tiepCan, trang, tim] = vi ? ['chu-de', 'an-ninh', 'van-ban', 'tiep-can', 'trang', 'tim-kiem'] : ['topics', 'an-ninh', 'documents', 'accessibility', 'page', 'search'];
  return [p, `${p}tin/`, `${p}tin/${trang}/2/`, `${p}tin/xa/`, `${p}${chuDe}/`, `${p}${chuDe}/${anNinh}/`, `${p}${vanBan}/`, `${p}${tiepCan}/`, `${p}${tim}/`, `${p}${tim}/?q=ap+an`, ...articles,
    ...own, ...(vi ? ['tin/xa/chi-tieng-viet/', '404.html'] : ['en/tin/xa/goc-khong-co/'])];
}
