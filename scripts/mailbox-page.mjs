import { createHash } from 'node:crypto';

const style = `
:root { color-scheme: light; --ink: #1d2733; --soft: #5d6b7a; --line: #dfe4ea; --paper: #fff; --ground: #f4f6f8; --mark: #b4232c; --chosen: #fdf1ee; }
* { box-sizing: border-box; }
html, body { height: 100%; }
body { margin: 0; display: flex; flex-direction: column; font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", sans-serif; color: var(--ink); background: var(--ground); }
header { display: flex; gap: 12px 20px; align-items: center; flex-wrap: wrap; padding: 12px 20px; background: var(--paper); border-bottom: 1px solid var(--line); }
h1 { margin: 0; font-size: 18px; }
header p { margin: 0; color: var(--soft); flex: 1 1 200px; }
label { display: flex; gap: 8px; align-items: center; }
select, button { font: inherit; padding: 6px 10px; border: 1px solid #b9c2cc; border-radius: 6px; background: var(--paper); color: inherit; max-width: 100%; }
button { cursor: pointer; }
button:hover { border-color: var(--mark); }
:focus-visible { outline: 2px solid #1a66c2; outline-offset: 1px; }
main { flex: 1; min-height: 0; display: grid; grid-template-columns: minmax(280px, 36%) 1fr; }
nav { overflow-y: auto; border-right: 1px solid var(--line); background: var(--paper); }
nav ul { list-style: none; margin: 0; padding: 0; }
nav button { display: block; width: 100%; text-align: left; border: 0; border-bottom: 1px solid var(--line); border-left: 3px solid transparent; border-radius: 0; padding: 10px 16px; }
nav button[aria-current="true"] { background: var(--chosen); border-left-color: var(--mark); }
nav strong { display: block; overflow-wrap: anywhere; }
nav span { color: var(--soft); font-size: 13px; display: block; overflow-wrap: anywhere; }
article { display: flex; flex-direction: column; min-width: 0; min-height: 0; padding: 16px 20px; overflow-y: auto; }
article h2 { margin: 0 0 8px; font-size: 18px; overflow-wrap: anywhere; }
dl { margin: 0 0 12px; display: grid; grid-template-columns: auto 1fr; gap: 2px 14px; }
dt { color: var(--soft); }
dd { margin: 0; overflow-wrap: anywhere; }
.views { display: flex; gap: 8px; margin-bottom: 12px; }
.views button[aria-pressed="true"] { border-color: var(--mark); color: var(--mark); }
iframe, pre { flex: 1 0 320px; width: 100%; border: 1px solid var(--line); border-radius: 6px; background: #fff; }
pre { margin: 0; padding: 14px; white-space: pre-wrap; overflow-wrap: anywhere; font: 14px/1.55 ui-monospace, "Cascadia Mono", "Noto Sans Mono", monospace; }
.empty { color: var(--soft); padding: 24px 20px; }
[hidden] { display: none !important; }
@media (max-width: 720px) { main { grid-template-columns: 1fr; grid-template-rows: minmax(140px, 38%) 1fr; } nav { border-right: 0; border-bottom: 1px solid var(--line); } }
`;

