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
  'relationship.text.plain':
    'Seit Ihrer letzten Bestellung ist etwas Zeit vergangen. Würden Sie {brand} weiterempfehlen?',
  'relationship.button': 'Jetzt antworten',
  'support.subject': 'Wie hat {brand} Ihnen geholfen?',
  'support.heading': 'Wie haben wir Ihnen geholfen?',
  'support.text':
    '{brand} hat sich um Ihr Anliegen gekümmert. Ein Tipp sagt uns, wie zufrieden Sie damit sind.',
  'support.button': 'Hilfe bewerten',
  'return.subject': 'Wie einfach war Ihre Rücksendung an {brand}?',
  'return.heading': 'Wie einfach war Ihre Rücksendung?',
  'return.text':
    'Sie haben etwas aus {order} ({product}) zurückgeschickt oder sind gerade dabei. Wie einfach war das mit {brand}? Ein Tipp genügt.',
  'return.button': 'Rücksendung bewerten',
  'milestone.subject': 'Danke von {brand}, und eine Frage',
  'milestone.heading': 'Danke für Ihre Treue.',
  'milestone.text':
    'Sie sind {brand} treu geblieben, und das bedeutet uns viel. Würden Sie {brand} weiterempfehlen?',
  'milestone.button': 'Jetzt antworten',
  'survey.preview': 'Ein Fingertipp genügt, um anzufangen.',
  'survey.expiry': 'Der Link ist nur für Sie bestimmt und gilt {time} lang.',
  'survey.why': 'Sie erhalten diese Nachricht, weil Sie bei {brand} bestellt haben.',
  'reminder.subject': 'Erinnerung: {subject}',
  'reminder.preview': 'Unsere Umfrage von vor ein paar Tagen, noch einmal.',
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

  'reward.subject': 'Ihre Prämie von {brand}',
  'reward.preview': 'Danke für Ihre Antworten.',
  'reward.heading': 'Danke für Ihre Antworten.',
  'reward.code':
    'Wie versprochen: Dieser Code senkt den Preis Ihrer nächsten Bestellung um {amount}. Er gilt einmal, bis {expires}.',
  'reward.points': 'Wie versprochen haben wir Ihnen {points} Punkte gutgeschrieben.',
  'reward.gone.subject': 'Zur Prämie von {brand}',
  'reward.gone.preview': 'Alle Prämien sind vergeben.',
  'reward.gone':
    'Es tut uns leid: Als Ihre Antworten ankamen, waren gerade alle Prämien vergeben. Ihre Antworten zählen trotzdem.',
  'reward.why': 'Sie erhalten diese Nachricht, weil Sie eine Umfrage von {brand} beantwortet haben.',
  'review.subject': 'Eine Bitte von {brand}',
  'review.preview': 'Würden Sie anderen davon erzählen?',
  'review.heading': 'Würden Sie anderen davon erzählen?',
  'review.text':
    'Ihr Fall {case} ist nun abgeschlossen. Wir bitten alle, die unsere Umfrage beantworten, um eine Bewertung, wie die Antwort auch ausfiel.',
  'review.button': 'Bewertung schreiben',
  'review.why': 'Sie erhalten diese Nachricht, weil Sie eine Umfrage von {brand} beantwortet haben.',

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
