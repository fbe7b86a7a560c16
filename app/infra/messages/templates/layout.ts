import { brandColour } from '../../../domain/core/brand-colour.ts';
import { chunksOf } from '../../../domain/core/chunks.ts';
import { directionOf, isolated } from '../../../domain/core/locales.ts';
import type { Locale } from '../../../domain/core/locales.ts';
import { html } from './html.ts';
import type { Html } from './html.ts';

/** What every message needs besides its own words. */
export interface MessageFrame {
  /** Locale tag of the reader, e.g. "de-AT"; unknown languages get English. */
  locale: string | null;
  brandName: string;
  /** #rrggbb; anything else gives the default colour. */
  brandColour: string | null;
}

export interface RenderedMessage {
  subject: string;
  html: string;
  text: string;
}

/** A message as its parts; both the HTML and the plain text are made from it. */
export interface MessageParts {
  subject: string;
  /** Shown by mail clients behind the subject. */
  preview: string;
  /** A link that no person sees, for programs that open every link; in the HTML only. */
  unseenUrl?: string;
  heading: string;
  paragraphs: string[];
  /** A code to copy, in large letters. */
  code?: string;
  /** A question with a value per tap; the plain text leaves it to the button. */
  rating?: {
    text: string;
    /** `name`: what a label means that does not say it, such as a face. */
    choices: { label: string; name?: string; url: string }[];
    ends: { least: string; most: string } | null;
  };
  button?: { label: string; url: string };
  /** Small print under the line: why this mail came, how to stop it. */
  footer: { text: string; link?: { label: string; url: string } }[];
}

/**
 * Tables and inline styles, because mail clients keep nothing else; colours follow a dark reader.
 * Language and direction stand on the outer table as well: webmail drops html and body.
 */
export function renderParts(lang: Locale, frame: MessageFrame, parts: MessageParts): RenderedMessage {
  return { subject: parts.subject, html: htmlPart(lang, frame, parts).html, text: textPart(frame, parts) };
}

const FONT = 'font-family:-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif';

/** Attributes, not text: the parts of the page that a dark reader recolours by class. */
const DARK_CSS = `@media (prefers-color-scheme: dark) {
  .page { background: #16181b !important; }
  .card { background: #22262a !important; }
  .ink { color: #f2f2f2 !important; }
  .muted, .muted a { color: #b6bcc2 !important; }
  .code { background: #16181b !important; color: #f2f2f2 !important; }
}`;

function htmlPart(lang: Locale, frame: MessageFrame, parts: MessageParts): Html {
  const colour = brandColour(frame.brandColour);
  const dir = directionOf(lang);
  // Not "start": desktop Outlook knows only the two sides.
  const start = dir === 'rtl' ? 'right' : 'left';
  const body = parts.paragraphs.map(
    (text) =>
      html`<p class="ink" style="margin:0 0 16px;${FONT};font-size:16px;line-height:24px;color:#24292e">
        ${text}
      </p>`,
  );
  return html`<!doctype html>
    <html lang="${lang}" dir="${dir}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>${parts.subject}</title>
        <style>
          ${{ html: DARK_CSS }}
        </style>
      </head>
      <body class="page" style="margin:0;padding:0;background:#f3f4f5">
        <div style="display:none;max-height:0;overflow:hidden">${parts.preview}</div>
        ${parts.unseenUrl ? unseenLink(parts.unseenUrl) : null}
        <table
          role="presentation"
          lang="${lang}"
          dir="${dir}"
          class="page"
          width="100%"
          cellpadding="0"
          cellspacing="0"
          border="0"
          style="background:#f3f4f5"
        >
          <tr>
            <td align="center" style="padding:24px 12px">
              <table
                role="presentation"
                class="card"
                width="100%"
                cellpadding="0"
                cellspacing="0"
                border="0"
                style="max-width:560px;background:#ffffff;border-radius:8px"
              >
                <tr>
                  <td
                    style="height:6px;line-height:6px;font-size:6px;background:${colour.background};border-radius:8px 8px 0 0"
                  >
                    &nbsp;
                  </td>
                </tr>
                <tr>
                  <td align="${start}" style="padding:28px 28px 12px;text-align:${start}">
                    <p
                      class="muted"
                      style="margin:0 0 20px;${FONT};font-size:14px;line-height:20px;color:#57606a"
                    >
                      ${isolated(lang, frame.brandName)}
                    </p>
                    <h1
                      class="ink"
                      style="margin:0 0 16px;${FONT};font-size:22px;line-height:30px;color:#24292e"
                    >
                      ${parts.heading}
                    </h1>
                    ${body} ${parts.code ? codeBox(parts.code) : null}
                    ${parts.rating ? rating(parts.rating, colour) : null}
                    ${parts.button ? button(parts.button, colour) : null}
                  </td>
                </tr>
                <tr>
                  <td align="${start}" style="padding:12px 28px 28px;text-align:${start}">
                    ${parts.footer.map(footerLine)}
                  </td>
                </tr>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html> `;
}

