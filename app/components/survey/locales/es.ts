import type { PageTextId } from './en.ts';

/** Spanish words of the shopper pages. */
export const es: Record<PageTextId, string> = {
  'not_found.title': 'Este enlace está incompleto',
  'not_found.text': 'Abra de nuevo el enlace de su correo. Si lo copió, puede que falte una parte.',
  'expired.title': 'Este enlace ha caducado',
  'expired.text': 'La encuesta está cerrada. Gracias por querer responder.',
  'already_answered.title': 'Ya ha respondido',
  'already_answered.text': 'Gracias, hemos recibido su respuesta. Este enlace sirve una sola vez.',
  'redacted.title': 'Esta encuesta ya no existe',
  'redacted.text': 'Los datos a los que se refería se han eliminado.',
  'shop_uninstalled.title': 'Esta encuesta está cerrada',
  'shop_uninstalled.text': 'La tienda ya no recoge respuestas aquí.',
  'rate_limited.title': 'Un momento, por favor',
  'rate_limited.text': 'Ha habido demasiadas solicitudes. Inténtelo de nuevo en un minuto.',
  'trouble.title': 'Esto no funciona en este momento',
  'trouble.text': 'Algo ha fallado por nuestra parte. Inténtelo de nuevo dentro de un momento.',
  'answer.saved': 'Sus respuestas hasta ahora están guardadas.',
  'answer.offline':
    'Ahora mismo no hay conexión. Su respuesta se enviará en cuanto vuelva; deje esta página abierta, por favor.',
  'errors.title': 'Falta una respuesta o hay algún error:',
  'unsubscribe.title': 'Darse de baja de los correos',
  'unsubscribe.text':
    '{brand} ya no le enviará encuestas ni ofertas desde este servicio. Los mensajes sobre un problema que haya comunicado no se ven afectados.',
  'unsubscribe.button': 'Darse de baja',
  'unsubscribed.title': 'Se ha dado de baja',
  'unsubscribed.text': '{brand} ya no le enviará encuestas ni ofertas desde este servicio.',
  'about.order': 'Se trata de su pedido {order}.',
};
