import { Banner, BlockStack, Button, Card, Text, TextField } from '@shopify/polaris';
import { useState, type ReactNode } from 'react';
import { allowedActs, type CaseStatus } from '../domain/cases/transitions.ts';
import type { CaseView } from '../infra/db/reads/case-views.ts';
import type { UpdateCaseOutcome } from '../services/update-case.ts';

export interface CaseActsProps {
  entry: CaseView;
  staffId: string;
  result: UpdateCaseOutcome | null;
  busy: boolean;
  onAct: (form: HTMLFormElement) => void;
}

/** What one can do now, in one column: the next step first, as the primary button. */
export function CaseActs({ entry, staffId, result, busy, onAct }: CaseActsProps) {
  const acts = allowedActs(entry.status as CaseStatus);
  const refusal = result?.outcome === 'refused' ? result : null;
  const errorOf = (field: string) => (refusal?.field === field ? refusal.sentence : undefined);
  const mine = entry.ownerId === staffId;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          What to do
        </Text>
        {refusal && refusal.field === null && <Banner tone="critical">{refusal.sentence}</Banner>}
        {acts.includes('acknowledge') && (
          <Act onAct={onAct} act="acknowledge">
            <Text as="p" tone="subdued">
              Write to the customer, then acknowledge: it stops the clock. E-mails that the app sends never
              do.
            </Text>
            <Button submit variant="primary" fullWidth loading={busy}>
              Acknowledge
            </Button>
          </Act>
        )}
        {acts.includes('resolve') && (
          <WithText
            onAct={onAct}
            act="resolve"
            name="resolution"
            label="What was done for the customer?"
            initial={entry.resolution}
            error={errorOf('resolution')}
            button="Resolve"
            busy={busy}
            primary
          />
        )}
        {acts.includes('close') && (
          <WithText
            onAct={onAct}
            act="close"
            name="rootCause"
            label="Root cause"
            help="What has to be fixed so that it does not happen again?"
            initial={entry.rootCause}
            error={errorOf('rootCause')}
            button="Close case"
            busy={busy}
            primary
          />
        )}
        {entry.status !== 'closed' && !mine && (
          <Act onAct={onAct} act="assign">
            <Button submit fullWidth loading={busy}>
              Assign to me
            </Button>
          </Act>
        )}
        {acts.includes('reopen') && (
          <Act onAct={onAct} act="reopen">
            <Button submit fullWidth loading={busy}>
              Reopen
            </Button>
          </Act>
        )}
        <WithText
          onAct={onAct}
          act="note"
          name="note"
          label="Note for the team"
          initial={null}
          error={errorOf('note')}
          button="Add note"
          busy={busy}
        />
      </BlockStack>
    </Card>
  );
}

type OnAct = CaseActsProps['onAct'];

function Act({ act, onAct, children }: { act: string; onAct: OnAct; children: ReactNode }) {
  return (
    <form
      method="post"
      onSubmit={(event) => {
        event.preventDefault();
        onAct(event.currentTarget);
      }}
    >
      <input type="hidden" name="act" value={act} />
      <BlockStack gap="200">{children}</BlockStack>
    </form>
  );
}

interface WithTextProps {
  onAct: OnAct;
  act: string;
  name: string;
  label: string;
  help?: string;
  initial: string | null;
  error: string | undefined;
  button: string;
  busy: boolean;
  primary?: boolean;
}

function WithText({
  onAct,
  act,
  name,
  label,
  help,
  initial,
  error,
  button,
  busy,
  primary = false,
}: WithTextProps) {
  const [value, setValue] = useState(initial ?? '');
  return (
    <Act act={act} onAct={onAct}>
      <TextField
        label={label}
        helpText={help}
        name={name}
        value={value}
        onChange={setValue}
        error={error}
        multiline={2}
        autoComplete="off"
        maxLength={4000}
      />
      <Button submit fullWidth loading={busy} {...(primary && { variant: 'primary' as const })}>
        {button}
      </Button>
    </Act>
  );
}
