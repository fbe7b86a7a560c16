import type { MessageTextId } from './en.ts';

/** Italian words of the messages. No "di" before a product: it would have to merge with an article. */
export const it: Record<MessageTextId, string> = {
  'greeting.named': 'Buongiorno {firstName},',
  'greeting.plain': 'Buongiorno,',
  'product.plain': 'il suo acquisto',

  'delivery.subject': 'L’ordine {order} da {brand} è arrivato come previsto?',
  'delivery.heading': 'L’ordine è arrivato come previsto?',
  'delivery.text':
    'L’ordine {order} ({product}) dovrebbe essere già arrivato. Basta un tocco per dire a {brand} com’è andata la consegna.',
  'delivery.button': 'Valuta la consegna',
  'usage.subject': 'Le piace {product}?',
  'usage.heading': 'Che cosa pensa del suo acquisto?',
  'usage.text': 'Ha {product} (ordine {order}) da qualche giorno. Che cosa ne pensa? Basta un tocco.',
  'usage.button': 'Valuta il prodotto',
  'relationship.subject': 'Che cosa pensa di {brand}?',
  'relationship.heading': 'Che cosa pensa di noi?',
  'relationship.text':
    'È passato un po’ di tempo dall’ordine {order} ({product}). Quanto è probabile che consigli {brand} ad amici o familiari?',
  'relationship.text.plain':
    'È passato un po’ di tempo dal suo ultimo ordine. Quanto è probabile che consigli {brand} ad amici o familiari?',
  'relationship.button': 'Rispondi ora',
  'support.subject': 'Com’è stata l’assistenza di {brand}?',
  'support.heading': 'Le siamo stati di aiuto?',
  'support.text': '{brand} si è occupato della sua richiesta. Basta un tocco per dirci com’è andata.',
  'support.button': 'Valuta l’assistenza',
  'return.subject': 'È stato facile il reso a {brand}?',
  'return.heading': 'È stato facile il reso?',
  'return.text':
    'Ha reso qualcosa dell’ordine {order} ({product}), o sta per farlo. È stato facile con {brand}? Basta un tocco.',
  'return.button': 'Valuta il reso',
  'milestone.subject': 'Grazie da {brand}, e una domanda',
  'milestone.heading': 'Grazie per la sua fedeltà.',
  'milestone.text':
    'Continua a scegliere {brand}, e per noi significa molto. Quanto è probabile che consigli {brand} ad amici o familiari?',
  'milestone.button': 'Rispondi ora',
  'survey.preview': 'Basta un tocco per iniziare.',
  'survey.expiry': 'Il link è personale e vale per {time}.',
  'survey.why': 'Riceve questa e-mail perché ha effettuato un ordine da {brand}.',
  'reminder.subject': 'Promemoria: {subject}',
  'reminder.preview': 'Il nostro sondaggio di qualche giorno fa, ancora una volta.',
  'reminder.text':
    'Qualche giorno fa {brand} le ha posto questa domanda e non ha ancora ricevuto una sua risposta. Se ha un momento, basta un tocco. Non le invieremo altri promemoria al riguardo.',

  'acknowledgement.subject': 'Ci dispiace per l’ordine {order}',
  'acknowledgement.subject.plain': 'Ci dispiace, {brand} se ne sta occupando',
  'acknowledgement.preview': 'Che cosa succede ora, ed entro quando.',
  'acknowledgement.heading': 'Ci dispiace.',
  'acknowledgement.heard':
    'Grazie per averci detto che cosa è andato storto. {brand} ha aperto una pratica al riguardo.',
  'acknowledgement.next':
    'Che cosa succede ora: una persona del team esamina la segnalazione e le risponde personalmente entro {answerBy}. Il numero della pratica è {case}.',
  'acknowledgement.offer':
    'Nel frattempo, questo codice dà diritto a uno sconto di {amount} sul prossimo ordine. Si può usare una sola volta (scadenza: {expires}).',
  'acknowledgement.reply': 'È possibile rispondere a questa e-mail per aggiungere altre informazioni.',
  'acknowledgement.why': 'Riceve questa e-mail perché ha segnalato un problema a {brand}.',

  'reward.subject': 'Il suo premio da {brand}',
  'reward.preview': 'Grazie per le sue risposte.',
  'reward.heading': 'Grazie per le sue risposte.',
  'reward.code':
    'Come promesso, questo codice dà diritto a uno sconto di {amount} sul prossimo ordine. Si può usare una sola volta (scadenza: {expires}).',
  'reward.points': 'Come promesso, le abbiamo accreditato {points} punti.',
  'reward.gone.subject': 'Informazioni sul premio di {brand}',
  'reward.gone.preview': 'Tutti i premi sono stati assegnati.',
  'reward.gone':
    'Ci dispiace: quando sono arrivate le sue risposte, tutti i premi erano appena stati assegnati. Le sue risposte contano comunque.',
  'reward.why': 'Riceve questa e-mail perché ha completato un sondaggio di {brand}.',
  'review.subject': 'Una richiesta da {brand}',
  'review.preview': 'Le va di raccontarlo ad altri?',
  'review.heading': 'Le va di raccontarlo ad altri?',
  'review.text':
    'La sua pratica {case} è ora chiusa. Chiediamo una recensione a tutte le persone che rispondono al nostro sondaggio, qualunque sia stata la risposta.',
  'review.button': 'Scrivi una recensione',
  'review.why': 'Riceve questa e-mail perché ha risposto a un sondaggio di {brand}.',

  'referral.subject': 'Condivida {brand} con amici e familiari',
  'referral.preview': 'Un codice personale da condividere.',
  'referral.heading': 'Grazie per il passaparola.',
  'referral.text':
    'Ha detto che consiglierebbe {brand}. Ecco un codice personale da condividere con amici e familiari.',
  'referral.offer': 'Chi lo usa riceve uno sconto del {percent}.',
  'referral.button': 'Apri il link da condividere',
  'referral.why': 'Riceve questa e-mail perché ha accettato di ricevere messaggi da {brand}.',

  'unsubscribe.text': 'Preferisce non ricevere più e-mail di questo tipo?',
  'unsubscribe.link': 'Annulla l’iscrizione',
};
