import { Badge, Banner, BlockStack, Button, Card, InlineStack, List, Text } from '@shopify/polaris';
import type { Finding } from '../../domain/surveys/check-definition.ts';
import { plural } from '../format.ts';
import { removeIncomplete, removeLanguage } from './edit-languages.ts';
import { languageName } from './editor-words.ts';
import type { MissingTexts, SurveyEditorState } from './use-survey-editor.ts';

export type EditorTab = 'questions' | 'texts' | 'logic' | 'languages' | 'audience' | 'checks';

/** Where something is put right. */
export interface EditorPlace {
  tab: EditorTab;
  questionId?: string | null;
  language?: string;
}

export interface ChecksPanelProps {
  editor: SurveyEditorState;
  /** Opens the place that a finding is about. */
  goTo: (place: EditorPlace) => void;
}

/** What has to be put right before publishing, and what is worth a second look. */
export function ChecksPanel({ editor, goTo }: ChecksPanelProps) {
  const { faults, findings, toFix } = editor;
  const errors = findings.filter(({ severity }) => severity === 'error');
  const warnings = findings.filter(({ severity }) => severity === 'warning');
  return (
    <BlockStack gap="300">
      {toFix === 0 && <Banner tone="success" title="It can be published: nothing stands against it." />}
      {faults.length > 0 && (
        <Banner tone="critical" title="It cannot be saved like this">
          <List>
            {faults.map((fault) => (
              <List.Item key={fault.field}>{faultSentence(fault)}</List.Item>
            ))}
          </List>
        </Banner>
      )}
      <Findings title="Before publishing" badge="Must be fixed" findings={errors} goTo={goTo} />
      <Missing editor={editor} goTo={goTo} />
      <Findings title="Worth a second look" badge="Advice" findings={warnings} goTo={goTo} />
    </BlockStack>
  );
}

function Findings(props: {
  title: string;
  badge: string;
  findings: Finding[];
  goTo: ChecksPanelProps['goTo'];
}) {
  const { title, badge, findings, goTo } = props;
  if (findings.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {title}
        </Text>
        <ul className="ac-list">
          {findings.map((finding) => {
            const { severity, code, message, questionId } = finding;
            const tab = tabOf(finding);
            return (
              <li key={`${code} ${message}`} className="ac-wrap">
                <BlockStack gap="100" inlineAlign="start">
                  <Badge tone={severity === 'error' ? 'critical' : 'info'}>{badge}</Badge>
                  <Text as="p">{message}</Text>
                  <GoTo what={TAB_NAMES[tab]} about={message} onGo={() => goTo({ tab, questionId })} />
                </BlockStack>
              </li>
            );
          })}
        </ul>
      </BlockStack>
    </Card>
  );
}

function Missing({ editor, goTo }: ChecksPanelProps) {
  const { missing, draft, change } = editor;
  if (missing.length === 0) return null;
  const others = missing.filter(({ language }) => language !== draft.defaultLanguage);
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Missing texts
        </Text>
        <Text as="p" tone="subdued">
          Each language needs all of its texts before it is published.
        </Text>
        <ul className="ac-list">
          {missing.map((one) => {
            const { language, gaps } = one;
            const name = languageName(language);
            const own = language === draft.defaultLanguage;
            const questionId = gaps[0]?.questionId ?? null;
            const place: EditorPlace = own
              ? { tab: questionId === null ? 'texts' : 'questions', questionId }
              : { tab: 'languages', language };
            return (
              <li key={language} className="ac-wrap">
                <BlockStack gap="100" inlineAlign="start">
                  <Badge tone="critical">Must be fixed</Badge>
                  <Text as="p">{missingSentence(one, draft.questions)}</Text>
                  <InlineStack gap="300">
                    <GoTo
                      what={own ? TAB_NAMES[place.tab] : 'Translate'}
                      about={name}
                      onGo={() => goTo(place)}
                    />
                    {!own && (
                      <Button
                        variant="plain"
                        accessibilityLabel={`Remove the language: ${name}`}
                        onClick={() => change((now) => removeLanguage(now, language))}
                      >
                        Remove the language
                      </Button>
                    )}
                  </InlineStack>
                </BlockStack>
              </li>
            );
          })}
        </ul>
        {others.length > 1 && (
          <div>
            <Button onClick={() => change(removeIncomplete)}>
              {`Remove these ${plural(others.length, 'language')}`}
            </Button>
          </div>
        )}
      </BlockStack>
    </Card>
  );
}

