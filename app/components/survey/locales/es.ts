import type { PageTextId } from './en.ts';

/** Spanish words of the shopper pages. */
export const es: Record<PageTextId, string> = {
  'not_found.title': 'Este enlace está incompleto',
  'not_found.text': 'Abra de nuevo el enlace de su correo. Si lo copió, puede que falte una parte.',
  'expired.title': 'Este enlace ha caducado',
  'expired.text': 'La encuesta está cerrada. Gracias por querer responder.',
  'already_answered.title': 'Ya ha respondido',
  'already_answered.text': 'Gracias, hemos recibido su respuesta.',
  'already_answered.kept':
    'Su respuesta anterior ha llegado y queda como está. Lo que acaba de enviar no la cambia.',
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
    '¿Qué correos de {brand} prefiere no recibir? Los mensajes sobre un problema que haya comunicado no cambian.',
  'unsubscribe.surveys': 'No recibir más encuestas',
  'unsubscribe.all': 'No recibir más encuestas ni ofertas',
  'unsubscribe.undo': 'Deshacer',
  'unsubscribed.title': 'Se ha dado de baja',
  'unsubscribed.text': '{brand} ya no le enviará encuestas ni ofertas desde este servicio.',
  'unsubscribed_surveys.title': 'Sin más encuestas',
  'unsubscribed_surveys.text': '{brand} ya no le enviará encuestas. Las ofertas y novedades no cambian.',
  'resubscribed.title': 'Todo como antes',
  'resubscribed.text': '{brand} puede volver a escribirle como antes.',
  'identity.anonymous':
    'Su respuesta se guarda sin su nombre ni su pedido; de la hora solo queda el día. Después no se puede cambiar.',
  'identity.pseudonymous': 'Su respuesta se guarda con un seudónimo, sin su nombre ni su número de pedido.',
  'about.order': 'Se trata de su pedido {order}.',
  'test.notice': 'Esto es una prueba: no se guarda nada de lo que responda.',
  'kiosk.language': 'Idioma',
  'kiosk.full_screen': 'Pantalla completa',
  'kiosk.start_over': 'Empezar de nuevo',
  'kiosk.still_there': '¿Sigue ahí?',
  'kiosk.countdown': 'Si no, esta página empieza de nuevo en {seconds} s.',
  'kiosk.go_on': 'Continuar',
  'kiosk.held': 'Este dispositivo no admite más respuestas por ahora',
  'kiosk.held_text':
    'Hay demasiadas respuestas pendientes de envío. Avise al personal de que necesita conexión, por favor.',
  'kiosk.needs_script': 'Esta página necesita JavaScript.',
};
