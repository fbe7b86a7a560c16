import type { MessageTextId } from './en.ts';

/** German words of the messages. */
export const de: Record<MessageTextId, string> = {
  'greeting.named': 'Hallo {firstName},',
  'greeting.plain': 'Guten Tag,',
  'product.plain': 'Ihre Bestellung',

  'delivery.subject': 'Ist {order} von {brand} gut angekommen?',
  'delivery.heading': 'Ist Ihre Bestellung gut angekommen?',
  'delivery.text':
    '{order} ({product}) müsste inzwischen bei Ihnen sein. Ein Tipp sagt {brand}, wie die Lieferung war.',
  'delivery.button': 'Lieferung bewerten',
  'usage.subject': 'Wie gefällt Ihnen {product}?',
  'usage.heading': 'Wie gefällt Ihnen, was Sie gekauft haben?',
  'usage.text':
    'Seit einigen Tagen haben Sie {product} aus {order}. Wie zufrieden sind Sie damit? Ein Tipp genügt.',
  'usage.button': 'Produkt bewerten',
  'relationship.subject': 'Was halten Sie von {brand}?',
  'relationship.heading': 'Was halten Sie von uns?',
  'relationship.text':
    'Seit {order} ({product}) ist etwas Zeit vergangen. Würden Sie {brand} weiterempfehlen?',
  'relationship.button': 'Eine Frage beantworten',
  'survey.preview': 'Eine Frage, weniger als eine Minute.',
  'survey.expiry': 'Der Link gilt einmal, {time} lang.',
  'survey.why': 'Sie erhalten diese Nachricht, weil Sie bei {brand} bestellt haben.',
  'reminder.subject': 'Erinnerung: {subject}',
  'reminder.preview': 'Noch einmal dieselbe Frage, weniger als eine Minute.',
  'reminder.text':
    'Vor einigen Tagen hat {brand} Ihnen diese Frage gestellt und noch keine Antwort von Ihnen erhalten. Wenn Sie einen Moment Zeit haben: Ein Tipp genügt. Noch einmal erinnern wir Sie nicht daran.',

  'acknowledgement.subject': 'Es tut uns leid: {order}',
  'acknowledgement.subject.plain': 'Es tut uns leid, {brand} kümmert sich darum',
  'acknowledgement.preview': 'Was jetzt geschieht, und bis wann.',
  'acknowledgement.heading': 'Es tut uns leid.',
  'acknowledgement.heard':
    'Danke, dass Sie uns gesagt haben, was schiefgegangen ist. {brand} hat dazu einen Fall angelegt.',
  'acknowledgement.next':
    'Wie es weitergeht: Jemand sieht sich die Sache an und antwortet Ihnen persönlich bis {answerBy}. Ihr Fall hat die Nummer {case}.',
  'acknowledgement.offer':
    'Bis dahin: Dieser Code senkt den Preis Ihrer nächsten Bestellung um {amount}. Er gilt einmal, bis {expires}.',
  'acknowledgement.reply': 'Sie können auf diese Nachricht antworten, um etwas zu ergänzen.',
  'acknowledgement.why': 'Sie erhalten diese Nachricht, weil Sie {brand} ein Problem gemeldet haben.',

  'referral.subject': 'Empfehlen Sie {brand} weiter',
  'referral.preview': 'Ihr eigener Code zum Weitergeben.',
  'referral.heading': 'Danke, dass Sie uns empfehlen.',
  'referral.text':
    'Sie würden {brand} weiterempfehlen. Hier ist Ihr eigener Code, den Sie an Freunde weitergeben können.',
  'referral.offer': 'Wer ihn einlöst, bekommt {percent} Rabatt.',
  'referral.button': 'Link zum Teilen öffnen',
  'referral.why': 'Sie erhalten diese Nachricht, weil Sie Nachrichten von {brand} zugestimmt haben.',

  'unsubscribe.text': 'Sie möchten solche Nachrichten nicht mehr?',
  'unsubscribe.link': 'Abmelden',
};
