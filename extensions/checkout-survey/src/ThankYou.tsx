import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { checkoutDoor } from './api.ts';
import { hostOn } from './host.ts';
import { SurveyBlock } from './SurveyBlock.tsx';

/** Thank-you page: how was buying? */
export default async () => {
  const { order } = shopify.orderConfirmation.value;
  render(<SurveyBlock host={hostOn(shopify, checkoutDoor('thank_you', order.id))} />, document.body);
};
