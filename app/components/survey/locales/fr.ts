import type { PageTextId } from './en.ts';

/** French words of the shopper pages. */
export const fr: Record<PageTextId, string> = {
  'not_found.title': 'Ce lien est incomplet',
  'not_found.text':
    'Veuillez rouvrir le lien reçu par e-mail. S’il a été copié, il en manque peut-être une partie.',
  'expired.title': 'Ce lien a expiré',
  'expired.text': 'Le questionnaire est clos. Merci d’avoir voulu y répondre.',
  'already_answered.title': 'Vous avez déjà répondu',
  'already_answered.text':
    'Merci, votre réponse nous est bien parvenue. Ce lien ne fonctionne qu’une seule fois.',
  'redacted.title': 'Ce questionnaire n’existe plus',
  'redacted.text': 'Les données auxquelles il se rapportait ont été effacées.',
  'shop_uninstalled.title': 'Ce questionnaire est clos',
  'shop_uninstalled.text': 'La boutique n’accepte plus de réponses ici.',
  'rate_limited.title': 'Un instant, s’il vous plaît',
  'rate_limited.text': 'Il y a eu trop de demandes. Veuillez réessayer dans une minute.',
  'trouble.title': 'Cette page ne fonctionne pas pour le moment',
  'trouble.text': 'Un problème est survenu de notre côté. Veuillez réessayer dans un instant.',
  'answer.saved': 'Vos réponses sont enregistrées au fur et à mesure.',
  'answer.offline':
    'Pas de connexion pour le moment. Votre réponse partira dès son retour ; merci de laisser cette page ouverte.',
  'errors.title': 'Une réponse manque ou n’est pas valable\u00a0:',
  'unsubscribe.title': 'Se désinscrire des e-mails',
  'unsubscribe.text':
    '{brand} ne vous enverra plus de questionnaires ni d’offres par ce service. Les messages liés à un problème que vous avez signalé ne sont pas concernés.',
  'unsubscribe.button': 'Se désinscrire',
  'unsubscribed.title': 'Votre désinscription est enregistrée',
  'unsubscribed.text': '{brand} ne vous enverra plus de questionnaires ni d’offres par ce service.',
  'about.order': 'Il s’agit de votre commande {order}.',
};
