import { renderToStaticMarkup } from 'react-dom/server';
import type { Locale } from '../../../domain/core/locales.ts';
import { mailPage } from './mail-page.ts';

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
  /** What the mail is about, with its name beside it; in the HTML only, as the paragraphs name it. */
  picture?: { url: string; alt: string; name: string };
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

/** The HTML by React Email, since mail clients keep nothing but tables and inline styles; the plain text beside it. */
export function renderParts(lang: Locale, frame: MessageFrame, parts: MessageParts): RenderedMessage {
  const html = renderToStaticMarkup(mailPage(lang, frame, parts));
  return { subject: parts.subject, html: `<!doctype html>${html}`, text: textPart(frame, parts) };
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
