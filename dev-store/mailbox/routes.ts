import { Router } from 'express';
import { handle, queryText, RequestError } from '../http/handlers.ts';
import { html, toolPage } from '../http/html.ts';
import type { MailEntry } from './index-entry.ts';
import { linksOf, type Mailbox } from './mailbox.ts';

const PAGE_SIZE = 50;

/** /mailbox (list), /mailbox/:id, /mailbox/:id/body, /mailbox.json, /mailbox/stats. */
export function mailboxRoutes(mailbox: Mailbox): Router {
  const router = Router();
  const find = (id: string): MailEntry => {
    const entry = mailbox.get(Number(id));
    if (entry === undefined) throw new RequestError(404, `There is no mail ${id} in the mailbox.`);
    return entry;
  };

  router.get('/mailbox/stats', (_request, response) => {
    response.json(mailbox.stats());
  });

  /** `since` is the id of the last mail seen (then oldest first) or an ISO time. */
  router.get(
    '/mailbox.json',
    handle(async (request, response) => {
      const since = queryText(request, 'since') ?? '';
      const byId = /^\d+$/.test(since);
      const after = byId || since === '' ? null : new Date(since);
      if (after !== null && Number.isNaN(after.getTime())) {
        throw new RequestError(400, 'Give "since" as the id of a mail or as an ISO time.');
      }
      const limit = Math.min(Math.max(Number(queryText(request, 'limit') ?? 100), 1), 1000);
      const filter = {
        to: queryText(request, 'to'),
        search: queryText(request, 'q'),
        afterId: byId ? Number(since) : null,
        after,
      };
      const mails = [];
      for (const entry of mailbox.list(filter, limit, byId)) {
        const { id, from, subject, date, receivedAt, key } = entry;
        const links = linksOf(await mailbox.read(entry));
        mails.push({ id, to: entry.to.join(', '), from, subject, date, receivedAt, actionId: key, links });
      }
      response.json(mails);
    }),
  );

  router.get('/mailbox', (request, response) => {
    const to = queryText(request, 'to');
    const search = queryText(request, 'q');
    const before = Number(queryText(request, 'before') ?? 0);
    const all = mailbox.list({ to, search }, before === 0 ? PAGE_SIZE + 1 : Infinity);
    const rest = before === 0 ? all : all.filter((entry) => entry.id < before).slice(0, PAGE_SIZE + 1);
    response.send(listPage(rest, mailbox.stats(), to ?? '', search ?? ''));
  });

  router.get(
    '/mailbox/:id',
    handle(async (request, response) => {
      const entry = find(request.params['id'] ?? '');
      const mail = await mailbox.read(entry);
      const headers = mail.headers.map((header) => `${header.originalKey}: ${header.value}`).join('\n');
      response.send(
        toolPage(
          entry.subject,
          html`<div class="card">
              <div><span class="soft">From</span> ${entry.from}</div>
              <div><span class="soft">To</span> ${entry.to.join(', ')}</div>
              <div><span class="soft">Date</span> ${when(entry.date)}</div>
            </div>
            ${
              mail.html
                ? html`<iframe
                    class="mail"
                    sandbox="allow-popups allow-popups-to-escape-sandbox"
                    title="Message"
                    src="/mailbox/${entry.id}/body"
                  ></iframe>`
                : null
            }
            <h2>Plain text</h2>
            <div class="card"><pre>${mail.text ?? '(none)'}</pre></div>
            <h2>Headers</h2>
            <div class="card"><pre>${headers}</pre></div>`,
        ),
      );
    }),
  );

  router.get(
    '/mailbox/:id/body',
    handle(async (request, response) => {
      const mail = await mailbox.read(find(request.params['id'] ?? ''));
      // The mail's own HTML: no scripts; links open beside the mailbox, as pages in their own right.
      response.setHeader(
        'Content-Security-Policy',
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data: http: https:; style-src 'unsafe-inline'",
      );
      response.send(`<base target="_blank">${mail.html ?? ''}`);
    }),
  );
  return router;
}

function when(iso: string): string {
  return new Date(iso).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
}

function listPage(
  found: MailEntry[],
  stats: ReturnType<Mailbox['stats']>,
  to: string,
  search: string,
): string {
  const shown = found.slice(0, PAGE_SIZE);
  const last = shown.at(-1);
  const more =
    found.length > PAGE_SIZE && last !== undefined
      ? `?${new URLSearchParams({ ...(to && { to }), ...(search && { q: search }), before: String(last.id) })}`
      : null;
  const copies = stats.received - stats.distinctActions;
  return toolPage(
    'Mailbox',
    html`<p class="soft">
        ${stats.received} received${copies > 0 ? `, ${copies} of them copies` : ''}. Times are UTC.
      </p>
      <form class="row">
        <input name="q" value="${search}" placeholder="Subject or address" aria-label="Search" />
        <input name="to" value="${to}" placeholder="Recipient" aria-label="Recipient" />
        <button>Filter</button>
      </form>
      ${
        shown.length === 0
          ? html`<div class="card">
              No mail here. What the app sends arrives in this box and goes nowhere else.
            </div>`
          : html`<table>
              <tr>
                <th>Subject</th>
                <th>To</th>
                <th>Date</th>
              </tr>
              ${shown.map(
                (entry) =>
                  html`<tr>
                    <td>
                      <a href="/mailbox/${entry.id}"><b>${entry.subject}</b></a
                      ><br /><span class="soft">${entry.from}</span>
                    </td>
                    <td><a href="?to=${encodeURIComponent(entry.to[0] ?? '')}">${entry.to.join(', ')}</a></td>
                    <td class="soft">${when(entry.date)}</td>
                  </tr>`,
              )}
            </table>`
      }
      ${more === null ? null : html`<p><a class="button" href="${more}">Older</a></p>`}`,
  );
}
