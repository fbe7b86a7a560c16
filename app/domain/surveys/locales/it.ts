import type { TextId } from './en.ts';

/** Italian texts of surveys. */
export const it: Record<TextId, string> = {
  'post_purchase.title': 'Com’è andato l’acquisto da {brand}?',
  'post_purchase.intro': 'Bastano due tocchi per aiutare chi acquisterà dopo.',
  'post_purchase.rating': 'Quanto è stato soddisfacente questo acquisto?',
  'post_purchase.confidence': 'Quanta sicurezza ha di aver scelto bene?',
  'confidence.least': 'Nessuna sicurezza',
  'confidence.most': 'Molta sicurezza',
  'post_purchase.low': 'Che cosa è andato storto durante l’acquisto?',
  'post_purchase.middle': 'Che cosa avrebbe reso migliore l’acquisto?',
  'post_purchase.high': 'Che cosa ha apprezzato di più nell’acquisto?',

  'delivery.title': 'L’ordine è arrivato come previsto?',
  'delivery.intro': 'Basta un tocco per valutare la consegna di {brand}.',
  'delivery.rating': 'Quanto è stata soddisfacente la consegna?',
  'delivery.low': 'Che cosa è andato storto nella consegna?',
  'delivery.middle': 'Che cosa avrebbe migliorato la consegna?',
  'delivery.high': 'Che cosa ha apprezzato di più nella consegna?',

  'usage.title': 'Che cosa pensa del suo acquisto?',
  'usage.intro': 'L’ordine da {brand} è arrivato ormai da qualche giorno.',
  'usage.rating': 'Quanto è soddisfacente il prodotto?',
  'usage.low': 'Che cosa non va nel prodotto?',
  'usage.middle': 'Che cosa renderebbe migliore il prodotto?',
  'usage.high': 'Che cosa apprezza di più del prodotto?',

  'relationship.title': 'Che cosa pensa di noi?',
  'relationship.intro': 'Una sola domanda su {brand} in generale.',
  'relationship.rating': 'Quanto è probabile che consigli {brand} ad amici o familiari?',
  'relationship.low': 'Che cosa non ha funzionato?',
  'relationship.middle': 'Secondo lei, che cosa potrebbe migliorare {brand}?',
  'relationship.high': 'Che cosa apprezza di più di {brand}?',

  'csat.least': 'Molto insoddisfacente',
  'csat.most': 'Molto soddisfacente',
  'nps.least': 'Per niente probabile',
  'nps.most': 'Estremamente probabile',

  'thanks.low.title': 'Ci dispiace.',
  'thanks.low.text':
    'Grazie per avercelo detto. Una persona del team di {brand} esaminerà la segnalazione entro {time}.',
  'thanks.middle.title': 'Grazie.',
  'thanks.middle.text': 'La risposta arriva direttamente a chi può migliorare le cose.',
  'thanks.high.title': 'Grazie mille!',
  'thanks.high.text': 'Abbiamo condiviso la buona notizia con il team.',

  'label.submit': 'Invia',
  'label.optional': 'facoltativo',
  'label.required': 'obbligatorio',
  'label.sending': 'Invio in corso…',
  'label.error': 'Non è stato possibile inviare la risposta. Si prega di riprovare.',

  'error.required': 'Si prega di rispondere a questa domanda.',
  'error.out_of_range': 'Si prega di scegliere un numero intero da {min} a {max}.',
  'error.wrong_type': 'Il formato di questa risposta non è adatto alla domanda.',
  'error.unknown_choice': 'Si prega di scegliere una delle risposte proposte.',
  'error.unknown_question': 'Questa domanda non fa parte del sondaggio.',
  'error.unreadable': 'Non è stato possibile leggere le risposte. Si prega di ricaricare la pagina.',
  'error.unknown_line': 'Questo ordine non contiene questo articolo.',
  'error.too_many': 'Scelga al massimo {max} risposte.',
  'error.ranking': 'Metta ogni risposta in un solo posto.',
  'error.name': 'Scriva il nome su una sola riga di 100 caratteri al massimo.',
  'error.email': 'Scriva un indirizzo e-mail come nome@example.com.',
  'error.phone': 'Scriva un numero di telefono come +39 06 1234 5678.',
  'error.upload': 'Il file non si trova. Lo aggiunga di nuovo.',
};