/** What has to be put right before it can be published, each as a sentence. */
export function faultSentences({
  faults,
  findings,
  missing,
  draft,
}: Pick<SurveyEditorState, 'faults' | 'findings' | 'missing' | 'draft'>): string[] {
  return [
    ...faults.map(faultSentence),
    ...findings.filter(({ severity }) => severity === 'error').map(({ message }) => message),
    ...missing.map((one) => missingSentence(one, draft.questions)),
  ];
}

const faultSentence = ({ field, message }: SurveyEditorState['faults'][number]) =>
  `${placeName(field)} ${message.slice(field.length).trim()}`;

const NAMED = 3;

/** "German: 5 texts are missing (2. Question, 2. Option 1, 2. Option 2 …)." */
export function missingSentence(
  { language, gaps }: MissingTexts,
  questions: readonly { id: string }[],
): string {
  const names = gaps.slice(0, NAMED).map(({ questionId, label }) => {
    const number = questions.findIndex(({ id }) => id === questionId) + 1;
    return number > 0 ? `${number}. ${label}` : label;
  });
  const verb = gaps.length === 1 ? 'is' : 'are';
  const more = gaps.length > NAMED ? ' …' : '';
  return `${languageName(language)}: ${plural(gaps.length, 'text')} ${verb} missing (${names.join(', ')}${more}).`;
}

function GoTo({ what, about, onGo }: { what: string; about: string; onGo: () => void }) {
  return (
    <Button variant="plain" onClick={onGo} accessibilityLabel={`${what}: ${about}`}>
      {what}
    </Button>
  );
}

const TAB_NAMES: Record<EditorTab, string> = {
  questions: 'Go to the question',
  texts: 'Go to the texts',
  logic: 'Go to the logic',
  languages: 'Go to the languages',
  audience: 'Go to the audience',
  checks: 'Go to the checks',
};

/** Whether a finding is about with whom the answers are stored. */
export const isAboutIdentity = ({ code }: Finding): boolean => code.startsWith('identity_');

export function tabOf(finding: Finding): EditorTab {
  const { code, questionId } = finding;
  if (isAboutIdentity(finding)) return questionId === null ? 'audience' : 'questions';
  switch (code) {
    case 'untranslated':
      return 'languages';
    case 'ends_without_rating':
    case 'needs_device':
    case 'files_for_visitors':
    case 'other_without_text':
    case 'link_on_score':
      return questionId === null ? 'texts' : 'questions';
    case 'schedule_reversed':
    case 'schedule_over':
    case 'nothing_to_ask':
      return 'audience';
    case 'review_gating':
    case 'incentive_on_score':
    case 'incentive_for_visitors':
      return 'texts';
    default:
      return 'logic';
  }
}

const PLACES: [start: string, name: string][] = [
  ['target', 'The audience'],
  ['schedule', 'The schedule'],
  ['reviewAsk.url', 'The address of the review page'],
  ['reviewAsk', 'The review request'],
  ['incentive.budget', 'The number of rewards'],
  ['incentive.validDays', 'The days for which a code is valid'],
  ['incentive.reward', 'The size of the reward'],
  ['incentive', 'The reward'],
  ['values', 'The calculated values'],
];

/** "questions.2.maxLength" as a person would say where that is. */
function placeName(field: string): string {
  const [, index, rest = ''] = /^questions\.(\d+)\.?(.*)$/.exec(field) ?? [];
  if (index !== undefined) return `Question ${Number(index) + 1}: ${rest.replaceAll('.', ' ')}`;
  if (field === 'name') return 'The name';
  const place = PLACES.find(([start]) => field === start || field.startsWith(`${start}.`));
  return place ? `${place[1]}:` : field;
}
