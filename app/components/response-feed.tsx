import {
  Banner,
  BlockStack,
  Box,
  Card,
  EmptyState,
  Pagination,
  SkeletonBodyText,
  Text,
} from '@shopify/polaris';
import { useEffect, useRef, useState } from 'react';
import type { ResponseFilter, ResponseRow } from '../infra/db/reads/response-views.ts';
import type { Page } from '../infra/db/reads/views.ts';
import type { ModerateAnswerOutcome } from '../services/moderate-answer.ts';
import type { ResponseMix } from '../services/show-responses.ts';
import { ModerateDialog } from './response-acts.tsx';
import { formatMonth } from './format.ts';
import { isUnnamed, ResponseEntry } from './response-entry.tsx';
import { isNarrowed, periodLabel, responseParams, RESPONSE_VIEWS, wholeView } from './response-filter.ts';
import { ResponseFilters } from './response-filters.tsx';
import { ResponseMixCard } from './response-mix.tsx';
import { RewardEffectTable } from './response-rewards.tsx';
import { type Sender, useSlow, useSuccessToast } from './use-feedback.ts';

export interface ResponseFeedProps {
  filter: ResponseFilter;
  page: Page<ResponseRow>;
  mix: ResponseMix;
  domain: string;
  timeZone: string;
  now: string;
  loading: boolean;
  moderating: Sender<ModerateAnswerOutcome>;
  /** Opens an address of the admin. */
  go: (url: string, options?: { replace: boolean }) => void;
}

/** What customers said, newest first, as they said it. View, filters and page stand in the address. */
export function ResponseFeed(props: ResponseFeedProps) {
  const { filter, page, mix, loading, moderating, ...basics } = props;
  const [asked, setAsked] = useState<ResponseRow | null>(null);
  const list = useRef<HTMLElement>(null);
  const slow = useSlow(loading);
  const result = moderating.data;
  const changed = result?.outcome === 'changed' ? result : null;
  const send = (fields: Record<string, string>) => moderating.submit(fields, { method: 'post' });
  useSuccessToast(changed, () => changed && send(oppositeOf(changed)));
  useEffect(() => {
    // The answer has left the list, and its button with it: whoever goes by keyboard goes on from here.
    if (changed) list.current?.focus();
  }, [changed]);
  const go = (params: URLSearchParams, options?: { replace: boolean }) =>
    props.go(`/app/responses?${params}`, options);
  const turn = (side: 'before' | 'after', cursor: string | null) => {
    const params = responseParams(filter);
    if (cursor) params.set(side, cursor);
    go(params);
  };
  return (
    <BlockStack gap="400">
      {result?.outcome === 'refused' && <Banner tone="critical">{result.sentence}</Banner>}
      <Card>
        <BlockStack gap="500">
          <ResponseMixCard mix={mix} about={aboutOf(filter)} quarantineUrl={quarantineOf(filter)} />
          {mix.rewards && <RewardEffectTable effect={mix.rewards} />}
        </BlockStack>
      </Card>
      <Card padding="0">
        <ResponseFilters
          filter={filter}
          loading={loading}
          onChange={(next, options) => go(responseParams(next), options)}
        />
        <section className="ac-feed" ref={list} tabIndex={-1} aria-label="Answers" aria-busy={loading}>
          {slow ? (
            <Box padding="400">
              <SkeletonBodyText lines={10} />
            </Box>
          ) : page.rows.length === 0 ? (
            <Nothing filter={filter} go={go} />
          ) : (
            <ul className="ac-list">
              {page.rows.map((row, index) => (
                <li key={row.id}>
                  <MonthLabel row={row} before={page.rows[index - 1]} />
                  <ResponseEntry row={row} busy={moderating.state !== 'idle'} ask={setAsked} {...basics} />
                </li>
              ))}
            </ul>
          )}
        </section>
        {(page.before !== null || page.after !== null) && (
          <Box padding="300">
            <Pagination
              accessibilityLabel="Pages of answers"
              hasPrevious={page.before !== null}
              onPrevious={() => turn('before', page.before)}
              hasNext={page.after !== null}
              onNext={() => turn('after', page.after)}
            />
          </Box>
        )}
      </Card>
      <ModerateDialog row={asked} onClose={() => setAsked(null)} onAct={send} />
    </BlockStack>
  );
}

