import type { PageTextId } from './en.ts';

/** French words of the shopper pages. */
export const fr: Record<PageTextId, string> = {
  'not_found.title': 'Ce lien est incomplet',
  'not_found.text':
    'Veuillez rouvrir le lien reçu par e-mail. S’il a été copié, il en manque peut-être une partie.',
  'expired.title': 'Ce lien a expiré',
  'expired.text': 'Le questionnaire est clos. Merci d’avoir voulu y répondre.',
  'already_answered.title': 'Vous avez déjà répondu',
  'already_answered.text': 'Merci, votre réponse nous est bien parvenue.',
  'already_answered.kept':
    'Votre réponse précédente nous est bien parvenue et reste telle quelle. Ce que vous venez d’envoyer n’y change rien.',
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
    'Quels e-mails envoyés par {brand} ne souhaitez-vous plus recevoir ? Les messages au sujet d’un problème que vous avez signalé ne sont pas concernés.',
  'unsubscribe.surveys': 'Plus de questionnaires',
  'unsubscribe.all': 'Plus de questionnaires ni d’offres',
  'unsubscribe.undo': 'Annuler',
  'unsubscribed.title': 'Votre désinscription est enregistrée',
  'unsubscribed.text': '{brand} ne vous enverra plus de questionnaires ni d’offres par ce service.',
  'unsubscribed_surveys.title': 'Plus de questionnaires',
  'unsubscribed_surveys.text':
    '{brand} ne vous enverra plus de questionnaires. Les offres et les nouvelles ne sont pas concernées.',
  'resubscribed.title': 'Tout redevient comme avant',
  'resubscribed.text': '{brand} peut de nouveau vous écrire comme avant.',
  'identity.anonymous':
    'Votre réponse est enregistrée sans votre nom ni votre commande ; seul le jour est conservé. Elle ne pourra plus être modifiée.',
  'identity.pseudonymous':
    'Votre réponse est enregistrée sous un pseudonyme, sans votre nom ni votre numéro de commande.',
  'about.order': 'Il s’agit de votre commande {order}.',
  'test.notice': 'Ceci est un test\u00a0: vos réponses ne sont pas enregistrées.',
  'kiosk.language': 'Langue',
  'kiosk.full_screen': 'Plein écran',
  'kiosk.start_over': 'Recommencer',
  'kiosk.still_there': 'Êtes-vous toujours là ?',
  'kiosk.countdown': 'Sinon, cette page recommence dans {seconds} s.',
  'kiosk.go_on': 'Continuer',
  'kiosk.held': 'Cet appareil n’accepte plus de réponses pour le moment',
  'kiosk.held_text':
    'Trop de réponses attendent d’être envoyées. Veuillez prévenir le personnel qu’il lui faut une connexion.',
  'kiosk.needs_script': 'Cette page a besoin de JavaScript.',
};