// Runs in the browser. The list is compared before it is drawn again, and the open mail is never touched by a refresh.
const script = `
const byId = (id) => document.getElementById(id);
const state = { mails: [], open: null, to: new URLSearchParams(location.search).get('to') || '', view: 'html', drawn: '' };
const when = new Intl.DateTimeFormat('vi-VN', { dateStyle: 'short', timeStyle: 'medium' });

async function refresh() {
  try {
    const answer = await fetch('/api/mails', { cache: 'no-store' });
    state.mails = await answer.json();
    byId('state').textContent = state.mails.length + ' thư; tự cập nhật';
  } catch {
    byId('state').textContent = 'Mất kết nối: hệ thống đã dừng. Danh sách dưới đây là lần đọc cuối.';
  }
  draw();
}

function draw() {
  const shown = state.mails.filter((mail) => !state.to || mail.envelope.to.includes(state.to));
  const print = JSON.stringify([shown.map((mail) => mail.id), state.to, state.open, recipients()]);
  if (print === state.drawn) return;
  state.drawn = print;
  drawRecipients();
  const focused = document.activeElement?.dataset?.id;
  const list = byId('list');
  list.replaceChildren(...shown.map(row));
  byId('empty').hidden = shown.length > 0;
  if (focused) list.querySelector('[data-id="' + focused + '"]')?.focus();
}

function row(mail) {
  const button = document.createElement('button');
  button.type = 'button';
  button.dataset.id = mail.id;
  button.setAttribute('aria-current', String(mail.id === state.open));
  button.append(line('strong', mail.subject || '(không có tiêu đề)'), line('span', 'Gửi ' + mail.envelope.to.join(', ')), line('span', when.format(new Date(mail.at))));
  button.addEventListener('click', () => openMail(mail.id));
  const item = document.createElement('li');
  item.append(button);
  return item;
}

function line(tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

function recipients() {
  return [...new Set(state.mails.flatMap((mail) => mail.envelope.to))].sort((a, b) => a.localeCompare(b, 'vi'));
}

function drawRecipients() {
  const all = recipients();
  if (state.to && !all.includes(state.to)) all.unshift(state.to);
  const options = [new Option('Mọi người nhận', ''), ...all.map((address) => new Option(address, address))];
  byId('to').replaceChildren(...options);
  byId('to').value = state.to;
}

function openMail(id) {
  const mail = state.mails.find((one) => one.id === id);
  if (!mail) return;
  state.open = id;
  if (state.view === 'html' && !mail.html) state.view = 'text';
  byId('mail').hidden = false;
  byId('none').hidden = true;
  byId('subject').textContent = mail.subject || '(không có tiêu đề)';
  byId('from').textContent = mail.from || mail.envelope.from;
  byId('recipients').textContent = mail.envelope.to.join(', ');
  byId('at').textContent = when.format(new Date(mail.at));
  byId('files').textContent = mail.attachments.map((file) => file.filename || file.mimeType).join(', ') || 'không có';
  drawBody(mail);
  draw();
}

async function drawBody(mail) {
  for (const button of document.querySelectorAll('[data-view]')) button.setAttribute('aria-pressed', String(button.dataset.view === state.view));
  document.querySelector('[data-view="html"]').disabled = !mail.html;
  const frame = byId('frame');
  const text = byId('text');
  frame.hidden = state.view !== 'html';
  text.hidden = state.view === 'html';
  if (state.view === 'html') frame.src = '/mails/' + mail.id + '/html';
  if (state.view === 'text') text.textContent = mail.text || '(không có phần văn bản)';
  if (state.view === 'source') text.textContent = await (await fetch('/mails/' + mail.id + '/source')).text();
}

byId('to').addEventListener('change', (event) => {
  state.to = event.target.value;
  history.replaceState(null, '', state.to ? '?to=' + encodeURIComponent(state.to) : '/');
  draw();
});
byId('clear').addEventListener('click', async () => {
  const what = state.to ? 'mọi thư gửi ' + state.to : 'tất cả thư';
  if (!confirm('Xóa ' + what + ' trong hộp thư thử?')) return;
  await fetch('/api/mails?to=' + encodeURIComponent(state.to), { method: 'DELETE' });
  refresh();
});
for (const button of document.querySelectorAll('[data-view]'))
  button.addEventListener('click', () => {
    state.view = button.dataset.view;
    const mail = state.mails.find((one) => one.id === state.open);
    if (mail) drawBody(mail);
  });
document.addEventListener('visibilitychange', () => document.hidden || refresh());
setInterval(() => document.hidden || refresh(), 3000);
refresh();
`;

const source = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

export const pagePolicy = `default-src 'none'; style-src ${source(style)}; script-src ${source(script)}; connect-src 'self'; img-src data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The page is the same for every mail; what it shows comes from /api/mails and enters the page as text only. */
export function mailboxPage() {
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Hộp thư thử · Thông Hành</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<header>
  <h1>Hộp thư thử</h1>
  <p id="state" role="status">Đang đọc…</p>
  <label>Người nhận <select id="to"><option value="">Mọi người nhận</option></select></label>
  <button type="button" id="clear">Xóa thư đang hiện</button>
</header>
<main>
  <nav aria-label="Danh sách thư">
    <ul id="list"></ul>
    <p id="empty" class="empty">Chưa có thư nào. Thư hệ thống gửi sẽ hiện ở đây; không thư nào ra khỏi máy này. Thư chỉ được gửi trong giờ làm việc, 07:30–17:00; ngoài giờ, thư nằm trong sổ thư và chờ.</p>
  </nav>
  <article aria-label="Nội dung thư">
    <p id="none" class="empty">Chọn một thư để đọc.</p>
    <div id="mail" hidden>
      <h2 id="subject"></h2>
      <dl><dt>Người gửi</dt><dd id="from"></dd><dt>Người nhận</dt><dd id="recipients"></dd><dt>Lúc</dt><dd id="at"></dd><dt>Tệp kèm</dt><dd id="files"></dd></dl>
      <div class="views" role="group" aria-label="Cách xem">
        <button type="button" data-view="html" aria-pressed="true">Bản trình bày</button>
        <button type="button" data-view="text" aria-pressed="false">Văn bản</button>
        <button type="button" data-view="source" aria-pressed="false">Bản gốc</button>
      </div>
    </div>
    <iframe id="frame" title="Nội dung thư" sandbox="allow-popups allow-popups-to-escape-sandbox" hidden></iframe>
    <pre id="text" tabindex="0" hidden></pre>
  </article>
</main>
<script>${script}</script>
</body>
</html>`;
}
