/** Words of the messages by language. `{name}` is filled in by `say`; the layout escapes the result. */

const en = {
  'greeting.named': 'Hello {firstName},',
  'greeting.plain': 'Hello,',
  'product.plain': 'your order',

  'delivery.subject': 'Did {order} from {brand} arrive as it should?',
  'delivery.heading': 'Did your order arrive as it should?',
  'delivery.text':
    '{order} ({product}) should be with you by now. One tap tells {brand} how the delivery went.',
  'delivery.button': 'Rate the delivery',
  'usage.subject': 'How do you like {product}?',
  'usage.heading': 'How do you like what you bought?',
  'usage.text': 'You have had {product} from {order} for some days now. What is it like? One tap is enough.',
  'usage.button': 'Rate the product',
  'relationship.subject': 'How is {brand} doing?',
  'relationship.heading': 'How are we doing?',
  'relationship.text':
    'Some time has passed since {order} ({product}). How likely are you to recommend {brand} to a friend?',
  'relationship.button': 'Answer one question',
  'survey.preview': 'One question, less than a minute.',
  'survey.expiry': 'The link works once, for {days} days.',
  'survey.why': 'You get this mail because you ordered from {brand}.',

  'acknowledgement.subject': 'We are sorry about {order}',
  'acknowledgement.subject.plain': 'We are sorry, {brand} is looking into it',
  'acknowledgement.preview': 'What happens next, and by when.',
  'acknowledgement.heading': 'We are sorry.',
  'acknowledgement.heard': 'Thank you for telling us what went wrong. {brand} has opened a case for it.',
  'acknowledgement.next':
    'What happens next: someone looks into it and answers you personally by {answerBy}. Your case has the number {case}.',
  'acknowledgement.offer':
    'Until then, this code takes {amount} off your next order. It works once, until {expires}.',
  'acknowledgement.reply': 'You can answer this mail to add anything.',
  'acknowledgement.why': 'You get this mail because you told {brand} about a problem.',

  'referral.subject': 'Share {brand} with a friend',
  'referral.preview': 'A code of your own to pass on.',
  'referral.heading': 'Thank you for recommending us.',
  'referral.text':
    'You said you would recommend {brand}. Here is a code of your own that you can pass on to friends.',
  'referral.button': 'Open your link to share',
  'referral.why': 'You get this mail because you agreed to hear from {brand}.',

  'unsubscribe.text': 'You would rather not get such mails?',
  'unsubscribe.link': 'Unsubscribe',
};

export type MessageTextId = keyof typeof en;

const de: Record<MessageTextId, string> = {
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
  'relationship.subject': 'Wie macht sich {brand}?',
  'relationship.heading': 'Wie machen wir uns?',
  'relationship.text':
    'Seit {order} ({product}) ist etwas Zeit vergangen. Würden Sie {brand} weiterempfehlen?',
  'relationship.button': 'Eine Frage beantworten',
  'survey.preview': 'Eine Frage, weniger als eine Minute.',
  'survey.expiry': 'Der Link gilt einmal, {days} Tage lang.',
  'survey.why': 'Sie erhalten diese Nachricht, weil Sie bei {brand} bestellt haben.',

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
  'referral.button': 'Link zum Teilen öffnen',
  'referral.why': 'Sie erhalten diese Nachricht, weil Sie Nachrichten von {brand} zugestimmt haben.',

  'unsubscribe.text': 'Sie möchten solche Nachrichten nicht mehr?',
  'unsubscribe.link': 'Abmelden',
};

const tables: Record<string, Record<MessageTextId, string>> = { en, de };

export type Say = (id: MessageTextId, values?: Record<string, string | number>) => string;

/** The language for a locale tag ("de-AT" -> "de"), English when there is none, and its words. */
export function wordsFor(locale: string | null): { lang: string; say: Say } {
  const base = (locale ?? '').toLowerCase().split(/[-_]/)[0] ?? '';
  const lang = Object.hasOwn(tables, base) ? base : 'en';
  const table = tables[lang] ?? en;
  const say: Say = (id, values = {}) =>
    table[id].replace(/\{(\w+)\}/g, (whole, name: string) =>
      Object.hasOwn(values, name) ? String(values[name]) : whole,
    );
  return { lang, say };
}
