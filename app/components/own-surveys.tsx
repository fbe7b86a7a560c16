import {
  ActionList,
  Badge,
  Banner,
  BlockStack,
  Button,
  Card,
  Collapsible,
  InlineGrid,
  Popover,
  Text,
  UnstyledLink,
} from '@shopify/polaris';
import { useState } from 'react';
import { openingAt } from '../domain/surveys/opening.ts';
import type { OwnSurveyRow } from '../infra/db/reads/own-survey-views.ts';
import type { ChangeSurveyStatusOutcome } from '../services/change-survey-status.ts';
import type { CreateSurveyOutcome } from '../services/create-survey.ts';
import type { MoveSurveyOutcome } from '../services/move-survey.ts';
import { formatAgo, formatCount, formatDateTime, plural } from './format.ts';
import { statusBadge } from './survey-status.ts';
import { type Sender, useSuccessToast } from './use-feedback.ts';
import { surveyLabel } from './words.ts';

type Done = CreateSurveyOutcome | ChangeSurveyStatusOutcome | MoveSurveyOutcome;
type Command = Record<string, string>;

export interface OwnSurveysProps {
  rows: OwnSurveyRow[];
  sender: Sender<{ done?: Done }>;
  now: string;
  /** The shop's. */
  timeZone: string;
  onCreate: () => void;
}

/** The surveys that the shop made: what each is, and what can be done with it. */
export function OwnSurveys({ rows, sender, now, timeZone, onCreate }: OwnSurveysProps) {
  const [open, setOpen] = useState(false);
  const done = sender.data?.done;
  const send = (command: Command) => sender.submit(command, { method: 'post' });
  const back = undoOf(done);
  useSuccessToast(done && done.outcome !== 'refused' ? done : null, back ? () => send(back) : undefined);
  const archived = rows.filter(({ status }) => status === 'archived');
  const kept = rows.filter(({ status }) => status !== 'archived');
  const row = (survey: OwnSurveyRow) => (
    <SurveyRow
      key={survey.id}
      survey={survey}
      now={now}
      timeZone={timeZone}
      busy={sender.state !== 'idle'}
      acts={actsOn(survey, kept)}
      onAct={send}
    />
  );
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Your surveys
        </Text>
        {done?.outcome === 'refused' && <Banner tone="critical">{done.sentence}</Banner>}
        {kept.length === 0 ? (
          <BlockStack gap="200" inlineAlign="start">
            <Text as="p">
              The presets below are asked as they are. Make one of your own to choose the questions, the words
              and who gets it.
            </Text>
            <Button onClick={onCreate}>Create from preset</Button>
          </BlockStack>
        ) : (
          <ul className="ac-list">{kept.map(row)}</ul>
        )}
        {archived.length > 0 && (
          <div>
            <Button
              variant="plain"
              disclosure={open ? 'up' : 'down'}
              ariaExpanded={open}
              ariaControls="archived-surveys"
              onClick={() => setOpen(!open)}
            >
              {`Archived (${archived.length})`}
            </Button>
            <Collapsible id="archived-surveys" open={open}>
              <ul className="ac-list ac-list--tight">{archived.map(row)}</ul>
            </Collapsible>
          </div>
        )}
      </BlockStack>
    </Card>
  );
}

interface Act {
  label: string;
  command: Command;
}

/** What can be done with a survey; one of several of a kind can be moved. */
export function actsOn({ id, kind, status }: OwnSurveyRow, kept: OwnSurveyRow[]): Act[] {
  const set = (label: string, act: string): Act => ({ label, command: { intent: 'status', act, id } });
  const move = (label: string, act: string): Act => ({ label, command: { intent: 'move', act, id } });
  const copy = { label: 'Duplicate', command: { intent: 'create', copyOf: id } };
  if (status === 'archived') return [copy, set('Restore', 'restore')];
  const siblings = kept.filter((other) => other.kind === kind);
  const place = siblings.findIndex((other) => other.id === id);
  return [
    copy,
    ...(status === 'live' ? [set('Pause', 'pause')] : []),
    ...(status === 'paused' ? [set('Resume', 'resume')] : []),
    ...(place > 0 ? [move('Ask earlier', 'up')] : []),
    ...(place < siblings.length - 1 ? [move('Ask later', 'down')] : []),
    set('Archive', 'archive'),
  ];
}

/** What takes an act back; null where nothing does. */
export function undoOf(done: Done | undefined): Command | null {
  switch (done?.outcome) {
    case 'created':
      return done.copied ? { intent: 'status', act: 'archive', id: done.surveyId } : null;
    case 'moved':
      return { intent: 'move', act: done.act === 'up' ? 'down' : 'up', id: done.surveyId };
    case 'changed': {
      const back = { pause: 'resume', resume: 'pause', archive: 'restore', restore: 'archive' }[done.act];
      const command: Command = { intent: 'status', act: back, id: done.surveyId };
      return done.act === 'archive' ? { ...command, to: done.before } : command;
    }
    default:
      return null;
  }
}

function SurveyRow(props: {
  survey: OwnSurveyRow;
  now: string;
  timeZone: string;
  busy: boolean;
  acts: Act[];
  onAct: (command: Command) => void;
}) {
  const { survey, now, timeZone, busy, acts, onAct } = props;
  const [open, setOpen] = useState(false);
  const status = statusBadge(survey, now, timeZone);
  return (
    <li>
      <InlineGrid columns="minmax(0, 1fr) auto" gap="200" alignItems="start">
        <div>
          <UnstyledLink url={`/app/surveys/${survey.id}`} className="ac-strong-link">
            {survey.name}
          </UnstyledLink>
          <span className="ac-band-cell">
            <Badge tone={status.tone}>{status.label}</Badge>
            {survey.changed && <Badge tone="attention">Changes not published</Badge>}
          </span>
          <Text as="p" variant="bodySm" tone="subdued">
            {describe(survey, now, timeZone)}
          </Text>
        </div>
        <Popover
          active={open}
          onClose={() => setOpen(false)}
          autofocusTarget="first-node"
          activator={
            <Button
              disclosure
              disabled={busy}
              onClick={() => setOpen(!open)}
              accessibilityLabel={`More actions: ${survey.name}`}
            >
              More
            </Button>
          }
        >
          <ActionList
            items={acts.map(({ label, command }) => ({
              content: label,
              onAction: () => {
                setOpen(false);
                onAct(command);
              },
            }))}
          />
        </Popover>
      </InlineGrid>
    </li>
  );
}

const IDENTITY_WORDS = { anonymous: 'anonymous', pseudonymous: 'under a pseudonym' } as const;

function describe(survey: OwnSurveyRow, now: string, timeZone: string): string {
  const { kind, questions, targeted, status, schedule, rewards, identity, lastAnswerAt } = survey;
  const parts = [surveyLabel(kind), plural(questions, 'question'), ...(targeted ? ['for some orders'] : [])];
  if (status === 'draft') return parts.join(' · ');
  if (schedule?.until !== undefined && openingAt(schedule, new Date(now)) !== 'over') {
    parts.push(`until ${formatDateTime(schedule.until, timeZone)}`);
  }
  if (rewards) parts.push(`${formatCount(rewards.given)} of ${plural(rewards.budget, 'reward')} given`);
  if (identity !== 'identified') return [...parts, IDENTITY_WORDS[identity]].join(' · ');
  parts.push(lastAnswerAt ? `last answer ${formatAgo(lastAnswerAt, now)}` : 'no answer in 90 days');
  return parts.join(' · ');
}
