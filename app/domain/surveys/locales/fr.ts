import type { TextId } from './en.ts';

/** French texts of surveys. */
export const fr: Record<TextId, string> = {
  'post_purchase.title': 'Comment s’est passé votre achat chez {brand}\u00a0?',
  'post_purchase.intro': 'Deux clics, et vous aidez les prochains clients.',
  'post_purchase.rating': 'Quel est votre niveau de satisfaction concernant cet achat\u00a0?',
  'post_purchase.confidence': 'Dans quelle mesure pensez-vous avoir fait le bon choix\u00a0?',
  'confidence.least': 'Pas du tout',
  'confidence.most': 'Tout à fait',
  'post_purchase.low': 'Qu’est-ce qui n’a pas bien fonctionné lors de votre achat\u00a0?',
  'post_purchase.middle': 'Qu’est-ce qui aurait rendu votre achat plus agréable\u00a0?',
  'post_purchase.high': 'Qu’avez-vous le plus apprécié lors de votre achat\u00a0?',

  'delivery.title': 'Votre commande est-elle bien arrivée\u00a0?',
  'delivery.intro': 'Un clic suffit pour évaluer la livraison par {brand}.',
  'delivery.rating': 'Quel est votre niveau de satisfaction concernant la livraison\u00a0?',
  'delivery.low': 'Qu’est-ce qui n’a pas bien fonctionné lors de la livraison\u00a0?',
  'delivery.middle': 'Qu’est-ce qui aurait amélioré la livraison\u00a0?',
  'delivery.high': 'Qu’avez-vous le plus apprécié dans la livraison\u00a0?',

  'usage.title': 'Votre achat vous plaît-il\u00a0?',
  'usage.intro': 'Vous avez reçu votre commande {brand} il y a quelques jours.',
  'usage.rating': 'Quel est votre niveau de satisfaction concernant le produit\u00a0?',
  'usage.low': 'Quel problème avez-vous rencontré avec le produit\u00a0?',
  'usage.middle': 'Qu’est-ce qui améliorerait le produit à vos yeux\u00a0?',
  'usage.high': 'Qu’est-ce qui vous plaît le plus dans ce produit\u00a0?',

  'relationship.title': 'Que pensez-vous de nous\u00a0?',
  'relationship.intro': 'Une seule question sur {brand} en général.',
  'relationship.rating': 'Quelle est la probabilité que vous recommandiez {brand} à un proche\u00a0?',
  'relationship.low': 'Qu’est-ce qui s’est mal passé pour vous\u00a0?',
  'relationship.middle': 'Selon vous, que pourrait améliorer {brand}\u00a0?',
  'relationship.high': 'Qu’appréciez-vous le plus chez {brand}\u00a0?',

  'csat.least': 'Très faible',
  'csat.most': 'Très élevé',
  'nps.least': 'Pas du tout probable',
  'nps.most': 'Extrêmement probable',

  'thanks.low.title': 'Nous sommes désolés.',
  'thanks.low.text':
    'Merci de nous l’avoir dit. Une personne de l’équipe {brand} examinera la situation sous {time}.',
  'thanks.middle.title': 'Merci.',
  'thanks.middle.text':
    'Votre réponse est transmise directement aux personnes qui peuvent améliorer les choses.',
  'thanks.high.title': 'Merci beaucoup\u00a0!',
  'thanks.high.text': 'Nous avons transmis la bonne nouvelle à l’équipe.',

  'label.submit': 'Envoyer',
  'label.optional': 'facultatif',
  'label.required': 'obligatoire',
  'label.sending': 'Envoi en cours…',
  'label.error': 'Votre réponse n’a pas pu être envoyée. Veuillez réessayer.',

  'error.required': 'Veuillez répondre à cette question.',
  'error.out_of_range': 'Veuillez choisir un nombre entier de {min} à {max}.',
  'error.wrong_type': 'Cette réponse n’a pas le format attendu pour cette question.',
  'error.unknown_choice': 'Veuillez choisir l’une des réponses proposées.',
  'error.unknown_question': 'Cette question ne figure pas dans le questionnaire.',
  'error.unreadable': 'Les réponses n’ont pas pu être lues. Veuillez recharger la page.',
  'error.unknown_line': 'Cette commande ne contient pas cet article.',
  'error.too_many': 'Merci de choisir {max} réponses au maximum.',
  'error.ranking': 'Merci de donner à chaque réponse une seule place.',
  'error.name': 'Merci d’écrire le nom sur une seule ligne, 100 caractères au maximum.',
  'error.email': 'Merci d’écrire une adresse e-mail comme nom@example.com.',
  'error.phone': 'Merci d’écrire un numéro de téléphone comme +33 1 23 45 67 89.',
  'error.upload': 'Ce fichier est introuvable. Merci de l’ajouter à nouveau.',
};
