/** English texts of surveys; every other language has exactly these ids. `{name}` is filled in. */
export const en = {
  'post_purchase.title': 'How was buying from {brand}?',
  'post_purchase.intro': 'Two taps, and you help the next shopper.',
  'post_purchase.rating': 'How satisfied are you with the way you bought today?',
  'post_purchase.confidence': 'How confident are you that you chose the right thing?',
  'confidence.least': 'Not confident',
  'confidence.most': 'Very confident',
  'post_purchase.low': 'What went wrong while you were buying?',
  'post_purchase.middle': 'What would have made buying better?',
  'post_purchase.high': 'What did you like best about buying here?',

  'delivery.title': 'Did your order arrive as it should?',
  'delivery.intro': 'One tap about the delivery by {brand} is enough.',
  'delivery.rating': 'How satisfied are you with the delivery?',
  'delivery.low': 'What went wrong with the delivery?',
  'delivery.middle': 'What would have made the delivery better?',
  'delivery.high': 'What did you like best about the delivery?',

  'usage.title': 'How do you like what you bought?',
  'usage.intro': 'You have had your order from {brand} for some days now.',
  'usage.rating': 'How satisfied are you with the product?',
  'usage.low': 'What went wrong with the product?',
  'usage.middle': 'What would make the product better for you?',
  'usage.high': 'What do you like best about it?',

  'relationship.title': 'How are we doing?',
  'relationship.intro': 'One question about {brand} as a whole.',
  'relationship.rating': 'How likely are you to recommend {brand} to a friend?',
  'relationship.low': 'What went wrong for you?',
  'relationship.middle': 'What would make {brand} better for you?',
  'relationship.high': 'What do you like best about {brand}?',

  'csat.least': 'Very dissatisfied',
  'csat.most': 'Very satisfied',
  'nps.least': 'Not at all likely',
  'nps.most': 'Extremely likely',

  'thanks.low.title': 'We are sorry.',
  'thanks.low.text': 'Thank you for telling us. Someone at {brand} will look into it within {time}.',
  'thanks.middle.title': 'Thank you.',
  'thanks.middle.text': 'Your answer goes straight to the people who can make it better.',
  'thanks.high.title': 'Thank you!',
  'thanks.high.text': 'We have passed the good news on to the team.',

  'label.submit': 'Send',
  'label.optional': 'optional',
  'label.required': 'required',
  'label.sending': 'Sending…',
  'label.error': 'Your answer could not be sent. Please try again.',

  'error.required': 'Please answer this question.',
  'error.out_of_range': 'Please choose a whole number from {min} to {max}.',
  'error.wrong_type': 'This answer has the wrong form for this question.',
  'error.unknown_choice': 'Please choose one of the offered answers.',
  'error.unknown_question': 'This survey has no such question.',
  'error.unreadable': 'The answers could not be read. Please load the page again.',
};

export type TextId = keyof typeof en;
