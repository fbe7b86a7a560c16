import {
  Banner,
  BlockStack,
  Button,
  Card,
  ChoiceList,
  FormLayout,
  InlineStack,
  List,
  Select,
  Text,
  TextField,
} from '@shopify/polaris';
import { useRef } from 'react';
import { DIMENSIONS, MOST_ARMS, type Dimension } from '../domain/experiments/experiment.ts';
import { ExperimentSize } from './experiment-size.tsx';
import { canVary, DIMENSION_HELP, DIMENSION_LABELS, leftOutWords } from './experiment-words.ts';
import { plural } from './format.ts';
import {
  numberOf,
  valueOf,
  variantChoices,
  type ExperimentForm,
  type VariantDraft,
} from './use-experiment-form.ts';
import { surveyLabel } from './words.ts';

/** What is to be tried on whom, and how many that takes. */
export function ExperimentFormView({
  form,
  kinds,
  errors,
}: {
  form: ExperimentForm;
  /** Of all surveys, which are on. */
  kinds: readonly { kind: string; enabled: boolean }[];
  errors: readonly string[];
}) {
  const { draft, choice } = form;
  const { dimension, variants } = draft;
  const arms = useRef<HTMLDivElement>(null);
  const undo = () => {
    form.goBack();
    // The button has gone with what it took back.
    arms.current?.focus();
  };
  const asks = dimension === 'wording' || dimension === 'incentive';
  const stuck = asks && choice !== null && choice.editions.length < 2;
  return (
    <BlockStack gap="400">
      {errors.length > 0 && (
        <Banner tone="critical" title="Nothing was created yet">
          <List>
            {errors.map((error) => (
              <List.Item key={error}>{error}</List.Item>
            ))}
          </List>
        </Banner>
      )}
      <Card>
        <FormLayout>
          <TextField
            label="Name"
            value={draft.name}
            maxLength={80}
            autoComplete="off"
            onChange={(name) => form.change({ name })}
          />
          <ChoiceList
            title="What differs"
            choices={DIMENSIONS.map((value) => ({
              ...{ value, label: DIMENSION_LABELS[value], helpText: DIMENSION_HELP[value] },
            }))}
            selected={[dimension]}
            onChange={([value]) => value !== undefined && form.setDimension(value as Dimension)}
          />
          <Select
            label="Survey"
            options={kinds
              .filter(({ kind }) => canVary(dimension, kind))
              .map(({ kind, enabled }) => ({
                value: kind,
                label: enabled ? surveyLabel(kind) : `${surveyLabel(kind)}, switched off`,
              }))}
            value={draft.kind}
            onChange={form.setKind}
          />
        </FormLayout>
      </Card>
      <Card>
        <BlockStack gap="400">
          <div ref={arms} tabIndex={-1}>
            <Text as="h2" variant="headingMd">
              Arms
            </Text>
          </div>
          {form.leftOut && (
            <Banner tone="warning" action={{ content: 'Undo', onAction: undo }}>
              <p>{leftOutWords(form.leftOut, draft)}</p>
            </Banner>
          )}
          <Text as="p" tone="subdued">
            {controlWords(form)} Each customer falls to one arm by lot and stays there, and all arms are of
            one size.
          </Text>
          {stuck ? (
            <Banner tone="info">
              <p>
                An experiment needs two surveys that are asked of everybody with the person known. Publish one
                of your own for this, without an audience or a schedule.
              </p>
            </Banner>
          ) : (
            variants.map((variant, index) => (
              <VariantFields key={index} form={form} variant={variant} at={index} />
            ))
          )}
          {dimension !== 'channel' && !stuck && variants.length < MOST_ARMS - 1 && (
            <div>
              <Button onClick={form.addVariant}>Add variant</Button>
            </div>
          )}
        </BlockStack>
      </Card>
      <Card>
        <FormLayout>
          <TextField
            type="number"
            label="Smallest difference that matters"
            suffix="points"
            helpText="How many more of 100 people would have to answer for you to change something. The smaller, the more people it takes."
            value={draft.points}
            min={1}
            max={50}
            autoComplete="off"
            error={pointsError(draft.points)}
            onChange={(points) => form.change({ points })}
          />
          <ExperimentSize form={form} />
        </FormLayout>
      </Card>
    </BlockStack>
  );
}

function VariantFields({ form, variant, at }: { form: ExperimentForm; variant: VariantDraft; at: number }) {
  const { draft, choice } = form;
  const { dimension, variants } = draft;
  const name = variants.length === 1 ? 'Variant' : `Variant ${at + 1}`;
  if (dimension === 'channel')
    return (
      <Text as="p">{name}: no e-mail; the survey is offered on your pages and in the customer account.</Text>
    );
  return (
    <div role="group" aria-label={name}>
      <BlockStack gap="200">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h3" variant="headingSm">
            {name}
          </Text>
          {variants.length > 1 && (
            <Button
              variant="plain"
              onClick={() => form.removeVariant(at)}
              accessibilityLabel={`Remove ${name.toLowerCase()}`}
            >
              Remove
            </Button>
          )}
        </InlineStack>
        {dimension === 'timing' ? (
          <FormLayout>
            <FormLayout.Group condensed>
              <TextField
                type="number"
                label={`Days after ${ANCHORS[draft.kind] ?? 'it'}`}
                value={variant.days}
                min={0}
                max={60}
                autoComplete="off"
                onChange={(days) => form.setVariant(at, { days })}
              />
              <Select
                label="Hour"
                options={HOURS}
                value={variant.hour}
                onChange={(hour) => form.setVariant(at, { hour })}
              />
            </FormLayout.Group>
          </FormLayout>
        ) : (
          <Select
            label="Asks"
            options={[
              { value: '', label: 'Choose a survey' },
              ...variantChoices(choice).map((edition) => ({
                value: valueOf(edition),
                label: `${edition.surveyId === null ? 'The preset' : edition.name}${edition.incentive ? ', with an incentive' : ''}`,
              })),
            ]}
            value={variant.survey}
            onChange={(survey) => form.setVariant(at, { survey })}
          />
        )}
      </BlockStack>
    </div>
  );
}

/** What the days of a survey count from. */
const ANCHORS: Record<string, string> = {
  delivery: 'the delivery',
  usage: 'the delivery',
  relationship: 'the purchase',
  return: 'the return',
};

const HOURS = [
  { value: '', label: 'As now' },
  ...Array.from({ length: 24 }, (_, hour) => ({
    value: String(hour),
    label: `${String(hour).padStart(2, '0')}:00`,
  })),
];

/** What those get who are not treated otherwise. */
function controlWords({ draft: { dimension }, choice }: ExperimentForm): string {
  if (dimension === 'timing' && choice?.delayDays !== null && choice !== null)
    return `The control is asked as now, after ${plural(choice.delayDays, 'day')}.`;
  const [now] = choice?.editions ?? [];
  if ((dimension === 'wording' || dimension === 'incentive') && now)
    return `The control is asked as now: ${now.surveyId === null ? 'the preset' : `“${now.name}”`}${now.incentive ? ', with an incentive' : ''}.`;
  return 'The control is asked as now.';
}

function pointsError(text: string): string | undefined {
  const value = numberOf(text);
  return value === null || value < 1 || value > 50 ? 'Enter a number of points from 1 to 50.' : undefined;
}
