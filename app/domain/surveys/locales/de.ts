import type { TextId } from './en.ts';

/** German texts of surveys. */
export const de: Record<TextId, string> = {
  'post_purchase.title': 'Wie war Ihr Einkauf bei {brand}?',
  'post_purchase.intro': 'Zweimal tippen, und Sie helfen allen, die nach Ihnen einkaufen.',
  'post_purchase.rating': 'Wie zufrieden sind Sie mit Ihrem heutigen Einkauf?',
  'post_purchase.confidence': 'Wie sicher sind Sie, das Richtige gewählt zu haben?',
  'confidence.least': 'Gar nicht sicher',
  'confidence.most': 'Sehr sicher',
  'post_purchase.low': 'Was ist beim Einkaufen schiefgegangen?',
  'post_purchase.middle': 'Was hätte den Einkauf besser gemacht?',
  'post_purchase.high': 'Was hat Ihnen beim Einkaufen am besten gefallen?',

  'delivery.title': 'Ist Ihre Bestellung gut angekommen?',
  'delivery.intro': 'Einmal tippen genügt: Wie war die Lieferung von {brand}?',
  'delivery.rating': 'Wie zufrieden sind Sie mit der Lieferung?',
  'delivery.low': 'Was ist bei der Lieferung schiefgegangen?',
  'delivery.middle': 'Was hätte die Lieferung besser gemacht?',
  'delivery.high': 'Was hat Ihnen an der Lieferung am besten gefallen?',

  'usage.title': 'Wie gefällt Ihnen Ihr Kauf?',
  'usage.intro': 'Ihre Bestellung von {brand} ist nun seit einigen Tagen bei Ihnen.',
  'usage.rating': 'Wie zufrieden sind Sie mit dem Produkt?',
  'usage.low': 'Was stimmt mit dem Produkt nicht?',
  'usage.middle': 'Was würde das Produkt für Sie besser machen?',
  'usage.high': 'Was gefällt Ihnen daran am besten?',

  'relationship.title': 'Was halten Sie von uns?',
  'relationship.intro': 'Eine Frage zu {brand} insgesamt.',
  'relationship.rating': 'Wie wahrscheinlich ist es, dass Sie {brand} weiterempfehlen?',
  'relationship.low': 'Was ist für Sie schiefgegangen?',
  'relationship.middle': 'Was würde {brand} für Sie besser machen?',
  'relationship.high': 'Was gefällt Ihnen an {brand} am besten?',

  'csat.least': 'Sehr unzufrieden',
  'csat.most': 'Sehr zufrieden',
  'nps.least': 'Sehr unwahrscheinlich',
  'nps.most': 'Sehr wahrscheinlich',

  'thanks.low.title': 'Das tut uns leid.',
  'thanks.low.text': 'Danke für Ihre Offenheit. Bei {brand} kümmert sich jemand innerhalb von {time} darum.',
  'thanks.middle.title': 'Danke.',
  'thanks.middle.text': 'Ihre Antwort geht direkt an die Menschen, die etwas verbessern können.',
  'thanks.high.title': 'Vielen Dank!',
  'thanks.high.text': 'Wir haben die gute Nachricht an das Team weitergegeben.',

  'label.submit': 'Absenden',
  'label.optional': 'freiwillig',
  'label.required': 'erforderlich',
  'label.sending': 'Wird gesendet …',
  'label.error': 'Ihre Antwort konnte nicht gesendet werden. Bitte versuchen Sie es erneut.',

  'error.required': 'Bitte beantworten Sie diese Frage.',
  'error.out_of_range': 'Bitte wählen Sie eine ganze Zahl von {min} bis {max}.',
  'error.wrong_type': 'Diese Antwort passt nicht zur Frage.',
  'error.unknown_choice': 'Bitte wählen Sie eine der angebotenen Antworten.',
  'error.unknown_question': 'Diese Frage gibt es in der Umfrage nicht.',
  'error.unreadable': 'Die Antworten konnten nicht gelesen werden. Bitte laden Sie die Seite neu.',
};
