import type { PageTextId } from './en.ts';

/** German words of the shopper pages. */
export const de: Record<PageTextId, string> = {
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
  'answer.saved': 'Ihre bisherigen Antworten sind gespeichert.',
  'answer.offline':
    'Gerade besteht keine Verbindung. Ihre Antwort wird gesendet, sobald sie wieder da ist; bitte lassen Sie diese Seite offen.',
  'errors.title': 'Etwas fehlt oder stimmt nicht:',
  'unsubscribe.title': 'Von E-Mails abmelden',
  'unsubscribe.text':
    '{brand} schickt Ihnen dann keine Umfragen und Angebote aus diesem Dienst mehr. Nachrichten zu einem Problem, das Sie gemeldet haben, sind nicht betroffen.',
  'unsubscribe.button': 'Abmelden',
  'unsubscribed.title': 'Sie sind abgemeldet',
  'unsubscribed.text': '{brand} schickt Ihnen keine Umfragen und Angebote aus diesem Dienst mehr.',
  'about.order': 'Es geht um Ihre Bestellung {order}.',
};
