import { BlockStack, Button, Text } from '@shopify/polaris';
import { ANSWER_DAYS } from '../domain/experiments/experiment.ts';
import { PACE_DAYS } from '../domain/experiments/sample-size.ts';
import type { KindChoice } from '../services/experiment-choices.ts';
import { aboutDays } from './experiment-words.ts';
import { formatCount, formatPercent, plural } from './format.ts';
import { numberOf, plannedSize, type ExperimentForm, type PlannedSize } from './use-experiment-form.ts';

/** Differences that are worth a look, in points. */
const STEPS = [3, 5, 10, 15, 20];

/** How many an experiment takes and how long, and what another difference would take. */
export function ExperimentSize({ form }: { form: ExperimentForm }) {
  const { draft, choice } = form;
  const arms = draft.variants.length + 1;
  const chosen = numberOf(draft.points);
  const size = choice && plannedSize(chosen, arms, choice);
  if (!choice || !size) return null;
  const rows = STEPS.flatMap((step) => {
    const planned = plannedSize(step, arms, choice);
    return planned ? [{ step, planned }] : [];
  });
  const timed = size.days !== null;
  return (
    <BlockStack gap="300">
      <div aria-live="polite">
        <Text as="p">{`${basisText(choice)}. ${sizeText(size, choice)}`}</Text>
      </div>
      <div className="ac-table-scroll">
        <table className="ac-mix">
          <caption>What it takes to see a difference of so many points</caption>
          <thead>
            <tr>
              <th scope="col">Difference</th>
              <th scope="col">People per arm</th>
              {timed && <th scope="col">Until the result</th>}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ step, planned }) => (
              <tr key={step}>
                <th scope="row">
                  <Button
                    size="slim"
                    pressed={step === chosen}
                    onClick={() => form.change({ points: String(step) })}
                  >
                    {plural(step, 'point')}
                  </Button>
                </th>
                <td>{formatCount(planned.perArm)}</td>
                {planned.days !== null && <td>{aboutDays(planned.days)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </BlockStack>
  );
}

function basisText({ rate: { rate, assumed, delivered } }: KindChoice): string {
  return assumed
    ? `${formatPercent(rate)} of those asked are assumed to answer: your own surveys of this kind were mailed too rarely to say`
    : `${formatPercent(rate)} of ${plural(delivered, 'mail')} were answered within ${ANSWER_DAYS} days (the mails of 90 days, up to ${ANSWER_DAYS} days ago)`;
}

function sizeText({ perArm, all, days }: PlannedSize, { askedLately }: KindChoice): string {
  const people = `About ${formatCount(perArm)} people per arm, ${formatCount(all)} in all, have to be asked.`;
  if (days === null) {
    return `${people} Not enough data to say how long that takes: nobody was asked this survey in the last ${PACE_DAYS} days.`;
  }
  const were = askedLately === 1 ? '1 person was' : `${formatCount(askedLately)} people were`;
  return `${people} In the last ${PACE_DAYS} days ${were} asked this survey: at that pace the result is there after ${aboutDays(days)}.`;
}
