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
  'relationship.text.plain':
    'Un peu de temps a passé depuis votre dernière commande. Quelle est la probabilité que vous recommandiez {brand} à un proche\u00a0?',
  'relationship.button': 'Répondre',
  'support.subject': 'Comment {brand} vous a-t-il aidé\u00a0?',
  'support.heading': 'Avons-nous su vous aider\u00a0?',
  'support.text':
    'L’équipe {brand} a traité votre demande. Un clic suffit pour nous dire ce que vous en pensez.',
  'support.button': 'Évaluer l’aide reçue',
  'return.subject': 'Votre retour chez {brand} a-t-il été simple\u00a0?',
  'return.heading': 'Votre retour a-t-il été simple\u00a0?',
  'return.text':
    'Vous avez renvoyé un article de votre commande {order} ({product}), ou êtes sur le point de le faire. Était-ce simple avec {brand}\u00a0? Un clic suffit.',
  'return.button': 'Évaluer le retour',
  'milestone.subject': 'Merci de la part de l’équipe {brand}, et une question',
  'milestone.heading': 'Merci de votre fidélité.',
  'milestone.text':
    'Vous êtes fidèle à {brand}, et nous vous en remercions. Quelle est la probabilité que vous recommandiez {brand} à un proche\u00a0?',
  'milestone.button': 'Répondre',
  'survey.preview': 'Un clic suffit pour commencer.',
  'survey.expiry': 'Le lien est personnel et reste valable pendant {time}.',
  'survey.why': 'Vous recevez cet e-mail parce que vous avez passé commande chez {brand}.',
  'reminder.subject': 'Rappel\u00a0: {subject}',
  'reminder.preview': 'Notre enquête d’il y a quelques jours, encore une fois.',
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

  'reward.subject': 'Votre récompense chez {brand}',
  'reward.preview': 'Merci pour vos réponses.',
  'reward.heading': 'Merci pour vos réponses.',
  'reward.code':
    'Comme promis, ce code vous donne {amount} de réduction sur votre prochaine commande. Il est utilisable une seule fois, jusqu’au {expires}.',
  'reward.points': 'Comme promis, {points} points vous ont été attribués.',
  'reward.gone.subject': 'À propos de votre récompense chez {brand}',
  'reward.gone.preview': 'Toutes les récompenses ont été attribuées.',
  'reward.gone':
    'Nous sommes désolés\u00a0: à l’arrivée de vos réponses, toutes les récompenses venaient d’être attribuées. Vos réponses comptent tout autant.',
  'reward.why': 'Vous recevez cet e-mail parce que vous avez répondu à un questionnaire envoyé par {brand}.',
  'review.subject': '{brand} aimerait votre avis',
  'review.preview': 'Souhaitez-vous en parler à d’autres\u00a0?',
  'review.heading': 'Souhaitez-vous en parler à d’autres\u00a0?',
  'review.text':
    'Votre dossier {case} est maintenant clos. Nous demandons un avis à toutes les personnes qui répondent à notre questionnaire, quelle que soit leur réponse.',
  'review.button': 'Rédiger un avis',
  'review.why': 'Vous recevez cet e-mail parce que vous avez répondu à un questionnaire envoyé par {brand}.',

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
