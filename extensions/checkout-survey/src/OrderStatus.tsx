import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { checkoutDoor } from './api.ts';
import { hostOn } from './host.ts';
import { SurveyBlock } from './SurveyBlock.tsx';

/** Order-status page: how was the delivery, or before that, how was buying? */
export default async () => {
  const door = checkoutDoor('order_status', shopify.order.value?.id ?? null);
  render(<SurveyBlock host={hostOn(shopify, door)} />, document.body);
};
