import '@shopify/ui-extensions/preact';
import { render } from 'preact';
import { ACCOUNT_DOOR } from './api.ts';
import { hostOn } from './host.ts';
import { SurveyBlock } from './SurveyBlock.tsx';

/** A page of its own in customer accounts: the survey that is open for the customer, or that there is none. */
export default async () => {
  const host = hostOn(shopify, ACCOUNT_DOOR);
  const text = (key: string) => host.say(`account.${key}`);
  render(
    <s-page heading={text('title')}>
      <SurveyBlock
        host={host}
        nothing={<s-paragraph>{text('nothing')}</s-paragraph>}
        failed={(again) => (
          <s-banner tone="critical" heading={text('failed')}>
            <s-button variant="secondary" onClick={again}>
              {text('again')}
            </s-button>
          </s-banner>
        )}
      />
    </s-page>,
    document.body,
  );
};
