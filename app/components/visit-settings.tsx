import { BlockStack, Card, Layout, Text } from '@shopify/polaris';
import type { PixelView } from '../infra/db/reads/views.ts';
import { plural } from './format.ts';
import { TextSetting } from './settings-fields.tsx';
import type { SettingsForm } from './use-settings-form.ts';

/** Whether visits to the store are seen, and what of them counts as looking for help. */
export function VisitSettings({ form, visits }: { form: SettingsForm; visits: PixelView }) {
  return (
    <Layout>
      <Layout.AnnotatedSection
        title="Visits"
        description="Who has not been in the store for a month may be about to leave. Seen are customers who are logged in and allow analytics."
      >
        <Card>
          <BlockStack gap="400">
            <Text as="p">{visitSentence(visits)}</Text>
            <TextSetting
              form={form}
              path="visits.helpPages"
              help="Pages whose address contains one of these words, with commas between them."
            />
          </BlockStack>
        </Card>
      </Layout.AnnotatedSection>
    </Layout>
  );
}

/** One line: on, with what came of it, or off, and why. */
function visitSentence({ on, problem, customers }: PixelView): string {
  const seen = customers === 0 ? 'nobody was seen' : `${plural(customers, 'customer')} seen`;
  if (!on)
    return `Visits to the store: off, because ${problem ? lowerFirst(problem) : 'Shopify has not been asked yet. That takes a minute.'}`;
  const last = problem ? ` The last change has not reached Shopify: ${problem}` : '';
  return `Visits to the store: on; ${seen} in the last 30 days.${last}`;
}

/** Shopify's name stays as it is. */
const lowerFirst = (text: string): string =>
  text.startsWith('Shopify') ? text : text.charAt(0).toLowerCase() + text.slice(1);
