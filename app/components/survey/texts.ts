/** Words of the shopper pages around a survey, by language. */

const en = {
  'not_found.title': 'This link is not complete',
  'not_found.text':
    'Please open the link from your e-mail again. If it was copied, part of it may be missing.',
  'expired.title': 'This link has expired',
  'expired.text': 'The survey is closed. Thank you for wanting to answer.',
  'already_answered.title': 'You have already answered',
  'already_answered.text': 'Thank you, your answer has arrived. This link works once.',
  'redacted.title': 'This survey no longer exists',
  'redacted.text': 'The data it was about has been erased.',
  'shop_uninstalled.title': 'This survey is closed',
  'shop_uninstalled.text': 'The shop no longer takes answers here.',
  'rate_limited.title': 'One moment, please',
  'rate_limited.text': 'There were too many requests. Please try again in a minute.',
  'trouble.title': 'This does not work right now',
  'trouble.text': 'Something went wrong on our side. Please try again in a moment.',
  'errors.title': 'Something is missing or wrong:',
  'unsubscribe.title': 'Unsubscribe from e-mails',
  'unsubscribe.text':
    '{brand} will no longer send you surveys or offers from this service. Messages about a problem you reported are not affected.',
  'unsubscribe.button': 'Unsubscribe',
  'unsubscribed.title': 'You are unsubscribed',
  'unsubscribed.text': '{brand} will not send you surveys or offers from this service any more.',
  'about.order': 'About your order {order}.',
};

export type PageTextId = keyof typeof en;

const de: Record<PageTextId, string> = {
  'not_found.title': 'Dieser Link ist unvollständig',
  'not_found.text':
    'Bitte öffnen Sie den Link aus Ihrer E-Mail noch einmal. Beim Kopieren kann ein Teil verloren gegangen sein.',
  'expired.title': 'Dieser Link ist abgelaufen',
  'expired.text': 'Die Umfrage ist geschlossen. Danke, dass Sie antworten wollten.',
  'already_answered.title': 'Sie haben schon geantwortet',
  'already_answered.text': 'Danke, Ihre Antwort ist angekommen. Dieser Link gilt einmal.',
  'redacted.title': 'Diese Umfrage gibt es nicht mehr',
  'redacted.text': 'Die Daten, um die es ging, wurden gelöscht.',
  'shop_uninstalled.title': 'Diese Umfrage ist geschlossen',
  'shop_uninstalled.text': 'Der Shop nimmt hier keine Antworten mehr an.',
  'rate_limited.title': 'Einen Moment bitte',
  'rate_limited.text': 'Es gab zu viele Anfragen. Bitte versuchen Sie es in einer Minute noch einmal.',
  'trouble.title': 'Das klappt gerade nicht',
  'trouble.text': 'Bei uns ist etwas schiefgegangen. Bitte versuchen Sie es gleich noch einmal.',
  'errors.title': 'Etwas fehlt oder stimmt nicht:',
  'unsubscribe.title': 'Von E-Mails abmelden',
  'unsubscribe.text':
    '{brand} schickt Ihnen dann keine Umfragen und Angebote aus diesem Dienst mehr. Nachrichten zu einem Problem, das Sie gemeldet haben, sind nicht betroffen.',
  'unsubscribe.button': 'Abmelden',
  'unsubscribed.title': 'Sie sind abgemeldet',
  'unsubscribed.text': '{brand} schickt Ihnen keine Umfragen und Angebote aus diesem Dienst mehr.',
  'about.order': 'Es geht um Ihre Bestellung {order}.',
};

const tables: Record<string, Record<PageTextId, string>> = { en, de };

/** The page language for a locale tag, or for an Accept-Language header; English when there is none. */
export function pageWords(locale: string | null): {
  lang: string;
  say: (id: PageTextId, values?: Record<string, string>) => string;
} {
  const base =
    (locale ?? '')
      .trim()
      .toLowerCase()
      .split(/[-_,;]/)[0] ?? '';
  const lang = Object.hasOwn(tables, base) ? base : 'en';
  const table = tables[lang] ?? en;
  return {
    lang,
    say: (id, values = {}) => table[id].replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole),
  };
}
