import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { askedHere } from './answers.ts';
import { ACCOUNT_DOOR, loadOffer } from './api.ts';
import type { Host, Offer } from './api.ts';
import { Questions } from './Questions.tsx';

type State =
  | { step: 'loading' | 'none' | 'failed' }
  | { step: 'asking'; offer: Offer }
  | { step: 'done'; title: string; text: string };

interface Props {
  host: Host;
  /** Instead of a survey, on a page that must not stay empty. */
  nothing?: ComponentChildren;
  failed?: (again: () => void) => ComponentChildren;
}

/** One survey inside a Shopify page: a skeleton, the questions, the thanks; nothing where there is nothing to ask. */
export function SurveyBlock({ host, nothing, failed }: Props) {
  const [state, setState] = useState<State>({ step: 'loading' });

  const load = useCallback(() => {
    setState({ step: 'loading' });
    void loadOffer(host).then((offer) => {
      if (typeof offer === 'string') setState({ step: offer });
      else if (askedHere(offer.survey, {}).length === 0) setState({ step: 'none' });
      else setState({ step: 'asking', offer });
    });
  }, [host]);
  useEffect(load, [load]);

  const instead = nothing ?? (host.preview ? <s-text>{host.say('preview')}</s-text> : null);
  switch (state.step) {
    case 'none':
      return <>{instead}</>;
    case 'failed':
      return <>{failed ? failed(load) : instead}</>;
    case 'loading':
      return <Skeleton saysOrder={host.door === ACCOUNT_DOOR} />;
    case 'done':
      return (
        <s-banner heading={state.title} tone="success">
          <s-text>{state.text}</s-text>
        </s-banner>
      );
    case 'asking':
      return (
        <Questions
          host={host}
          offer={state.offer}
          onStored={(thanks) => setState({ step: 'done', ...thanks })}
        />
      );
  }
}

/** As high as a heading, a line of introduction, a question with its values and a button, so that nothing below moves. */
function Skeleton({ saysOrder }: { saysOrder: boolean }) {
  return (
    <s-section>
      <s-stack gap="base">
        {saysOrder && <s-box minBlockSize="22px" />}
        <s-skeleton-paragraph />
        <s-skeleton-paragraph />
        <s-box minBlockSize="72px" />
        <s-box minBlockSize="44px" />
      </s-stack>
    </s-section>
  );
}
