import type { PageTextId } from './en.ts';

/** Italian words of the shopper pages. */
export const it: Record<PageTextId, string> = {
  'not_found.title': 'Questo link è incompleto',
  'not_found.text':
    'Si prega di riaprire il link ricevuto via e-mail. Se è stato copiato, potrebbe mancarne una parte.',
  'expired.title': 'Questo link è scaduto',
  'expired.text': 'Il sondaggio è chiuso. Grazie per aver voluto rispondere.',
  'already_answered.title': 'La risposta è già stata inviata',
  'already_answered.text': 'Grazie, la risposta è arrivata. Questo link si può usare una sola volta.',
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
    '{brand} non le invierà più sondaggi né offerte tramite questo servizio. Restano esclusi i messaggi su un problema che ha segnalato.',
  'unsubscribe.button': 'Annulla l’iscrizione',
  'unsubscribed.title': 'Iscrizione annullata',
  'unsubscribed.text': '{brand} non le invierà più sondaggi né offerte tramite questo servizio.',
  'about.order': 'Riguarda l’ordine {order}.',
};
