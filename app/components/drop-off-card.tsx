import { BlockStack, Card, Text, UnstyledLink } from '@shopify/polaris';
import type { EditionFunnel, QuestionFunnel } from '../services/show-funnel.ts';
import { formatCount, plural } from './format.ts';
import { dropOffFinding, editionName, shareWords } from './funnel-words.ts';
import { NumbersTable, shareCells } from './share-table.tsx';

const PARTS = [
  { key: 'answered', label: 'Answered' },
  { key: 'skipped', label: 'Passed by' },
  { key: 'stopped', label: 'Went away' },
] as const;

/** One edition, question by question: who came to each, answered it, passed it by, or went away there. */
export function DropOffCard({ funnel }: { funnel: EditionFunnel }) {
  const { kind, questions, counted, total, own, edition, stoppedAtEnd, abandoned } = funnel;
  const name = editionName(funnel);
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {dropOffFinding(funnel)}
          </Text>
          <Text as="p" variant="bodySm" tone="subdued">
            {own ? (
              <UnstyledLink url={`/app/surveys/${own.id}`} className="ac-text-link">
                {name}
              </UnstyledLink>
            ) : (
              name
            )}{' '}
            · {counted < total && `the newest ${formatCount(counted)} of `}
            {plural(total, 'answer')} · {formatCount(funnel.finished.count)} finished,{' '}
            {formatCount(abandoned)} left
          </Text>
        </BlockStack>
        <ul className="ac-keys" aria-hidden="true">
          {PARTS.map(({ key, label }) => (
            <li key={key}>
              <span className={`ac-swatch ac-drop--${key}`} /> {label}
            </li>
          ))}
        </ul>
        <ol className="ac-bars">
          {questions.map((question) => (
            <li key={question.id}>
              <span className="ac-wrap">{question.text}</span>
              <span className="ac-bars__count">{formatCount(question.answered.count)}</span>
              <span className="ac-bars__track ac-bars__track--parts" aria-hidden="true">
                {PARTS.map(({ key }) => (
                  <span
                    key={key}
                    className={`ac-drop--${key}`}
                    style={{ width: `${(100 * countOf(question, key)) / counted}%` }}
                  />
                ))}
              </span>
              <span className="ac-bars__share">{describe(question)}</span>
            </li>
          ))}
        </ol>
        <NumbersTable
          id={`numbers-${kind}-${edition}`}
          caption={`${name}, question by question`}
          columns={[
            'Question',
            'Came to it',
            ...PARTS.map(({ label }) => label),
            'Share answered',
            '95% interval',
          ]}
          rows={questions.map((question) => ({
            key: question.id,
            cells: [
              <span className="ac-numbers__text">{question.text}</span>,
              formatCount(question.reached),
              ...PARTS.map(({ key }) => formatCount(countOf(question, key))),
              ...(question.onlyWhereAnswered ? ['–', 'asked of some'] : shareCells(question.answered.share)),
            ],
          }))}
        />
        {stoppedAtEnd > 0 && (
          <Text as="p" variant="bodySm" tone="subdued">
            {formatCount(stoppedAtEnd)} more answered all that they were shown and did not send it off.
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}

const countOf = (question: QuestionFunnel, part: (typeof PARTS)[number]['key']): number =>
  part === 'skipped' ? question.skipped : question[part].count;

/** The numbers of one question in words. */
function describe({ onlyWhereAnswered, reached, answered, skipped, stopped }: QuestionFunnel): string {
  if (onlyWhereAnswered)
    return 'Asked of some only, by their order or by what is known of them: counted where it was answered';
  if (reached === 0) return 'Nobody came to it';
  const parts = [
    shareWords(answered.share, 'of those who came to it answered'),
    ...(skipped > 0 ? [`${formatCount(skipped)} passed it by`] : []),
    ...(stopped.count > 0 ? [`${formatCount(stopped.count)} went away here`] : []),
  ];
  return parts.join(' · ');
}
