import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import { askedHere } from './answers.ts';
import { ACCOUNT_DOOR, loadOffer } from './api.ts';
import type { Answered, Host, Offer } from './api.ts';
import { Left } from './Elsewhere.tsx';
import { fitting } from './given.ts';
import { Questions } from './Questions.tsx';
import type { Began, Left as WhatWasLeft, Stored } from './Questions.tsx';

type State =
  | { step: 'loading' | 'none' | 'failed' }
  | ({ step: 'asking' } & Began)
  | ({ step: 'left' } & WhatWasLeft)
  | { step: 'done'; stored: Stored | Answered };

interface Props {
  host: Host;
  /** Instead of a survey, on a page that must not stay empty. */
  nothing?: ComponentChildren;
  failed?: (again: () => void) => ComponentChildren;
}

/** One survey inside a Shopify page: a skeleton, the questions, the thanks; nothing where there is nothing to ask. */
export function SurveyBlock({ host, nothing, failed }: Props) {
  const [state, setState] = useState<State>({ step: 'loading' });

  const ask = useCallback((began: Began) => {
    setState(askedHere(began.offer, {}).length === 0 ? { step: 'none' } : { step: 'asking', ...began });
  }, []);
  const load = useCallback(
    (left?: WhatWasLeft) => {
      setState({ step: 'loading' });
      void loadOffer(host).then((offer) => {
        if (typeof offer === 'string') return setState({ step: offer });
        if ('thanks' in offer) return setState(left ? { step: 'done', stored: offer } : { step: 'none' });
        if (!left || !isSame(offer, left.offer)) return ask({ offer });
        // Whoever came back from the other page is not led there again.
        delete offer.continueAt;
        offer.isContinued = true;
        ask({ offer, answers: left.answers && fitting(left.answers, left.offer.survey, offer.survey) });
      });
    },
    [host, ask],
  );
  useEffect(() => load(), [load]);

  const instead = nothing ?? (host.preview ? <s-text>{host.say('preview')}</s-text> : null);
  switch (state.step) {
    case 'none':
      return <>{instead}</>;
    case 'failed':
      return <>{failed ? failed(() => load()) : instead}</>;
    case 'loading':
      return <Skeleton saysOrder={host.door === ACCOUNT_DOOR} />;
    case 'done':
      return <Thanks {...state.stored} />;
    case 'asking':
      return (
        <Questions
          // Other questions begin anew.
          key={state.offer.survey.edition}
          host={host}
          {...state}
          onStored={(stored) => setState({ step: 'done', stored })}
          onLeft={(left) => setState({ step: 'left', ...left })}
          onChanged={(offer, answers) =>
            ask({ offer, answers: fitting(answers, state.offer.survey, offer.survey), hasChanged: true })
          }
        />
      );
    case 'left': {
      // Asked for anew: what was given on the other page meanwhile must go along with what is sent from here.
      const { offer, answers, canStay } = state;
      const stay = canStay ? () => load(state) : undefined;
      return <Left host={host} at={offer.continueAt} isKept={answers === undefined} onStay={stay} />;
    }
  }
}

const isSame = ({ survey, order }: Offer, other: Offer) =>
  survey.kind === other.survey.kind && order.id === other.order.id;

/** What happens next, how a reward comes, and the request for a review. */
function Thanks({ thanks, reward, review }: Answered & Partial<Stored>) {
  return (
    <s-banner heading={thanks.title} tone="success">
      <s-stack gap="small">
        <s-text>{thanks.text}</s-text>
        {reward !== undefined && <s-text>{reward}</s-text>}
        {review && (
          <s-link href={review.url} target="_blank">
            {review.text}
          </s-link>
        )}
      </s-stack>
    </s-banner>
  );
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