/** Where answers of which only the month is told begin and end: they stand below newer ones. */
function MonthLabel({ row, before }: { row: ResponseRow; before: ResponseRow | undefined }) {
  const month = (of: ResponseRow) => (isUnnamed(of) ? formatMonth(of.answeredAt) : null);
  const [now, above] = [month(row), before ? month(before) : null];
  if (now === above) return null;
  return (
    <Box paddingBlockEnd="300">
      <Text as="h3" variant="headingSm">
        {now ? `${now}, without a name` : `Before ${above}`}
      </Text>
      {now && (
        <Text as="p" variant="bodySm" tone="subdued">
          Of these answers only the month is told, so they stand below all others of it, in no order.
        </Text>
      )}
    </Box>
  );
}

type Changed = Extract<ModerateAnswerOutcome, { outcome: 'changed' }>;

/** What takes an act back. */
function oppositeOf({ act, responseId }: Changed): Record<string, string> {
  return act === 'quarantine'
    ? { act: 'restore', id: responseId }
    : { act: 'quarantine', id: responseId, reason: 'other' };
}

/** Those of the same filter that are held back; null where they are shown already. */
function quarantineOf(filter: ResponseFilter): string | null {
  if (filter.view === 'quarantined') return null;
  return `/app/responses?${responseParams({ ...filter, view: 'quarantined' })}`;
}

/** Which answers the figures are about, in words. */
function aboutOf(filter: ResponseFilter): string {
  const view = RESPONSE_VIEWS.find((entry) => entry.id === filter.view)?.label ?? '';
  const words = filter.search ? ` · with “${filter.search}” in the comment` : '';
  return `${view} · ${periodLabel(filter.days).toLowerCase()}${words}`;
}

const EMPTY: Record<ResponseFilter['view'], string> = {
  all: 'Nobody has answered yet',
  low: 'No low answer',
  comment: 'Nobody has left a comment yet',
  unverified: 'No answer waits for its order',
  quarantined: 'No answer is in quarantine',
};

/** Why the list is empty, and the one thing that may fill it. */
function Nothing({ filter, go }: { filter: ResponseFilter; go: (params: URLSearchParams) => void }) {
  const { days, ...rest } = filter;
  const narrowed = isNarrowed({ ...rest, days: wholeView(filter.view).days });
  const ever = { ...wholeView(filter.view), days: null };
  if (narrowed) {
    const action = {
      content: 'Remove all filters',
      onAction: () => go(responseParams(wholeView(filter.view))),
    };
    return (
      <Empty heading="No answer fits these filters" text="Remove a filter to see more." action={action} />
    );
  }
  if (days !== null) {
    const action = { content: 'Show all time', onAction: () => go(responseParams(ever)) };
    const text = `Nothing in the last ${days} days.`;
    return <Empty heading={EMPTY[filter.view]} text={text} action={action} />;
  }
  if (filter.view !== 'all') {
    const action = {
      content: 'Show all answers',
      onAction: () => go(responseParams({ ...wholeView('all'), days })),
    };
    return <Empty heading={EMPTY[filter.view]} text="That may well be good news." action={action} />;
  }
  const action = { content: 'See your surveys', url: '/app/surveys' };
  return (
    <Empty heading={EMPTY.all} text="Answers appear here within seconds of being given." action={action} />
  );
}

interface EmptyProps {
  heading: string;
  text: string;
  action: { content: string } & ({ url: string } | { onAction: () => void });
}

function Empty({ heading, text, action }: EmptyProps) {
  return (
    <EmptyState heading={heading} image="" action={action}>
      <p>{text}</p>
    </EmptyState>
  );
}
