import type { PageTextId } from './en.ts';

/** Italian words of the shopper pages. */
export const it: Record<PageTextId, string> = {
  'not_found.title': 'Questo link è incompleto',
  'not_found.text':
    'Si prega di riaprire il link ricevuto via e-mail. Se è stato copiato, potrebbe mancarne una parte.',
  'expired.title': 'Questo link è scaduto',
  'expired.text': 'Il sondaggio è chiuso. Grazie per aver voluto rispondere.',
  'already_answered.title': 'La risposta è già stata inviata',
  'already_answered.text': 'Grazie, la risposta è arrivata.',
  'already_answered.kept':
    'La risposta precedente è arrivata e resta com’è. Quanto inviato ora non la modifica.',
  'redacted.title': 'Questo sondaggio non esiste più',
  'redacted.text': 'I dati a cui si riferiva sono stati cancellati.',
  'shop_uninstalled.title': 'Questo sondaggio è chiuso',
  'shop_uninstalled.text': 'Il negozio non raccoglie più risposte qui.',
  'rate_limited.title': 'Un momento, per favore',
  'rate_limited.text': 'Sono arrivate troppe richieste. Si prega di riprovare tra un minuto.',
  'trouble.title': 'Al momento non funziona',
  'trouble.text': 'Si è verificato un problema da parte nostra. Si prega di riprovare tra poco.',
  'answer.saved': 'Le risposte date finora sono salvate.',
  'answer.offline':
    'Al momento non c’è connessione. La risposta sarà inviata appena torna; lasci aperta questa pagina.',
  'errors.title': 'Manca qualcosa o c’è un errore:',
  'unsubscribe.title': 'Annullare l’iscrizione alle e-mail',
  'unsubscribe.text':
    'Quali e-mail di {brand} preferisce non ricevere? I messaggi su un problema che ha segnalato non cambiano.',
  'unsubscribe.surveys': 'Niente più sondaggi',
  'unsubscribe.all': 'Niente più sondaggi né offerte',
  'unsubscribe.undo': 'Annulla',
  'unsubscribed.title': 'Iscrizione annullata',
  'unsubscribed.text': '{brand} non le invierà più sondaggi né offerte tramite questo servizio.',
  'unsubscribed_surveys.title': 'Niente più sondaggi',
  'unsubscribed_surveys.text': '{brand} non le invierà più sondaggi. Offerte e novità non cambiano.',
  'resubscribed.title': 'Tutto come prima',
  'resubscribed.text': '{brand} può scriverle di nuovo come prima.',
  'identity.anonymous':
    'La risposta viene salvata senza nome e senza ordine; del momento resta solo il giorno. Poi non si può più modificare.',
  'identity.pseudonymous': 'La risposta viene salvata sotto pseudonimo, senza nome e senza numero d’ordine.',
  'about.order': 'Riguarda l’ordine {order}.',
  'test.notice': 'Questa è una prova: le risposte non vengono salvate.',
  'kiosk.language': 'Lingua',
  'kiosk.full_screen': 'Schermo intero',
  'kiosk.start_over': 'Ricomincia',
  'kiosk.still_there': 'È ancora qui?',
  'kiosk.countdown': 'Altrimenti questa pagina ricomincia tra {seconds} s.',
  'kiosk.go_on': 'Continua',
  'kiosk.held': 'Per ora questo dispositivo non accetta altre risposte',
  'kiosk.held_text':
    'Troppe risposte sono in attesa di invio. La preghiamo di avvisare il personale che serve una connessione.',
  'kiosk.needs_script': 'Questa pagina richiede JavaScript.',
};
