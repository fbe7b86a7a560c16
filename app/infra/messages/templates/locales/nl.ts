import type { MessageTextId } from './en.ts';

/** Dutch words of the messages. */
export const nl: Record<MessageTextId, string> = {
  'greeting.named': 'Beste {firstName},',
  'greeting.plain': 'Beste klant,',
  'product.plain': 'uw aankoop',

  'delivery.subject': 'Is uw bestelling {order} van {brand} goed aangekomen?',
  'delivery.heading': 'Is uw bestelling goed aangekomen?',
  'delivery.text':
    'Uw bestelling {order} ({product}) zou nu bij u moeten zijn. Met één tik laat u {brand} weten hoe de bezorging verliep.',
  'delivery.button': 'Bezorging beoordelen',
  'usage.subject': 'Hoe bevalt {product}?',
  'usage.heading': 'Hoe bevalt uw aankoop?',
  'usage.text':
    'U hebt {product} (bestelling {order}) nu een paar dagen in huis. Hoe bevalt het? Eén tik is genoeg.',
  'usage.button': 'Product beoordelen',
  'relationship.subject': 'Wat vindt u van {brand}?',
  'relationship.heading': 'Wat vindt u van ons?',
  'relationship.text':
    'Er is enige tijd verstreken sinds uw bestelling {order} ({product}). Hoe waarschijnlijk is het dat u {brand} aanbeveelt aan vrienden of bekenden?',
  'relationship.text.plain':
    'Er is enige tijd verstreken sinds uw laatste bestelling. Hoe waarschijnlijk is het dat u {brand} aanbeveelt aan vrienden of bekenden?',
  'relationship.button': 'Nu antwoorden',
  'support.subject': 'Hoe heeft {brand} u geholpen?',
  'support.heading': 'Hoe hebben we u geholpen?',
  'support.text': '{brand} heeft uw vraag afgehandeld. Met één tik laat u weten hoe dat ging.',
  'support.button': 'Hulp beoordelen',
  'return.subject': 'Hoe makkelijk was uw retour aan {brand}?',
  'return.heading': 'Hoe makkelijk was uw retour?',
  'return.text':
    'U hebt iets uit bestelling {order} ({product}) teruggestuurd, of gaat dat doen. Hoe makkelijk maakte {brand} het u? Eén tik is genoeg.',
  'return.button': 'Retour beoordelen',
  'milestone.subject': 'Dank u wel namens {brand}, en één vraag',
  'milestone.heading': 'Dank u wel voor uw trouw.',
  'milestone.text':
    'U blijft {brand} trouw, en dat waarderen we zeer. Hoe waarschijnlijk is het dat u {brand} aanbeveelt aan vrienden of bekenden?',
  'milestone.button': 'Nu antwoorden',
  'survey.preview': 'Eén tik is genoeg om te beginnen.',
  'survey.expiry': 'De link is persoonlijk en is {time} geldig.',
  'survey.why': 'U ontvangt deze e-mail omdat u iets hebt besteld bij {brand}.',
  'reminder.subject': 'Herinnering: {subject}',
  'reminder.preview': 'Onze enquête van een paar dagen geleden, nog één keer.',
  'reminder.text':
    'Een paar dagen geleden stelde {brand} u deze vraag; een antwoord van u is er nog niet. Hebt u even tijd? Eén tik is genoeg. We herinneren u er niet nog een keer aan.',

  'acknowledgement.subject': 'Excuses voor het ongemak met bestelling {order}',
  'acknowledgement.subject.plain': 'Het spijt ons, {brand} gaat ermee aan de slag',
  'acknowledgement.preview': 'Wat er nu gebeurt, en wanneer.',
  'acknowledgement.heading': 'Het spijt ons.',
  'acknowledgement.heard':
    'Dank u dat u ons hebt laten weten wat er misging. {brand} heeft er een dossier voor geopend.',
  'acknowledgement.next':
    'Wat er nu gebeurt: iemand kijkt ernaar en antwoordt u persoonlijk, uiterlijk {answerBy}. Uw dossier heeft nummer {case}.',
  'acknowledgement.offer':
    'Met deze code krijgt u intussen {amount} korting op uw volgende bestelling. De code werkt één keer, tot {expires}.',
  'acknowledgement.reply': 'U kunt deze e-mail beantwoorden als u iets wilt toevoegen.',
  'acknowledgement.why': 'U ontvangt deze e-mail omdat u een probleem hebt gemeld bij {brand}.',

  'reward.subject': 'Uw beloning van {brand}',
  'reward.preview': 'Dank u voor uw antwoorden.',
  'reward.heading': 'Dank u voor uw antwoorden.',
  'reward.code':
    'Zoals beloofd krijgt u met deze code {amount} korting op uw volgende bestelling. De code werkt één keer, tot {expires}.',
  'reward.points': 'Zoals beloofd hebben we u {points} punten gegeven.',
  'reward.gone.subject': 'Over de beloning van {brand}',
  'reward.gone.preview': 'Alle beloningen zijn vergeven.',
  'reward.gone':
    'Het spijt ons: toen uw antwoorden binnenkwamen, waren alle beloningen net vergeven. Uw antwoorden tellen evengoed mee.',
  'reward.why': 'U ontvangt deze e-mail omdat u een enquête van {brand} hebt ingevuld.',
  'review.subject': 'Een verzoek van {brand}',
  'review.preview': 'Wilt u er anderen over vertellen?',
  'review.heading': 'Wilt u er anderen over vertellen?',
  'review.text':
    'Uw dossier {case} is nu gesloten. We vragen iedereen die onze enquête invult om een beoordeling, wat het antwoord ook was.',
  'review.button': 'Schrijf een beoordeling',
  'review.why': 'U ontvangt deze e-mail omdat u een enquête van {brand} hebt beantwoord.',

  'referral.subject': 'Deel {brand} met vrienden',
  'referral.preview': 'Een eigen code om door te geven.',
  'referral.heading': 'Dank u voor uw aanbeveling.',
  'referral.text':
    'U gaf aan dat u {brand} zou aanbevelen. Hier is een eigen code die u aan vrienden kunt doorgeven.',
  'referral.offer': 'Wie hem gebruikt, krijgt {percent} korting.',
  'referral.button': 'Open uw link om te delen',
  'referral.why': 'U ontvangt deze e-mail omdat u hebt ingestemd met berichten van {brand}.',

  'unsubscribe.text': 'Wilt u zulke e-mails liever niet meer ontvangen?',
  'unsubscribe.link': 'Afmelden',
};
