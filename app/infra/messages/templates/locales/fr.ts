import type { MessageTextId } from './en.ts';

/** French words of the messages. No "de" or "que" before a placeholder: they would have to be elided before a vowel. */
export const fr: Record<MessageTextId, string> = {
  'greeting.named': 'Bonjour {firstName},',
  'greeting.plain': 'Bonjour,',
  'product.plain': 'vos achats',

  'delivery.subject': 'Votre commande {order} chez {brand} est-elle bien arrivée\u00a0?',
  'delivery.heading': 'Votre commande est-elle bien arrivée\u00a0?',
  'delivery.text':
    'Votre commande {order} ({product}) devrait maintenant être arrivée. Un clic suffit pour dire à {brand} comment s’est passée la livraison.',
  'delivery.button': 'Évaluer la livraison',
  'usage.subject': 'Comment trouvez-vous {product}\u00a0?',
  'usage.heading': 'Votre achat vous plaît-il\u00a0?',
  'usage.text':
    'Vous avez {product} (commande {order}) depuis quelques jours. Qu’en pensez-vous\u00a0? Un clic suffit.',
  'usage.button': 'Évaluer le produit',
  'relationship.subject': 'Quel est votre avis sur {brand}\u00a0?',
  'relationship.heading': 'Que pensez-vous de nous\u00a0?',
  'relationship.text':
    'Un peu de temps a passé depuis votre commande {order} ({product}). Quelle est la probabilité que vous recommandiez {brand} à un proche\u00a0?',
  'relationship.button': 'Répondre à une question',
  'survey.preview': 'Une question, moins d’une minute.',
  'survey.expiry': 'Le lien est utilisable une seule fois, pendant {time}.',
  'survey.why': 'Vous recevez cet e-mail parce que vous avez passé commande chez {brand}.',
  'reminder.subject': 'Rappel\u00a0: {subject}',
  'reminder.preview': 'La même question, moins d’une minute.',
  'reminder.text':
    'Il y a quelques jours, {brand} vous a posé cette question et n’a pas encore reçu votre réponse. Si vous avez un instant, un clic suffit. Vous ne recevrez pas d’autre rappel à ce sujet.',

  'acknowledgement.subject': 'Nous sommes désolés pour votre commande {order}',
  'acknowledgement.subject.plain': 'Nous sommes désolés, {brand} s’en occupe',
  'acknowledgement.preview': 'La suite, et dans quel délai.',
  'acknowledgement.heading': 'Nous sommes désolés.',
  'acknowledgement.heard':
    'Merci de nous avoir dit ce qui n’a pas fonctionné. {brand} a ouvert un dossier à ce sujet.',
  'acknowledgement.next':
    'La suite\u00a0: une personne de l’équipe examine la situation et vous répond personnellement au plus tard le {answerBy}. Votre dossier porte le numéro {case}.',
  'acknowledgement.offer':
    'En attendant, ce code vous donne {amount} de réduction sur votre prochaine commande. Il est utilisable une seule fois, jusqu’au {expires}.',
  'acknowledgement.reply': 'Vous pouvez répondre à cet e-mail pour ajouter des précisions.',
  'acknowledgement.why': 'Vous recevez cet e-mail parce que vous avez signalé un problème à {brand}.',

  'referral.subject': 'Faites découvrir {brand} à vos proches',
  'referral.preview': 'Un code personnel à partager.',
  'referral.heading': 'Merci de nous recommander.',
  'referral.text':
    'Vous avez indiqué pouvoir recommander {brand}. Voici un code personnel que vous pouvez transmettre à vos proches.',
  'referral.offer': 'Chaque proche qui l’utilise obtient une réduction de {percent}.',
  'referral.button': 'Ouvrir votre lien de partage',
  'referral.why': 'Vous recevez cet e-mail parce que vous avez accepté les messages envoyés par {brand}.',

  'unsubscribe.text': 'Vous ne souhaitez plus recevoir ces e-mails\u00a0?',
  'unsubscribe.link': 'Se désinscrire',
};
