import { Body } from '@react-email/body';
import { Button } from '@react-email/button';
import { Column } from '@react-email/column';
import { Container } from '@react-email/container';
import { Head } from '@react-email/head';
import { Heading } from '@react-email/heading';
import { Html } from '@react-email/html';
import { Link } from '@react-email/link';
import { Preview } from '@react-email/preview';
import { Row } from '@react-email/row';
import { Section } from '@react-email/section';
import { Text } from '@react-email/text';
import { createElement as element } from 'react';
import type { CSSProperties, ReactNode } from 'react';
import { brandColour } from '../../../domain/core/brand-colour.ts';
import { chunksOf } from '../../../domain/core/chunks.ts';
import { directionOf, isolated } from '../../../domain/core/locales.ts';
import type { Locale } from '../../../domain/core/locales.ts';
import type { MessageFrame, MessageParts } from './layout.ts';

const FONT: CSSProperties = { fontFamily: '-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif' };
const INK: CSSProperties = { ...FONT, color: '#24292e', fontSize: '16px', lineHeight: '24px' };
const MUTED: CSSProperties = { ...FONT, color: '#57606a', fontSize: '13px', lineHeight: '19px' };

/** Attributes, not text: the parts of the page that a dark reader recolours by class. */
const DARK_CSS = `@media (prefers-color-scheme: dark) {
  .page { background: #16181b !important; }
  .card { background: #22262a !important; }
  .ink { color: #f2f2f2 !important; }
  .muted, .muted a { color: #b6bcc2 !important; }
  .code { background: #16181b !important; color: #f2f2f2 !important; }
}`;

/** What every piece of the mail needs to know. */
interface Look {
  colour: ReturnType<typeof brandColour>;
  /** Not "start": desktop Outlook knows only the two sides. */
  side: 'left' | 'right';
  text: (className: 'ink' | 'muted', style: CSSProperties, ...words: ReactNode[]) => ReactNode;
}

/**
 * The HTML of a mail as React Email's elements. Without JSX, since the worker runs the sources as they are (decision
 * 010). Language and direction stand on the outer table as well: webmail drops html and body.
 */
export function mailPage(lang: Locale, frame: MessageFrame, parts: MessageParts): ReactNode {
  const dir = directionOf(lang);
  const side = dir === 'rtl' ? 'right' : 'left';
  const look: Look = {
    colour: brandColour(frame.brandColour),
    side,
    text: (className, style, ...words) => {
      const base = className === 'ink' ? INK : MUTED;
      return element(Text, { className, style: { ...base, textAlign: side, ...style } }, ...words);
    },
  };
  const body = [
    look.text('muted', { margin: '0 0 20px', fontSize: '14px' }, isolated(lang, frame.brandName)),
    element(
      Heading,
      {
        className: 'ink',
        style: { ...INK, margin: '0 0 16px', fontSize: '22px', lineHeight: '30px', textAlign: side },
      },
      parts.heading,
    ),
    ...parts.paragraphs.map((words) => look.text('ink', { margin: '0 0 16px' }, words)),
    parts.picture && picture(parts.picture, lang, look),
    parts.code && codeBox(parts.code),
    parts.rating && rating(parts.rating, look),
    parts.button && button(parts.button, look),
  ];
  const footer = parts.footer.map(({ text, link }) =>
    look.text('muted', { margin: '0 0 6px' }, text, ...(link ? [' ', footerLink(link)] : [])),
  );
  const strip = { height: '6px', background: look.colour.background, borderRadius: '8px 8px 0 0' };
  const card = { maxWidth: '560px', background: '#ffffff', borderRadius: '8px' };
  const page = { padding: '24px 12px', background: '#f3f4f5' };
  return element(
    Html,
    { lang, dir },
    head(parts.subject),
    element(
      Body,
      { className: 'page', style: { margin: 0, padding: 0, background: '#f3f4f5' } },
      element(Preview, null, parts.preview),
      parts.unseenUrl && unseenLink(parts.unseenUrl),
      element(
        Section,
        { className: 'page', lang, dir, style: page },
        element(
          Container,
          { className: 'card', style: card },
          element(Section, { style: strip }),
          element(Section, { align: side, style: { padding: '28px 28px 12px' } }, ...body),
          element(Section, { align: side, style: { padding: '12px 28px 28px' } }, ...footer),
        ),
      ),
    ),
  );
}

const meta = (name: string, content: string) => element('meta', { name, content });

function head(subject: string): ReactNode {
  return element(
    Head,
    null,
    meta('viewport', 'width=device-width, initial-scale=1'),
    meta('color-scheme', 'light dark'),
    meta('supported-color-schemes', 'light dark'),
    element('title', null, subject),
    element('style', null, DARK_CSS),
  );
}

