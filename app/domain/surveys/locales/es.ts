import type { TextId } from './en.ts';

/** Spanish texts of surveys. */
export const es: Record<TextId, string> = {
  'post_purchase.title': '¿Qué tal fue su compra en {brand}?',
  'post_purchase.intro': 'Con solo dos toques ayuda a quienes compren después.',
  'post_purchase.rating': '¿Cuál es su nivel de satisfacción con esta compra?',
  'post_purchase.confidence': '¿Qué seguridad tiene de haber elegido bien?',
  'confidence.least': 'Ninguna seguridad',
  'confidence.most': 'Mucha seguridad',
  'post_purchase.low': '¿Qué salió mal durante la compra?',
  'post_purchase.middle': '¿Qué habría mejorado la compra?',
  'post_purchase.high': '¿Qué fue lo que más le gustó de la compra?',

  'delivery.title': '¿Ha llegado bien su pedido?',
  'delivery.intro': 'Basta un toque para valorar la entrega de {brand}.',
  'delivery.rating': '¿Cuál es su nivel de satisfacción con la entrega?',
  'delivery.low': '¿Qué salió mal en la entrega?',
  'delivery.middle': '¿Qué habría mejorado la entrega?',
  'delivery.high': '¿Qué fue lo que más le gustó de la entrega?',

  'usage.title': '¿Qué le parece su compra?',
  'usage.intro': 'Hace ya unos días que tiene su pedido de {brand}.',
  'usage.rating': '¿Cuál es su nivel de satisfacción con el producto?',
  'usage.low': '¿Qué problema ha tenido con el producto?',
  'usage.middle': '¿Qué mejoraría el producto para usted?',
  'usage.high': '¿Qué es lo que más le gusta del producto?',

  'relationship.title': '¿Qué opina de nosotros?',
  'relationship.intro': 'Una sola pregunta sobre {brand} en general.',
  'relationship.rating': '¿Con qué probabilidad recomendaría {brand} a alguien cercano?',
  'relationship.low': '¿Qué salió mal en su caso?',
  'relationship.middle': '¿Qué podría mejorar {brand} para usted?',
  'relationship.high': '¿Qué es lo que más le gusta de {brand}?',

  'csat.least': 'Muy bajo',
  'csat.most': 'Muy alto',
  'nps.least': 'Nada probable',
  'nps.most': 'Muy probable',

  'thanks.low.title': 'Lo sentimos.',
  'thanks.low.text':
    'Gracias por contárnoslo. Una persona del equipo de {brand} lo revisará en un plazo de {time}.',
  'thanks.middle.title': 'Gracias.',
  'thanks.middle.text': 'Su respuesta llega directamente a las personas que pueden mejorar las cosas.',
  'thanks.high.title': '¡Muchas gracias!',
  'thanks.high.text': 'Hemos compartido la buena noticia con el equipo.',

  'label.submit': 'Enviar',
  'label.optional': 'opcional',
  'label.required': 'obligatorio',
  'label.sending': 'Enviando…',
  'label.error': 'No se ha podido enviar su respuesta. Inténtelo de nuevo.',

  'error.required': 'Por favor, responda a esta pregunta.',
  'error.out_of_range': 'Elija un número entero del {min} al {max}.',
  'error.wrong_type': 'Esta respuesta no tiene el formato que corresponde a la pregunta.',
  'error.unknown_choice': 'Elija una de las respuestas ofrecidas.',
  'error.unknown_question': 'Esta pregunta no forma parte de la encuesta.',
  'error.unreadable': 'No se han podido leer las respuestas. Vuelva a cargar la página.',
  'error.unknown_line': 'Este pedido no contiene ese artículo.',
  'error.too_many': 'Elija como máximo {max}.',
  'error.ranking': 'Ponga cada respuesta en un solo lugar.',
  'error.name': 'Escriba el nombre en una sola línea de 100 caracteres como máximo.',
  'error.email': 'Escriba una dirección de correo como nombre@example.com.',
  'error.phone': 'Escriba un número de teléfono como +34 912 345 678.',
  'error.upload': 'No se encuentra este archivo. Añádalo de nuevo.',
};
