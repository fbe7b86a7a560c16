import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { ACCOUNT_DOOR } from './api.ts';
import { hostOn } from './host.ts';
import { SurveyBlock } from './SurveyBlock.tsx';

/** Beside the orders of a customer: the survey that is open for one of them. */
export default async () => {
  render(<SurveyBlock host={hostOn(shopify, ACCOUNT_DOOR)} />, document.body);
};
