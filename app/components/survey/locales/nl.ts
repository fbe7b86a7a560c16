import type { PageTextId } from './en.ts';

/** Dutch words of the shopper pages. */
export const nl: Record<PageTextId, string> = {
  'not_found.title': 'Deze link is niet compleet',
  'not_found.text':
    'Open de link uit uw e-mail opnieuw. Als u de link hebt gekopieerd, ontbreekt er misschien een stuk.',
  'expired.title': 'Deze link is verlopen',
  'expired.text': 'De vragenlijst is gesloten. Dank u dat u wilde antwoorden.',
  'already_answered.title': 'U hebt al geantwoord',
  'already_answered.text': 'Dank u, uw antwoord is aangekomen. Deze link werkt één keer.',
  'redacted.title': 'Deze vragenlijst bestaat niet meer',
  'redacted.text': 'De gegevens waar het om ging, zijn gewist.',
  'shop_uninstalled.title': 'Deze vragenlijst is gesloten',
  'shop_uninstalled.text': 'De winkel neemt hier geen antwoorden meer aan.',
  'rate_limited.title': 'Een ogenblik geduld',
  'rate_limited.text': 'Er waren te veel verzoeken. Probeer het over een minuut opnieuw.',
  'trouble.title': 'Dit lukt nu even niet',
  'trouble.text': 'Er ging iets mis aan onze kant. Probeer het zo meteen opnieuw.',
  'answer.saved': 'Uw antwoorden tot nu toe zijn bewaard.',
  'answer.offline':
    'Er is nu geen verbinding. Uw antwoord wordt verstuurd zodra die er weer is; laat deze pagina open.',
  'errors.title': 'Er ontbreekt iets of er klopt iets niet:',
  'unsubscribe.title': 'Afmelden voor e-mails',
  'unsubscribe.text':
    '{brand} stuurt u via deze dienst geen vragenlijsten en aanbiedingen meer. Berichten over een probleem dat u hebt gemeld, vallen hier niet onder.',
  'unsubscribe.button': 'Afmelden',
  'unsubscribed.title': 'U bent afgemeld',
  'unsubscribed.text': '{brand} stuurt u via deze dienst geen vragenlijsten en aanbiedingen meer.',
  'about.order': 'Het gaat om uw bestelling {order}.',
};
