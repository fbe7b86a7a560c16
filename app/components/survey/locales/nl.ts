import type { PageTextId } from './en.ts';

/** Dutch words of the shopper pages. */
export const nl: Record<PageTextId, string> = {
  'not_found.title': 'Deze link is niet compleet',
  'not_found.text':
    'Open de link uit uw e-mail opnieuw. Als u de link hebt gekopieerd, ontbreekt er misschien een stuk.',
  'expired.title': 'Deze link is verlopen',
  'expired.text': 'De vragenlijst is gesloten. Dank u dat u wilde antwoorden.',
  'already_answered.title': 'U hebt al geantwoord',
  'already_answered.text': 'Dank u, uw antwoord is aangekomen.',
  'already_answered.kept':
    'Uw eerdere antwoord is aangekomen en blijft zoals het is. Wat u zojuist hebt verzonden, verandert daar niets aan.',
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
    'Welke e-mails van {brand} wilt u liever niet meer krijgen? Berichten over een probleem dat u hebt gemeld, blijven komen.',
  'unsubscribe.surveys': 'Geen vragenlijsten meer',
  'unsubscribe.all': 'Geen vragenlijsten en aanbiedingen meer',
  'unsubscribe.undo': 'Ongedaan maken',
  'unsubscribed.title': 'U bent afgemeld',
  'unsubscribed.text': '{brand} stuurt u via deze dienst geen vragenlijsten en aanbiedingen meer.',
  'unsubscribed_surveys.title': 'Geen vragenlijsten meer',
  'unsubscribed_surveys.text':
    '{brand} stuurt u geen vragenlijsten meer. Aanbiedingen en nieuws blijven komen.',
  'resubscribed.title': 'Alles zoals eerst',
  'resubscribed.text': '{brand} mag u weer schrijven zoals eerst.',
  'identity.anonymous':
    'Uw antwoord wordt zonder uw naam en bestelling bewaard; van het tijdstip alleen de dag. U kunt het later niet wijzigen.',
  'identity.pseudonymous': 'Uw antwoord wordt onder een pseudoniem bewaard, zonder uw naam en bestelnummer.',
  'about.order': 'Het gaat om uw bestelling {order}.',
  'test.notice': 'Dit is een test: wat u antwoordt, wordt niet bewaard.',
  'kiosk.language': 'Taal',
  'kiosk.full_screen': 'Volledig scherm',
  'kiosk.start_over': 'Opnieuw beginnen',
  'kiosk.still_there': 'Bent u er nog?',
  'kiosk.countdown': 'Anders begint deze pagina over {seconds} s opnieuw.',
  'kiosk.go_on': 'Doorgaan',
  'kiosk.held': 'Dit apparaat neemt even geen antwoorden meer aan',
  'kiosk.held_text':
    'Er wachten te veel antwoorden op verzending. Wilt u het personeel laten weten dat het een verbinding nodig heeft?',
  'kiosk.needs_script': 'Deze pagina heeft JavaScript nodig.',
};
