import type { TextId } from './en.ts';

/** Arabic texts of surveys, in the polite plural, which has no gender. Durations stand where the nominative is right: that is how Intl writes them. */
export const ar: Record<TextId, string> = {
  'post_purchase.title': 'كيف كانت تجربة الشراء من {brand}؟',
  'post_purchase.intro': 'بنقرتين فقط تساعدون المتسوقين من بعدكم.',
  'post_purchase.rating': 'ما مستوى رضاكم عن تجربة الشراء اليوم؟',
  'post_purchase.confidence': 'ما مدى ثقتكم بأنكم اخترتم المنتج المناسب؟',
  'confidence.least': 'لا ثقة على الإطلاق',
  'confidence.most': 'ثقة كبيرة',
  'post_purchase.low': 'ما المشكلة التي واجهتموها أثناء الشراء؟',
  'post_purchase.middle': 'ما الذي كان سيجعل تجربة الشراء أفضل؟',
  'post_purchase.high': 'ما أكثر ما أعجبكم في تجربة الشراء؟',

  'delivery.title': 'هل وصل طلبكم كما ينبغي؟',
  'delivery.intro': 'نقرة واحدة تكفي لتقييم التوصيل من {brand}.',
  'delivery.rating': 'ما مستوى رضاكم عن التوصيل؟',
  'delivery.low': 'ما المشكلة التي واجهتموها في التوصيل؟',
  'delivery.middle': 'ما الذي كان سيجعل التوصيل أفضل؟',
  'delivery.high': 'ما أكثر ما أعجبكم في التوصيل؟',

  'usage.title': 'ما رأيكم فيما اشتريتموه؟',
  'usage.intro': 'طلبكم من {brand} بين أيديكم منذ بضعة أيام.',
  'usage.rating': 'ما مستوى رضاكم عن المنتج؟',
  'usage.low': 'ما المشكلة التي واجهتموها مع المنتج؟',
  'usage.middle': 'ما الذي يجعل المنتج أفضل بالنسبة إليكم؟',
  'usage.high': 'ما أكثر ما يعجبكم في المنتج؟',

  'relationship.title': 'ما رأيكم فينا؟',
  'relationship.intro': 'سؤال واحد عن {brand} بشكل عام.',
  'relationship.rating': 'ما مدى احتمال أن توصوا أصدقاءكم بالتعامل مع {brand}؟',
  'relationship.low': 'ما الذي لم يكن على ما يرام؟',
  'relationship.middle': 'ما الذي يمكن تحسينه لدى {brand}؟',
  'relationship.high': 'ما أكثر ما يعجبكم لدى {brand}؟',

  'csat.least': 'منخفض جدًا',
  'csat.most': 'مرتفع جدًا',
  'nps.least': 'غير محتمل إطلاقًا',
  'nps.most': 'محتمل جدًا',

  'thanks.low.title': 'نأسف لذلك.',
  'thanks.low.text': 'شكرًا على إخبارنا. سيراجع أحد أفراد فريق {brand} الأمر خلال مدة أقصاها {time}.',
  'thanks.middle.title': 'شكرًا لكم.',
  'thanks.middle.text': 'تصل إجابتكم مباشرة إلى من يمكنهم تحسين الأمور.',
  'thanks.high.title': 'شكرًا جزيلًا!',
  'thanks.high.text': 'نقلنا الخبر السار إلى الفريق.',

  'label.submit': 'إرسال',
  'label.optional': 'اختياري',
  'label.required': 'مطلوب',
  'label.sending': 'جارٍ الإرسال…',
  'label.error': 'تعذّر إرسال إجابتكم. يُرجى المحاولة مرة أخرى.',

  'error.required': 'يُرجى الإجابة عن هذا السؤال.',
  'error.out_of_range': 'يُرجى اختيار عدد صحيح من {min} إلى {max}.',
  'error.wrong_type': 'صيغة هذه الإجابة لا تناسب السؤال.',
  'error.unknown_choice': 'يُرجى اختيار إحدى الإجابات المعروضة.',
  'error.unknown_question': 'هذا السؤال غير موجود في الاستبيان.',
  'error.unreadable': 'تعذّرت قراءة الإجابات. يُرجى إعادة تحميل الصفحة.',
};
