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
  'relationship.text.plain':
    'Já faz algum tempo desde o seu último pedido. Qual é a probabilidade de você recomendar {brand} a amigos ou familiares?',
  'relationship.button': 'Responder agora',
  'support.subject': 'Como foi a ajuda de {brand}?',
  'support.heading': 'Conseguimos ajudar você?',
  'support.text': '{brand} cuidou da sua solicitação. Com um toque, você conta como foi.',
  'support.button': 'Avaliar a ajuda',
  'return.subject': 'Foi fácil a sua devolução para {brand}?',
  'return.heading': 'Foi fácil a sua devolução?',
  'return.text':
    'Você devolveu algo do pedido {order} ({product}), ou está prestes a devolver. Foi fácil com {brand}? Basta um toque.',
  'return.button': 'Avaliar a devolução',
  'milestone.subject': 'Um agradecimento de {brand}, e uma pergunta',
  'milestone.heading': 'Agradecemos por continuar com a gente.',
  'milestone.text':
    'Você continua escolhendo {brand}, e isso significa muito. Qual é a probabilidade de você recomendar {brand} a amigos ou familiares?',
  'milestone.button': 'Responder agora',
  'survey.preview': 'Basta um toque para começar.',
  'survey.expiry': 'O link é pessoal e vale por {time}.',
  'survey.why': 'Você recebeu este e-mail porque fez um pedido em {brand}.',
  'reminder.subject': 'Lembrete: {subject}',
  'reminder.preview': 'Nossa pesquisa de alguns dias atrás, mais uma vez.',
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

  'reward.subject': 'Sua recompensa de {brand}',
  'reward.preview': 'Agradecemos por suas respostas.',
  'reward.heading': 'Agradecemos por suas respostas.',
  'reward.code':
    'Como prometido, este código dá {amount} de desconto no seu próximo pedido. Ele pode ser usado uma única vez, até {expires}.',
  'reward.points': 'Como prometido, você recebeu {points} pontos.',
  'reward.gone.subject': 'Sobre a recompensa de {brand}',
  'reward.gone.preview': 'Todas as recompensas já foram distribuídas.',
  'reward.gone':
    'Sentimos muito: quando suas respostas chegaram, todas as recompensas tinham acabado de ser distribuídas. Suas respostas contam do mesmo jeito.',
  'reward.why': 'Você recebeu este e-mail porque respondeu a uma pesquisa de {brand}.',
  'review.subject': 'Um pedido de {brand}',
  'review.preview': 'Que tal contar isso a outras pessoas?',
  'review.heading': 'Que tal contar isso a outras pessoas?',
  'review.text':
    'Seu chamado {case} foi encerrado. Pedimos uma avaliação a todas as pessoas que respondem à nossa pesquisa, seja qual for a resposta.',
  'review.button': 'Escrever uma avaliação',
  'review.why': 'Você recebeu este e-mail porque respondeu a uma pesquisa de {brand}.',

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
