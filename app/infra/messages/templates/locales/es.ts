import type { MessageTextId } from './en.ts';

/** Spanish words of the messages. */
export const es: Record<MessageTextId, string> = {
  'greeting.named': 'Hola, {firstName}:',
  'greeting.plain': 'Hola:',
  'product.plain': 'su compra',

  'delivery.subject': '¿Ha llegado bien su pedido {order} de {brand}?',
  'delivery.heading': '¿Ha llegado bien su pedido?',
  'delivery.text':
    'Su pedido {order} ({product}) ya debería haber llegado. Basta un toque para contarle a {brand} cómo fue la entrega.',
  'delivery.button': 'Valorar la entrega',
  'usage.subject': '¿Qué le parece {product}?',
  'usage.heading': '¿Qué le parece su compra?',
  'usage.text': 'Hace unos días que tiene {product} (pedido {order}). ¿Qué le parece? Basta un toque.',
  'usage.button': 'Valorar el producto',
  'relationship.subject': '¿Qué opina de {brand}?',
  'relationship.heading': '¿Qué opina de nosotros?',
  'relationship.text':
    'Ha pasado algún tiempo desde su pedido {order} ({product}). ¿Con qué probabilidad recomendaría {brand} a alguien cercano?',
  'relationship.text.plain':
    'Ha pasado algún tiempo desde su último pedido. ¿Con qué probabilidad recomendaría {brand} a alguien cercano?',
  'relationship.button': 'Responder ahora',
  'support.subject': '¿Qué tal le atendió {brand}?',
  'support.heading': '¿Le hemos ayudado?',
  'support.text': '{brand} se ha ocupado de su consulta. Con un toque nos dice cómo fue.',
  'support.button': 'Valorar la atención',
  'return.subject': '¿Fue fácil la devolución a {brand}?',
  'return.heading': '¿Fue fácil la devolución?',
  'return.text':
    'Ha devuelto algo del pedido {order} ({product}), o está a punto de hacerlo. ¿Fue fácil con {brand}? Basta un toque.',
  'return.button': 'Valorar la devolución',
  'milestone.subject': 'Gracias de parte de {brand}, y una pregunta',
  'milestone.heading': 'Gracias por su fidelidad.',
  'milestone.text':
    'Sigue eligiendo {brand}, y eso significa mucho para nosotros. ¿Qué probabilidad hay de que recomiende {brand} a amigos o familiares?',
  'milestone.button': 'Responder ahora',
  'survey.preview': 'Basta un toque para empezar.',
  'survey.expiry': 'El enlace es personal y sirve durante {time}.',
  'survey.why': 'Recibe este correo porque hizo un pedido en {brand}.',
  'reminder.subject': 'Recordatorio: {subject}',
  'reminder.preview': 'Nuestra encuesta de hace unos días, una vez más.',
  'reminder.text':
    'Hace unos días, {brand} le hizo esta pregunta y todavía no ha recibido su respuesta. Si tiene un momento, basta un toque. No volveremos a recordárselo.',

  'acknowledgement.subject': 'Lamentamos lo ocurrido con su pedido {order}',
  'acknowledgement.subject.plain': 'Lo sentimos, {brand} ya lo está revisando',
  'acknowledgement.preview': 'Qué ocurrirá ahora y en qué plazo.',
  'acknowledgement.heading': 'Lo sentimos.',
  'acknowledgement.heard': 'Gracias por contarnos qué salió mal. {brand} ha abierto un caso al respecto.',
  'acknowledgement.next':
    'Próximos pasos: una persona del equipo lo revisará y le responderá personalmente a más tardar el {answerBy}. Su caso tiene el número {case}.',
  'acknowledgement.offer':
    'Mientras tanto, con este código obtiene {amount} de descuento en su próximo pedido. Sirve una sola vez, hasta el {expires}.',
  'acknowledgement.reply': 'Puede responder a este correo si desea añadir algo.',
  'acknowledgement.why': 'Recibe este correo porque informó de un problema a {brand}.',

  'reward.subject': 'Su recompensa de {brand}',
  'reward.preview': 'Gracias por sus respuestas.',
  'reward.heading': 'Gracias por sus respuestas.',
  'reward.code':
    'Como prometimos, este código descuenta {amount} de su próximo pedido. Puede usarse una sola vez, hasta el {expires}.',
  'reward.points': 'Como prometimos, le hemos abonado {points} puntos.',
  'reward.gone.subject': 'Sobre la recompensa de {brand}',
  'reward.gone.preview': 'Ya se han entregado todas las recompensas.',
  'reward.gone':
    'Lo sentimos: cuando llegaron sus respuestas, acababan de entregarse todas las recompensas. Sus respuestas cuentan igualmente.',
  'reward.why': 'Recibe este correo porque ha completado una encuesta de {brand}.',
  'review.subject': 'Una petición de {brand}',
  'review.preview': '¿Le gustaría contarlo a otras personas?',
  'review.heading': '¿Le gustaría contarlo a otras personas?',
  'review.text':
    'Su caso {case} ya está cerrado. Pedimos una reseña a todas las personas que responden a nuestra encuesta, sea cual sea su respuesta.',
  'review.button': 'Escribir una reseña',
  'review.why': 'Recibe este correo porque ha respondido a una encuesta de {brand}.',

  'referral.subject': 'Comparta {brand} con sus amistades',
  'referral.preview': 'Un código propio para compartir.',
  'referral.heading': 'Gracias por recomendarnos.',
  'referral.text':
    'Nos dijo que recomendaría {brand}. Aquí tiene un código propio que puede compartir con sus amistades.',
  'referral.offer': 'Cada persona que lo use recibe un descuento del {percent}.',
  'referral.button': 'Abrir su enlace para compartir',
  'referral.why': 'Recibe este correo porque aceptó recibir mensajes de {brand}.',

  'unsubscribe.text': '¿Prefiere no recibir más correos como este?',
  'unsubscribe.link': 'Darse de baja',
};
