import type { TextId } from './en.ts';

/** Dutch texts of surveys. */
export const nl: Record<TextId, string> = {
  'post_purchase.title': 'Hoe was uw aankoop bij {brand}?',
  'post_purchase.intro': 'Twee tikken, en u helpt de volgende klant.',
  'post_purchase.rating': 'Hoe tevreden bent u over uw aankoop van vandaag?',
  'post_purchase.confidence': 'Hoe zeker bent u ervan dat u de juiste keuze hebt gemaakt?',
  'confidence.least': 'Helemaal niet zeker',
  'confidence.most': 'Heel zeker',
  'post_purchase.low': 'Wat ging er mis tijdens uw aankoop?',
  'post_purchase.middle': 'Wat had uw aankoop prettiger gemaakt?',
  'post_purchase.high': 'Wat beviel u het best tijdens uw aankoop?',

  'delivery.title': 'Is uw bestelling goed aangekomen?',
  'delivery.intro': 'Eén tik is genoeg: hoe verliep de bezorging door {brand}?',
  'delivery.rating': 'Hoe tevreden bent u over de bezorging?',
  'delivery.low': 'Wat ging er mis bij de bezorging?',
  'delivery.middle': 'Wat had de bezorging beter gemaakt?',
  'delivery.high': 'Wat beviel u het best aan de bezorging?',

  'usage.title': 'Hoe bevalt uw aankoop?',
  'usage.intro': 'U hebt uw bestelling van {brand} nu een paar dagen in huis.',
  'usage.rating': 'Hoe tevreden bent u over het product?',
  'usage.low': 'Wat is er mis met het product?',
  'usage.middle': 'Wat zou het product voor u beter maken?',
  'usage.high': 'Wat bevalt u het best aan het product?',

  'relationship.title': 'Wat vindt u van ons?',
  'relationship.intro': 'Eén vraag over {brand} in het algemeen.',
  'relationship.rating': 'Hoe waarschijnlijk is het dat u {brand} aanbeveelt aan vrienden of bekenden?',
  'relationship.low': 'Wat ging er voor u mis?',
  'relationship.middle': 'Wat kan {brand} voor u beter doen?',
  'relationship.high': 'Wat bevalt u het best aan {brand}?',

  'csat.least': 'Zeer ontevreden',
  'csat.most': 'Zeer tevreden',
  'nps.least': 'Zeer onwaarschijnlijk',
  'nps.most': 'Zeer waarschijnlijk',

  'thanks.low.title': 'Dat spijt ons.',
  'thanks.low.text': 'Dank u dat u het ons laat weten. Iemand van {brand} kijkt er binnen {time} naar.',
  'thanks.middle.title': 'Dank u wel.',
  'thanks.middle.text': 'Uw antwoord gaat rechtstreeks naar de mensen die er iets mee kunnen doen.',
  'thanks.high.title': 'Hartelijk dank!',
  'thanks.high.text': 'We hebben het goede nieuws doorgegeven aan het team.',

  'label.submit': 'Versturen',
  'label.optional': 'optioneel',
  'label.required': 'verplicht',
  'label.sending': 'Bezig met versturen…',
  'label.error': 'Uw antwoord kon niet worden verstuurd. Probeer het opnieuw.',

  'error.required': 'Geef een antwoord op deze vraag.',
  'error.out_of_range': 'Kies een geheel getal van {min} tot en met {max}.',
  'error.wrong_type': 'Dit antwoord past niet bij de vraag.',
  'error.unknown_choice': 'Kies een van de aangeboden antwoorden.',
  'error.unknown_question': 'Deze vraag hoort niet bij deze vragenlijst.',
  'error.unreadable': 'De antwoorden konden niet worden gelezen. Laad de pagina opnieuw.',
};
