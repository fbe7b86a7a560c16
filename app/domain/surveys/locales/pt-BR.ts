import type { TextId } from './en.ts';

/** Brazilian Portuguese texts of surveys. */
export const ptBR: Record<TextId, string> = {
  'post_purchase.title': 'Como foi sua compra em {brand}?',
  'post_purchase.intro': 'Com dois toques, você ajuda quem vai comprar depois.',
  'post_purchase.rating': 'Qual é o seu nível de satisfação com esta compra?',
  'post_purchase.confidence': 'Quanta certeza você tem de que fez a escolha certa?',
  'confidence.least': 'Nenhuma certeza',
  'confidence.most': 'Muita certeza',
  'post_purchase.low': 'O que deu errado durante a compra?',
  'post_purchase.middle': 'O que teria deixado a compra melhor?',
  'post_purchase.high': 'Do que você mais gostou na compra?',

  'delivery.title': 'Seu pedido chegou bem?',
  'delivery.intro': 'Um toque basta para avaliar a entrega de {brand}.',
  'delivery.rating': 'Qual é o seu nível de satisfação com a entrega?',
  'delivery.low': 'O que deu errado na entrega?',
  'delivery.middle': 'O que teria deixado a entrega melhor?',
  'delivery.high': 'Do que você mais gostou na entrega?',

  'usage.title': 'O que você está achando da sua compra?',
  'usage.intro': 'Seu pedido de {brand} já está com você há alguns dias.',
  'usage.rating': 'Qual é o seu nível de satisfação com o produto?',
  'usage.low': 'Qual foi o problema com o produto?',
  'usage.middle': 'O que deixaria o produto melhor para você?',
  'usage.high': 'Do que você mais gosta no produto?',

  'relationship.title': 'O que você acha de nós?',
  'relationship.intro': 'Uma única pergunta sobre {brand} em geral.',
  'relationship.rating': 'Qual é a probabilidade de você recomendar {brand} a amigos ou familiares?',
  'relationship.low': 'O que deu errado para você?',
  'relationship.middle': 'O que {brand} poderia melhorar para você?',
  'relationship.high': 'Do que você mais gosta em {brand}?',

  'csat.least': 'Muito baixo',
  'csat.most': 'Muito alto',
  'nps.least': 'Nada provável',
  'nps.most': 'Extremamente provável',

  'thanks.low.title': 'Sentimos muito.',
  'thanks.low.text':
    'Agradecemos por nos contar. Alguém da equipe de {brand} vai analisar o caso em até {time}.',
  'thanks.middle.title': 'Obrigado.',
  'thanks.middle.text': 'Sua resposta vai direto para quem pode melhorar as coisas.',
  'thanks.high.title': 'Muito obrigado!',
  'thanks.high.text': 'Compartilhamos a boa notícia com a equipe.',

  'label.submit': 'Enviar',
  'label.optional': 'opcional',
  'label.required': 'obrigatório',
  'label.sending': 'Enviando…',
  'label.error': 'Não foi possível enviar sua resposta. Tente novamente.',

  'error.required': 'Por favor, responda a esta pergunta.',
  'error.out_of_range': 'Escolha um número inteiro de {min} a {max}.',
  'error.wrong_type': 'Esta resposta não tem o formato esperado para a pergunta.',
  'error.unknown_choice': 'Escolha uma das respostas oferecidas.',
  'error.unknown_question': 'Esta pergunta não faz parte da pesquisa.',
  'error.unreadable': 'Não foi possível ler as respostas. Recarregue a página.',
  'error.unknown_line': 'Este pedido não contém esse item.',
  'error.too_many': 'Escolha no máximo {max}.',
  'error.ranking': 'Coloque cada resposta em um só lugar.',
  'error.name': 'Escreva o nome em uma só linha, com no máximo 100 caracteres.',
  'error.email': 'Escreva um endereço de e-mail como nome@example.com.',
  'error.phone': 'Escreva um número de telefone como +55 11 91234-5678.',
  'error.upload': 'Este arquivo não foi encontrado. Adicione-o novamente.',
};
