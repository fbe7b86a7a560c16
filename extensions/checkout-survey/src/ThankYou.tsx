import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { SurveyBlock } from './SurveyBlock.tsx';

/** Thank-you page: how was buying? */
export default async () => {
  const { order } = shopify.orderConfirmation.value;
  render(
    <SurveyBlock
      host={{
        page: 'thank_you',
        orderId: order.id,
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
