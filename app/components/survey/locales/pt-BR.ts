import type { PageTextId } from './en.ts';

/** Brazilian Portuguese words of the shopper pages. */
export const ptBR: Record<PageTextId, string> = {
  'not_found.title': 'Este link está incompleto',
  'not_found.text': 'Abra novamente o link do seu e-mail. Se ele foi copiado, pode estar faltando uma parte.',
  'expired.title': 'Este link expirou',
  'expired.text': 'A pesquisa está encerrada. Agradecemos por querer responder.',
  'already_answered.title': 'Você já respondeu',
  'already_answered.text': 'Obrigado, sua resposta chegou.',
  'already_answered.kept':
    'Sua resposta anterior chegou e permanece como está. O que você acabou de enviar não a altera.',
  'redacted.title': 'Esta pesquisa não existe mais',
  'redacted.text': 'Os dados a que ela se referia foram apagados.',
  'shop_uninstalled.title': 'Esta pesquisa está encerrada',
  'shop_uninstalled.text': 'A loja não recebe mais respostas aqui.',
  'rate_limited.title': 'Um momento, por favor',
  'rate_limited.text': 'Houve solicitações demais. Tente novamente em um minuto.',
  'trouble.title': 'Esta página não está funcionando agora',
  'trouble.text': 'Algo deu errado do nosso lado. Tente novamente em alguns instantes.',
  'answer.saved': 'Suas respostas até aqui foram guardadas.',
  'answer.offline':
    'Sem conexão no momento. Sua resposta será enviada assim que ela voltar; deixe esta página aberta.',
  'errors.title': 'Falta algo ou há algum erro:',
  'unsubscribe.title': 'Cancelar a inscrição nos e-mails',
  'unsubscribe.text':
    'Quais e-mails de {brand} você prefere não receber? Mensagens sobre um problema que você relatou não mudam.',
  'unsubscribe.surveys': 'Não receber mais pesquisas',
  'unsubscribe.all': 'Não receber mais pesquisas nem ofertas',
  'unsubscribe.undo': 'Desfazer',
  'unsubscribed.title': 'Inscrição cancelada',
  'unsubscribed.text': '{brand} não enviará mais pesquisas nem ofertas a você por este serviço.',
  'unsubscribed_surveys.title': 'Sem mais pesquisas',
  'unsubscribed_surveys.text': '{brand} não enviará mais pesquisas a você. Ofertas e novidades não mudam.',
  'resubscribed.title': 'Tudo como antes',
  'resubscribed.text': '{brand} pode escrever a você de novo, como antes.',
  'identity.anonymous':
    'Sua resposta é guardada sem seu nome e sem seu pedido; da hora fica só o dia. Ela não pode ser alterada depois.',
  'identity.pseudonymous':
    'Sua resposta é guardada com um pseudônimo, sem seu nome e sem o número do pedido.',
  'about.order': 'Sobre o seu pedido {order}.',
  'test.notice': 'Isto é um teste: nada do que você responder será salvo.',
  'kiosk.language': 'Idioma',
  'kiosk.full_screen': 'Tela cheia',
  'kiosk.start_over': 'Recomeçar',
  'kiosk.still_there': 'Você ainda está aí?',
  'kiosk.countdown': 'Caso contrário, esta página recomeça em {seconds} s.',
  'kiosk.go_on': 'Continuar',
  'kiosk.held': 'Este dispositivo não aceita mais respostas por enquanto',
  'kiosk.held_text':
    'Há respostas demais esperando para serem enviadas. Avise a equipe de que ele precisa de conexão, por favor.',
  'kiosk.needs_script': 'Esta página precisa de JavaScript.',
};
