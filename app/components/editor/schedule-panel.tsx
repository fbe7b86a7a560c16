import { BlockStack, Card, InlineGrid, InlineError, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { formatDateTime } from '../format.ts';
import { momentOf, type ScheduleEnd, setMoment } from './edit-schedule.ts';
import type { SurveyEditorState } from './use-survey-editor.ts';

const ENDS: { end: ScheduleEnd; date: string; time: string }[] = [
  { end: 'from', date: 'Start date', time: 'Start time' },
  { end: 'until', date: 'End date', time: 'End time' },
];

/** From when until when it is asked. */
export function SchedulePanel({ editor, timeZone }: { editor: SurveyEditorState; timeZone: string }) {
  const { draft, findings } = editor;
  const problems = findings.filter(({ code }) => code === 'schedule_reversed' || code === 'schedule_over');
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          When it is asked
        </Text>
        <Text as="p">{scheduleSentence(draft.schedule ?? {}, timeZone)}</Text>
        {ENDS.map((labels) => (
          <EndFields key={labels.end} {...labels} {...{ editor, timeZone }} />
        ))}
        {problems.map(({ code, message }) => (
          <InlineError key={code} fieldID={code} message={message} />
        ))}
        <Text as="p" tone="subdued">
          {`Times are those of your shop (${timeZone}). Before and after, it is as if this survey were not there: your other surveys of this kind are asked, or the preset where there are none. Links that were mailed stay good.`}
        </Text>
      </BlockStack>
    </Card>
  );
}

function EndFields(props: {
  end: ScheduleEnd;
  date: string;
  time: string;
  editor: SurveyEditorState;
  timeZone: string;
}) {
  const { end, date, time, editor, timeZone } = props;
  const { draft, change } = editor;
  const moment = momentOf(draft, end, timeZone);
  // A year is typed digit by digit, and each makes a date that nobody meant.
  const [typed, setTyped] = useState<string | null>(null);
  const set = (fields: Partial<typeof moment>) => {
    const next = setMoment(draft, end, { ...moment, ...fields }, timeZone);
    setTyped(next === draft ? (fields.date ?? null) : null);
    change((now) => setMoment(now, end, { ...moment, ...fields }, timeZone));
  };
  return (
    <InlineGrid columns={{ xs: 1, sm: 2 }} gap="200">
      <TextField
        type="date"
        label={date}
        value={typed ?? moment.date}
        autoComplete="off"
        onChange={(value) => set({ date: value })}
        onBlur={() => setTyped(null)}
      />
      <TextField
        type="time"
        label={time}
        value={moment.time}
        autoComplete="off"
        disabled={moment.date === ''}
        onChange={(value) => set({ time: value })}
      />
    </InlineGrid>
  );
}

/** When it is asked, once it is published. */
export function scheduleSentence(
  { from, until }: { from?: string | undefined; until?: string | undefined },
  timeZone: string,
): string {
  const at = (instant: string) => formatDateTime(instant, timeZone);
  if (from !== undefined && until !== undefined) return `Asked from ${at(from)} until ${at(until)}.`;
  if (from !== undefined) return `Asked from ${at(from)} on.`;
  return until !== undefined
    ? `Asked until ${at(until)}.`
    : 'Asked as soon as it is published, without an end.';
}
