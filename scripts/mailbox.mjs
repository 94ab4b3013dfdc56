// Dev/test SMTP sink: SMTP on one port, web page + JSON API on another. No auth, loopback only.

import fs from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

const esc = (s) =>
  String(s ?? '').replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c]);
export async function startMailSink({ smtpPort = 1025, webPort = 1080, host = '127.0.0.1', dir, max = 500 } = {}) {
  const mails = [];
  let seq = 0;
  if (dir) await fs.mkdir(dir, { recursive: true });
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    size: 20e6,
    logger: false,
    onData(stream, session, cb) {
      const chunks = [];
      stream.on('data', (c) => chunks.push(c));
      stream.on('end', async () => {
        try {
          const raw = Buffer.concat(chunks);
          const m = await PostalMime.parse(raw);
          const id = String(++seq);
          mails.unshift({
            id,
            at: new Date().toISOString(),
            envelope: {
              from: session.envelope.mailFrom && session.envelope.mailFrom.address,
              to: session.envelope.rcptTo.map((r) => r.address),
            },
            subject: m.subject,
            text: m.text,
            html: m.html,
            attachments: m.attachments.map((a) => ({
              filename: a.filename,
              mimeType: a.mimeType,
              size: a.content.byteLength ?? a.content.length,
            })),
          });
          if (mails.length > max) mails.pop();
          if (dir) await fs.writeFile(path.join(dir, `${Date.now()}-${id}.eml`), raw);
          cb();
        } catch (e) {
          cb(e);
        }
      });
    },
  });
  const web = http.createServer((req, res) => {
    const u = new URL(req.url, 'http://x');
    const json = (o, s = 200) => {
      res.writeHead(s, { 'content-type': 'application/json; charset=utf-8' });
      res.end(JSON.stringify(o));
    };
    if (u.pathname === '/api/mails' && req.method === 'GET') {
      const to = u.searchParams.get('to');
      return json(to ? mails.filter((m) => m.envelope.to.includes(to)) : mails);
    }
    if (u.pathname === '/api/mails' && req.method === 'DELETE') {
      mails.length = 0;
      return json({ ok: true });
    }
    const id = /^\/mail\/(\d+)\/html$/.exec(u.pathname)?.[1];
    if (id) {
      const m = mails.find((x) => x.id === id);
      res.writeHead(m ? 200 : 404, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox",
      });
      return res.end(m?.html ?? `<pre>${esc(m?.text)}</pre>`);
    }
    res.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    res.end(
      `<!doctype html><html lang="vi"><meta charset="utf-8"><meta http-equiv="refresh" content="5"><title>Hộp thư thử</title><h1>Hộp thư thử (${mails.length})</h1>${mails.map((m) => `<details><summary>${esc(m.at)} — ${esc(m.envelope.to.join(', '))} — <b>${esc(m.subject)}</b></summary><iframe sandbox width="100%" height="300" src="/mail/${m.id}/html"></iframe></details>`).join('')}</html>`,
    );
  });
  await new Promise((ok, no) => smtp.listen(smtpPort, host, (e) => (e ? no(e) : ok())));
  await new Promise((ok, no) => web.listen(webPort, host, (e) => (e ? no(e) : ok())));
  return {
    smtpPort: smtp.server.address().port,
    webPort: web.address().port,
    mails,
    close: async () => {
      await new Promise((r) => smtp.close(r));
      await new Promise((r) => web.close(r));
    },
  };
}
