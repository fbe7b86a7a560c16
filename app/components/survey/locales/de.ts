import type { PageTextId } from './en.ts';

/** German words of the shopper pages. */
export const de: Record<PageTextId, string> = {
  'not_found.title': 'Dieser Link ist unvollständig',
  'not_found.text':
    'Bitte öffnen Sie den Link aus Ihrer E-Mail noch einmal. Beim Kopieren kann ein Teil verloren gegangen sein.',
  'expired.title': 'Dieser Link ist abgelaufen',
  'expired.text': 'Die Umfrage ist geschlossen. Danke, dass Sie antworten wollten.',
  'already_answered.title': 'Sie haben schon geantwortet',
  'already_answered.text': 'Danke, Ihre Antwort ist angekommen.',
  'already_answered.kept':
    'Ihre frühere Antwort ist angekommen und bleibt, wie sie ist. Was Sie eben gesendet haben, ändert nichts daran.',
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
    'Welche E-Mails von {brand} möchten Sie nicht mehr bekommen? Nachrichten zu einem Problem, das Sie gemeldet haben, sind nicht betroffen.',
  'unsubscribe.surveys': 'Keine Umfragen mehr',
  'unsubscribe.all': 'Keine Umfragen und Angebote mehr',
  'unsubscribe.undo': 'Rückgängig machen',
  'unsubscribed.title': 'Sie sind abgemeldet',
  'unsubscribed.text': '{brand} schickt Ihnen keine Umfragen und Angebote aus diesem Dienst mehr.',
  'unsubscribed_surveys.title': 'Keine Umfragen mehr',
  'unsubscribed_surveys.text':
    '{brand} schickt Ihnen keine Umfragen mehr. Angebote und Neuigkeiten sind nicht betroffen.',
  'resubscribed.title': 'Alles wie zuvor',
  'resubscribed.text': '{brand} darf Ihnen wieder schreiben wie zuvor.',
  'identity.anonymous':
    'Ihre Antwort wird ohne Namen und Bestellung gespeichert, vom Zeitpunkt nur der Tag. Sie lässt sich später nicht ändern.',
  'identity.pseudonymous':
    'Ihre Antwort wird unter einem Pseudonym gespeichert, ohne Namen und Bestellnummer.',
  'about.order': 'Es geht um Ihre Bestellung {order}.',
  'test.notice': 'Dies ist ein Test: Was Sie antworten, wird nicht gespeichert.',
  'kiosk.language': 'Sprache',
  'kiosk.full_screen': 'Vollbild',
  'kiosk.start_over': 'Neu beginnen',
  'kiosk.still_there': 'Sind Sie noch da?',
  'kiosk.countdown': 'Sonst beginnt diese Seite in {seconds} s von vorn.',
  'kiosk.go_on': 'Weitermachen',
  'kiosk.held': 'Dieses Gerät nimmt gerade keine Antworten mehr an',
  'kiosk.held_text':
    'Zu viele Antworten warten darauf, gesendet zu werden. Bitte sagen Sie dem Personal, dass es eine Verbindung braucht.',
  'kiosk.needs_script': 'Diese Seite braucht JavaScript.',
};
