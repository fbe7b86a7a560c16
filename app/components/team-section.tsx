import { BlockStack, Button, Card, Layout, Text, TextField } from '@shopify/polaris';
import { useMemo, useState } from 'react';
import type { SystemView } from '../infra/db/reads/views.ts';
import type { RenameStaffOutcome } from '../services/rename-staff.ts';
import { formatAgo } from './format.ts';
import { type Sender, useSuccessToast } from './use-feedback.ts';

interface TeamProps {
  naming: Sender<{ rename?: RenameStaffOutcome }>;
  staff: SystemView['staff'];
  staffId: string;
  now: string;
}

/** Who works here. Everybody names themselves; the name stands on cases and notes. */
export function TeamSection({ staff, staffId, naming, now }: TeamProps) {
  const me = staff.find((person) => person.userId === staffId);
  const [name, setName] = useState(me?.name ?? '');
  const result = naming.data?.rename;
  useSuccessToast(
    useMemo(() => (result?.outcome === 'renamed' ? { sentence: 'Name saved' } : null), [result]),
  );
  const others = staff.filter((person) => person.userId !== staffId);
  return (
    <Layout>
      <Layout.AnnotatedSection
        title="Team"
        description="Everyone who opened the app. Names stand on cases and notes."
      >
        <Card>
          <BlockStack gap="400">
            <form
              method="post"
              onSubmit={(event) => {
                event.preventDefault();
                naming.submit({ intent: 'rename', name }, { method: 'post' });
              }}
            >
              <TextField
                label="Your name"
                name="name"
                value={name}
                onChange={setName}
                maxLength={80}
                autoComplete="name"
                error={result?.outcome === 'refused' && result.sentence}
                connectedRight={
                  <Button
                    submit
                    loading={naming.state !== 'idle'}
                    disabled={name.trim() === '' || name === me?.name}
                  >
                    Save name
                  </Button>
                }
              />
            </form>
            {others.length > 0 && (
              <ul className="ac-list">
                {others.map((person) => (
                  <li key={person.userId}>
                    {person.name}{' '}
                    <Text as="span" tone="subdued">
                      seen {formatAgo(person.lastSeenAt, now)}
                    </Text>
                  </li>
                ))}
              </ul>
            )}
          </BlockStack>
        </Card>
      </Layout.AnnotatedSection>
    </Layout>
  );
}
