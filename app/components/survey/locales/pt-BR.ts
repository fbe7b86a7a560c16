import type { PageTextId } from './en.ts';

/** Brazilian Portuguese words of the shopper pages. */
export const ptBR: Record<PageTextId, string> = {
  'not_found.title': 'Este link está incompleto',
  'not_found.text': 'Abra novamente o link do seu e-mail. Se ele foi copiado, pode estar faltando uma parte.',
  'expired.title': 'Este link expirou',
  'expired.text': 'A pesquisa está encerrada. Agradecemos por querer responder.',
  'already_answered.title': 'Você já respondeu',
  'already_answered.text': 'Obrigado, sua resposta chegou. Este link só pode ser usado uma vez.',
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
    '{brand} não enviará mais pesquisas nem ofertas a você por este serviço. As mensagens sobre um problema que você relatou não são afetadas.',
  'unsubscribe.button': 'Cancelar inscrição',
  'unsubscribed.title': 'Inscrição cancelada',
  'unsubscribed.text': '{brand} não enviará mais pesquisas nem ofertas a você por este serviço.',
  'about.order': 'Sobre o seu pedido {order}.',
};
