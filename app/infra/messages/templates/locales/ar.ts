import type { MessageTextId } from './en.ts';

/** Arabic words of the messages, in the polite plural, which has no gender. Durations stand where the nominative is right: that is how Intl writes them. */
export const ar: Record<MessageTextId, string> = {
  'greeting.named': 'مرحبًا {firstName}،',
  'greeting.plain': 'مرحبًا،',
  'product.plain': 'مشترياتكم',

  'delivery.subject': 'هل وصل طلبكم {order} من {brand} كما ينبغي؟',
  'delivery.heading': 'هل وصل طلبكم كما ينبغي؟',
  'delivery.text':
    'من المفترض أن يكون طلبكم {order} ({product}) قد وصل. نقرة واحدة تكفي لإخبار {brand} كيف كان التوصيل.',
  'delivery.button': 'تقييم التوصيل',
  'usage.subject': 'ما رأيكم في {product}؟',
  'usage.heading': 'ما رأيكم فيما اشتريتموه؟',
  'usage.text': 'لديكم {product} (الطلب {order}) منذ بضعة أيام. ما رأيكم؟ نقرة واحدة تكفي.',
  'usage.button': 'تقييم المنتج',
  'relationship.subject': 'ما رأيكم في {brand}؟',
  'relationship.heading': 'ما رأيكم فينا؟',
  'relationship.text':
    'مضى بعض الوقت على طلبكم {order} ({product}). ما مدى احتمال أن توصوا أصدقاءكم بالتعامل مع {brand}؟',
  'relationship.text.plain':
    'مضى بعض الوقت على طلبكم الأخير. ما مدى احتمال أن توصوا أصدقاءكم بالتعامل مع {brand}؟',
  'relationship.button': 'الإجابة الآن',
  'support.subject': 'كيف كانت مساعدة {brand} لكم؟',
  'support.heading': 'كيف كانت مساعدتنا لكم؟',
  'support.text': 'عالج فريق {brand} ما أخبرتمونا به. نقرة واحدة تكفي لتقولوا لنا كيف كان ذلك.',
  'support.button': 'تقييم المساعدة',
  'return.subject': 'هل كان الإرجاع إلى {brand} سهلًا؟',
  'return.heading': 'هل كان الإرجاع سهلًا؟',
  'return.text':
    'أرجعتم شيئًا من الطلب {order} ({product})، أو أنتم على وشك إرجاعه. هل كان ذلك سهلًا مع {brand}؟ نقرة واحدة تكفي.',
  'return.button': 'تقييم الإرجاع',
  'milestone.subject': 'شكرًا لكم من {brand}، وسؤال واحد',
  'milestone.heading': 'شكرًا لوفائكم.',
  'milestone.text':
    'ما زلتم تختارون {brand}، وهذا يعني لنا الكثير. ما مدى احتمال أن توصوا أصدقاءكم بالتعامل مع {brand}؟',
  'milestone.button': 'الإجابة الآن',
  'survey.preview': 'تكفي نقرة واحدة للبدء.',
  'survey.expiry': 'الرابط خاص بكم وحدكم، ومدة صلاحيته {time}.',
  'survey.why': 'تصلكم هذه الرسالة لأنكم طلبتم من {brand}.',
  'reminder.subject': 'تذكير: {subject}',
  'reminder.preview': 'استبياننا قبل أيام قليلة، مرة أخرى.',
  'reminder.text':
    'قبل بضعة أيام طرح عليكم فريق {brand} هذا السؤال، ولم تصلنا إجابتكم بعد. إن كان لديكم بعض الوقت، فنقرة واحدة تكفي. ولن نذكّركم به مرة أخرى.',

  'acknowledgement.subject': 'نأسف لما حدث في طلبكم {order}',
  'acknowledgement.subject.plain': 'نأسف لذلك، وفريق {brand} يتابع الأمر',
  'acknowledgement.preview': 'الخطوة التالية وموعدها.',
  'acknowledgement.heading': 'نأسف لذلك.',
  'acknowledgement.heard': 'شكرًا على إخبارنا بما حدث. فتح فريق {brand} ملفًا لمتابعة الأمر.',
  'acknowledgement.next':
    'الخطوة التالية: يراجع أحد أفراد الفريق الأمر ويرد عليكم شخصيًا في موعد أقصاه {answerBy}. رقم ملفكم هو {case}.',
  'acknowledgement.offer':
    'وحتى ذلك الحين، يمنحكم هذا الرمز خصمًا قدره {amount} على طلبكم القادم. يُستخدم مرة واحدة، ويسري حتى {expires}.',
  'acknowledgement.reply': 'يمكنكم الرد على هذه الرسالة لإضافة أي تفاصيل.',
  'acknowledgement.why': 'تصلكم هذه الرسالة لأنكم أبلغتم {brand} بمشكلة.',

  'reward.subject': 'مكافأتكم من {brand}',
  'reward.preview': 'شكرًا على إجاباتكم.',
  'reward.heading': 'شكرًا على إجاباتكم.',
  'reward.code':
    'كما وعدناكم، يمنحكم هذا الرمز خصمًا قدره {amount} على طلبكم القادم. يُستخدم مرة واحدة، ويسري حتى {expires}.',
  'reward.points': 'كما وعدناكم، أُضيفت إلى رصيدكم نقاط عددها {points}.',
  'reward.gone.subject': 'بشأن مكافأة {brand}',
  'reward.gone.preview': 'وُزِّعت جميع المكافآت.',
  'reward.gone':
    'نعتذر إليكم: عند وصول إجاباتكم كانت جميع المكافآت قد وُزِّعت للتو. ومع ذلك فإن إجاباتكم تُحتسب كغيرها.',
  'reward.why': 'تصلكم هذه الرسالة لأنكم أكملتم استبيانًا من {brand}.',
  'review.subject': 'طلب من {brand}',
  'review.preview': 'هل تودون مشاركة تجربتكم مع الآخرين؟',
  'review.heading': 'هل تودون مشاركة تجربتكم مع الآخرين؟',
  'review.text': 'أُغلق ملفكم رقم {case}. نطلب تقييمًا من كل من يجيب عن استبياننا، أيًّا كانت إجابته.',
  'review.button': 'كتابة تقييم',
  'review.why': 'تصلكم هذه الرسالة لأنكم أجبتم عن استبيان من {brand}.',

  'referral.subject': 'شاركوا {brand} مع أصدقائكم',
  'referral.preview': 'رمز خاص بكم لمشاركته.',
  'referral.heading': 'شكرًا على توصيتكم بنا.',
  'referral.text': 'ذكرتم أنكم توصون بالتعامل مع {brand}. إليكم رمزًا خاصًا بكم يمكنكم مشاركته مع أصدقائكم.',
  'referral.offer': 'يحصل كل صديق يستخدمه على خصم {percent}.',
  'referral.button': 'فتح رابط المشاركة',
  'referral.why': 'تصلكم هذه الرسالة لأنكم وافقتم على تلقي رسائل من {brand}.',

  'unsubscribe.text': 'ألا ترغبون في تلقي مثل هذه الرسائل؟',
  'unsubscribe.link': 'إلغاء الاشتراك',
};
