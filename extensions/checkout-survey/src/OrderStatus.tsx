import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { SurveyBlock } from './SurveyBlock.tsx';

/** Order-status page: how was the delivery, or before that, how was buying? */
export default async () => {
  render(
    <SurveyBlock
      host={{
        page: 'order_status',
        orderId: shopify.order.value?.id ?? null,
        locale: shopify.localization.language.value.isoCode,
        heading: String(shopify.settings.value['heading'] ?? ''),
        preview: shopify.extension.editor !== undefined,
        token: () => shopify.sessionToken.get(),
        say: (key, values) => shopify.i18n.translate(key, values),
      }}
    />,
    document.body,
  );
};
