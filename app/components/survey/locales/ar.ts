import type { PageTextId } from './en.ts';

/** Arabic words of the shopper pages. */
export const ar: Record<PageTextId, string> = {
  'not_found.title': 'هذا الرابط غير مكتمل',
  'not_found.text':
    'يُرجى فتح الرابط من رسالة البريد الإلكتروني مرة أخرى. إذا كان الرابط منسوخًا، فقد يكون جزء منه مفقودًا.',
  'expired.title': 'انتهت صلاحية هذا الرابط',
  'expired.text': 'أُغلق الاستبيان. شكرًا لرغبتكم في الإجابة.',
  'already_answered.title': 'لقد أجبتم من قبل',
  'already_answered.text': 'شكرًا لكم، وصلت إجابتكم. يعمل هذا الرابط مرة واحدة فقط.',
  'redacted.title': 'لم يعد هذا الاستبيان موجودًا',
  'redacted.text': 'مُحيت البيانات التي كان يتعلق بها.',
  'shop_uninstalled.title': 'هذا الاستبيان مغلق',
  'shop_uninstalled.text': 'لم يعد المتجر يستقبل الإجابات هنا.',
  'rate_limited.title': 'لحظة من فضلكم',
  'rate_limited.text': 'وردت طلبات كثيرة جدًا. يُرجى المحاولة مرة أخرى بعد دقيقة.',
  'trouble.title': 'هذه الصفحة لا تعمل حاليًا',
  'trouble.text': 'حدث خطأ من جانبنا. يُرجى المحاولة مرة أخرى بعد قليل.',
  'answer.saved': 'إجاباتك حتى الآن محفوظة.',
  'answer.offline': 'لا يوجد اتصال الآن. سيُرسل جوابك حالما يعود الاتصال؛ يُرجى إبقاء هذه الصفحة مفتوحة.',
  'errors.title': 'هناك إجابة ناقصة أو غير صحيحة:',
  'unsubscribe.title': 'إلغاء الاشتراك في الرسائل',
  'unsubscribe.text':
    'لن تصلكم من {brand} استبيانات أو عروض عبر هذه الخدمة بعد الآن. ولا يشمل ذلك الرسائل المتعلقة بمشكلة أبلغتم عنها.',
  'unsubscribe.button': 'إلغاء الاشتراك',
  'unsubscribed.title': 'تم إلغاء اشتراككم',
  'unsubscribed.text': 'لن تصلكم من {brand} استبيانات أو عروض عبر هذه الخدمة بعد الآن.',
  'about.order': 'بخصوص طلبكم {order}.',
};