/**
 * Without a word in it, so that nothing shows where a mail program keeps no styles, out of the way of keyboards and
 * screen readers, and before all other links: programs take them in their order.
 */
function unseenLink(href: string): ReactNode {
  const style = { display: 'none', maxHeight: 0, overflow: 'hidden' };
  const link = element('a', { href, tabIndex: -1, style: { display: 'none' } });
  return element('div', { 'aria-hidden': true, style }, link);
}

/** Pixels; small enough that a name of two lines still stands beside it on the narrowest phone. */
const PICTURE_WIDTH = 72;

/** Its height follows the picture. The gap is a cell, since desktop Outlook keeps no space around a picture. */
function picture(
  { url, alt, name }: NonNullable<MessageParts['picture']>,
  lang: Locale,
  { side, text }: Look,
): ReactNode {
  const style: CSSProperties = { display: 'block', height: 'auto', border: 0, borderRadius: '6px' };
  const image = element('img', { src: url, alt, width: PICTURE_WIDTH, style });
  const words = text('ink', { margin: 0, fontWeight: 'bold' }, isolated(lang, name));
  const children = [
    element(Column, { key: 'image', width: PICTURE_WIDTH, style: { width: `${PICTURE_WIDTH}px` } }, image),
    element(Column, { key: 'gap', width: 12, style: { width: '12px' } }, '\u00a0'),
    element(Column, { key: 'name', align: side }, words),
  ];
  return element(Row, { style: { margin: '0 0 20px' }, children });
}

function codeBox(code: string): ReactNode {
  const style: CSSProperties = {
    ...INK,
    ...{ margin: '0 0 20px', padding: '14px 16px', fontSize: '20px', lineHeight: '28px' },
    ...{ fontWeight: 'bold', letterSpacing: '1px', background: '#f3f4f5', borderRadius: '6px' },
    textAlign: 'center',
  };
  return element(Text, { className: 'code', dir: 'ltr', style }, code);
}

/** Values in one row of a table; more would be too narrow for a thumb on a phone. */
const VALUES_PER_ROW = 6;

/** Table cells, since desktop Outlook keeps neither size nor space of a link. */
function rating(
  { text, choices, ends }: NonNullable<MessageParts['rating']>,
  { colour, side, text: words }: Look,
): ReactNode {
  // Words stand below each other, each as wide as the mail.
  const inWords = choices.some(({ label }) => label.length > 3);
  const width = inWords ? '100%' : '40';
  const [first, last] = [choices[0], choices.at(-1)];
  const meaningOf = (choice: typeof first) =>
    choice === first ? ends?.least : choice === last ? ends?.most : undefined;
  const tap: CSSProperties = {
    ...FONT,
    ...{ display: 'block', padding: '12px 0', fontSize: '18px', lineHeight: '20px', fontWeight: 'bold' },
    ...{ color: colour.text, borderRadius: '6px' },
  };
  const cell = (choice: (typeof choices)[number]) => {
    const meaning = meaningOf(choice);
    const name = meaning ? `${choice.label} – ${meaning}` : (choice.name ?? choice.label);
    return element(
      Column,
      {
        key: choice.url,
        width,
        align: 'center',
        style: { borderRadius: '6px', background: colour.background },
      },
      element(Link, { href: choice.url, 'aria-label': name, style: tap }, choice.label),
    );
  };
  const row = {
    align: side,
    width: inWords ? '100%' : '',
    cellSpacing: '4',
    style: { clear: 'both' },
  } as const;
  const below: CSSProperties = { margin: 0, clear: 'both' };
  return [
    words('ink', { margin: '0 0 8px', fontWeight: 'bold' }, text),
    ...chunksOf(choices, inWords ? 1 : VALUES_PER_ROW).map((taps) =>
      element(Row, { ...row, children: taps.map(cell) }),
    ),
    ...(ends ? [words('muted', below, `${first?.label} – ${ends.least}`)] : []),
    ...(ends ? [words('muted', below, `${last?.label} – ${ends.most}`)] : []),
    words('muted', { ...below, ...{ margin: '0 0 12px', fontSize: '4px', lineHeight: '4px' } }, '\u00a0'),
  ].map((piece, key) => element('div', { key }, piece));
}

function button({ url, label }: NonNullable<MessageParts['button']>, { colour }: Look): ReactNode {
  const style: CSSProperties = {
    ...FONT,
    ...{ margin: '8px 0 20px', padding: '14px 28px', fontSize: '16px', lineHeight: '20px' },
    ...{ fontWeight: 'bold', borderRadius: '6px', background: colour.background, color: colour.text },
  };
  return element(Button, { href: url, style }, label);
}

function footerLink({ url, label }: { url: string; label: string }): ReactNode {
  return element(Link, { href: url, style: { color: '#57606a', textDecoration: 'underline' } }, label);
}