/**
 * Without a word in it, so that nothing shows where a mail program keeps no styles, out of the way of keyboards and
 * screen readers, and before all other links: programs take them in their order.
 */
function unseenLink(url: string): Html {
  return html`<div aria-hidden="true" style="display:none;max-height:0;overflow:hidden;mso-hide:all">
    <a href="${url}" tabindex="-1" style="display:none"></a>
  </div>`;
}

function codeBox(code: string): Html {
  return html`<p
    class="code"
    style="margin:0 0 20px;padding:14px 16px;${FONT};font-size:20px;line-height:28px;font-weight:bold;letter-spacing:1px;background:#f3f4f5;color:#24292e;border-radius:6px;text-align:center"
    dir="ltr"
  >
    ${code}
  </p>`;
}

/** Values in one row of a table; more would be too narrow for a thumb on a phone. */
const VALUES_PER_ROW = 6;

/** Table cells, since desktop Outlook keeps neither size nor space of a link. */
function rating(
  { text, choices, ends }: NonNullable<MessageParts['rating']>,
  colour: { background: string; text: string },
): Html {
  // Words stand below each other, each as wide as the mail.
  const inWords = choices.some(({ label }) => label.length > 3);
  const rows = chunksOf(choices, inWords ? 1 : VALUES_PER_ROW);
  const meanings = ends
    ? new Map([
        [choices[0], ends.least],
        [choices.at(-1), ends.most],
      ])
    : new Map();
  const cell = (choice: (typeof choices)[number]) => {
    const meaning = meanings.get(choice);
    const name = meaning ? `${choice.label} – ${meaning}` : (choice.name ?? choice.label);
    return html`<td
      width="${inWords ? '100%' : '40'}"
      align="center"
      style="border-radius:6px;background:${colour.background}"
    >
      <a
        href="${choice.url}"
        aria-label="${name}"
        style="display:block;padding:12px 0;${FONT};font-size:18px;line-height:20px;font-weight:bold;color:${colour.text};text-decoration:none;border-radius:6px"
        >${choice.label}</a
      >
    </td>`;
  };
  const legend = [...meanings].map(
    ([choice, meaning]) =>
      html`<p class="muted" style="margin:0;${FONT};font-size:13px;line-height:19px;color:#57606a">
        ${choice.label} – ${meaning}
      </p>`,
  );
  return html`<p
      class="ink"
      style="margin:0 0 8px;${FONT};font-size:16px;line-height:24px;font-weight:bold;color:#24292e"
    >
      ${text}
    </p>
    <table
      role="presentation"
      width="${inWords ? '100%' : ''}"
      cellpadding="0"
      cellspacing="4"
      border="0"
      style="margin:0 0 4px"
    >
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map(cell)}
          </tr>`,
      )}
    </table>
    ${legend}
    <p style="margin:0 0 12px;font-size:4px;line-height:4px">&nbsp;</p>`;
}

function button(link: { label: string; url: string }, colour: { background: string; text: string }): Html {
  return html`<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:8px 0 20px">
    <tr>
      <td style="border-radius:6px;background:${colour.background}">
        <a
          href="${link.url}"
          style="display:inline-block;padding:14px 28px;${FONT};font-size:16px;line-height:20px;font-weight:bold;color:${colour.text};text-decoration:none;border-radius:6px"
          >${link.label}</a
        >
      </td>
    </tr>
  </table>`;
}

function footerLine(line: MessageParts['footer'][number]): Html {
  const link = line.link
    ? html` <a href="${line.link.url}" style="color:#57606a;text-decoration:underline">${line.link.label}</a>`
    : null;
  return html`<p class="muted" style="margin:0 0 6px;${FONT};font-size:13px;line-height:19px;color:#57606a">
    ${line.text}${link}
  </p>`;
}

function textPart(frame: MessageFrame, parts: MessageParts): string {
  const blocks = [frame.brandName, parts.heading, ...parts.paragraphs];
  if (parts.code) blocks.push(parts.code);
  if (parts.button) blocks.push(`${parts.button.label}:\n${parts.button.url}`);
  const footer = parts.footer.map((line) =>
    line.link ? `${line.text} ${line.link.label}: ${line.link.url}` : line.text,
  );
  return `${blocks.join('\n\n')}\n\n-- \n${footer.join('\n')}\n`;
}
