import type { MessageTextId } from './en.ts';

/** Brazilian Portuguese words of the messages. No article before a placeholder: nobody knows its gender. */
export const ptBR: Record<MessageTextId, string> = {
  'greeting.named': 'Olá, {firstName},',
  'greeting.plain': 'Olá,',
  'product.plain': 'sua compra',

  'delivery.subject': 'Seu pedido {order} de {brand} chegou bem?',
  'delivery.heading': 'Seu pedido chegou bem?',
  'delivery.text':
    'Seu pedido {order} ({product}) já deve ter chegado. Com um toque, você conta para {brand} como foi a entrega.',
  'delivery.button': 'Avaliar a entrega',
  'usage.subject': 'O que você está achando de {product}?',
  'usage.heading': 'O que você está achando da sua compra?',
  'usage.text':
    'Faz alguns dias que você está com {product} (pedido {order}). O que está achando? Basta um toque.',
  'usage.button': 'Avaliar o produto',
  'relationship.subject': 'O que você acha de {brand}?',
  'relationship.heading': 'O que você acha de nós?',
  'relationship.text':
    'Já faz algum tempo desde o seu pedido {order} ({product}). Qual é a probabilidade de você recomendar {brand} a amigos ou familiares?',
  'relationship.button': 'Responder a uma pergunta',
  'survey.preview': 'Uma pergunta, menos de um minuto.',
  'survey.expiry': 'O link pode ser usado uma única vez e vale por {time}.',
  'survey.why': 'Você recebeu este e-mail porque fez um pedido em {brand}.',
  'reminder.subject': 'Lembrete: {subject}',
  'reminder.preview': 'A mesma pergunta, menos de um minuto.',
  'reminder.text':
    'Há alguns dias, {brand} fez esta pergunta a você e ainda não recebeu sua resposta. Se tiver um momento, basta um toque. Não enviaremos outro lembrete sobre isso.',

  'acknowledgement.subject': 'Sentimos muito pelo ocorrido com o pedido {order}',
  'acknowledgement.subject.plain': 'Sentimos muito, {brand} já está cuidando disso',
  'acknowledgement.preview': 'O que acontece agora e até quando.',
  'acknowledgement.heading': 'Sentimos muito.',
  'acknowledgement.heard':
    'Agradecemos por nos contar o que deu errado. {brand} abriu um chamado sobre isso.',
  'acknowledgement.next':
    'O que acontece agora: alguém da equipe analisa o caso e responde pessoalmente a você até {answerBy}. O número do seu chamado é {case}.',
  'acknowledgement.offer':
    'Enquanto isso, este código dá {amount} de desconto no seu próximo pedido. Ele pode ser usado uma única vez, até {expires}.',
  'acknowledgement.reply': 'Você pode responder a este e-mail se quiser acrescentar algo.',
  'acknowledgement.why': 'Você recebeu este e-mail porque relatou um problema a {brand}.',

  'referral.subject': 'Compartilhe {brand} com seus amigos',
  'referral.preview': 'Um código só seu para compartilhar.',
  'referral.heading': 'Agradecemos por nos recomendar.',
  'referral.text':
    'Você disse que recomendaria {brand}. Aqui está um código só seu para compartilhar com seus amigos.',
  'referral.offer': 'Cada pessoa que usar o código ganha {percent} de desconto.',
  'referral.button': 'Abrir seu link para compartilhar',
  'referral.why': 'Você recebeu este e-mail porque aceitou receber mensagens de {brand}.',

  'unsubscribe.text': 'Prefere não receber mais e-mails como este?',
  'unsubscribe.link': 'Cancelar inscrição',
};
