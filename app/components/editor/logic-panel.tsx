import { BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { describeLogic, type LogicSentence } from '../../domain/surveys/describe-rules.ts';
import type { DefinitionQuestion } from '../../domain/surveys/question-types.ts';
import { formatMoney } from '../../domain/core/money.ts';
import { useSuccessToast } from '../use-feedback.ts';
import { ConditionBuilder, firstTest, type LogicLabels } from './condition-builder.tsx';
import { changeQuestion } from './edit-questions.ts';
import { RuleBuilder } from './rule-builder.tsx';
import { wordsAt } from './text-places.ts';
import { ValuesPanel } from './values-panel.tsx';
import type { SurveyEditorState } from './use-survey-editor.ts';

export interface LogicPanelProps {
  editor: SurveyEditorState;
  labels: LogicLabels;
}

/** Taken away a moment ago, with what brings it back. */
export interface Removed {
  sentence: string;
  undo: () => void;
}

/** The logic of the survey as sentences, question by question; each opens a builder. */
export function LogicPanel({ editor, labels }: LogicPanelProps) {
  const { draft, named } = editor;
  const money = (minor: number) => formatMoney(minor, labels.currency);
  const sentences = describeLogic(named, { ...labels, money });
  const [open, setOpen] = useState<string | null>(null);
  const [removed, setRemoved] = useState<Removed | null>(null);
  useSuccessToast(removed, removed?.undo);
  return (
    <BlockStack gap="300">
      <p className="ac-editor__aside">
        Questions are asked in their order. Say here which are left out, and for whom.
      </p>
      {draft.questions.map((question, index) => (
        <div key={question.id} id={`logic-${question.id}`}>
          <QuestionLogic
            {...{ editor, labels, question, index, open, setOpen, setRemoved }}
            name={wordsAt(named, `questions.${index}.text`, named.defaultLanguage) || `Question ${index + 1}`}
            sentences={sentences.filter(({ questionId }) => questionId === question.id)}
          />
        </div>
      ))}
      <ValuesPanel editor={editor} onRemoved={setRemoved} />
    </BlockStack>
  );
}

interface QuestionLogicProps extends LogicPanelProps {
  question: DefinitionQuestion;
  index: number;
  name: string;
  sentences: LogicSentence[];
  open: string | null;
  setOpen: (key: string | null) => void;
  setRemoved: (removed: Removed) => void;
}

function QuestionLogic(props: QuestionLogicProps) {
  const { editor, labels, question, index, name, sentences, open, setOpen, setRemoved } = props;
  const { named, change } = editor;
  const set = (fields: Partial<DefinitionQuestion>) =>
    change((now) => changeQuestion(now, question.id, fields));
  const before = named.questions.slice(0, index);
  const keyOf = ({ about, index: at }: Pick<LogicSentence, 'about' | 'index'>) =>
    `${question.id} ${about} ${at}`;
  const conditionKey = keyOf({ about: 'condition', index: 0 });
  const remove = (line: LogicSentence) => {
    const { showWhen, rules } = question;
    if (line.about === 'condition') set({ showWhen: undefined });
    else set({ rules: rules.toSpliced(line.index, 1) });
    setOpen(null);
    const undo = () => set(line.about === 'condition' ? { showWhen } : { rules });
    setRemoved({ sentence: line.about === 'condition' ? 'Condition removed' : 'Rule removed', undo });
  };
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          {index + 1}. {name}
        </Text>
        {sentences.length === 0 && (
          <Text as="p" tone="subdued">
            Asked of everyone who gets this far.
          </Text>
        )}
        {sentences.map((line) => {
          const key = keyOf(line);
          const fixed = line.about === 'order' || line.about === 'profile';
          return (
            <BlockStack key={key} gap="200">
              <Text as="p">
                <span className="ac-wrap">{line.sentence}</span>
              </Text>
              {!fixed && (
                <InlineStack gap="300">
                  <Button
                    variant="plain"
                    ariaExpanded={open === key}
                    accessibilityLabel={`${open === key ? 'Done' : 'Edit'}: ${line.sentence}`}
                    onClick={() => setOpen(open === key ? null : key)}
                  >
                    {open === key ? 'Done' : 'Edit'}
                  </Button>
                  <Button
                    variant="plain"
                    tone="critical"
                    accessibilityLabel={`Remove: ${line.sentence}`}
                    onClick={() => remove(line)}
                  >
                    Remove
                  </Button>
                </InlineStack>
              )}
              {open === key && line.about === 'condition' && (
                <ConditionBuilder
                  definition={named}
                  condition={question.showWhen}
                  questions={before}
                  labels={labels}
                  onChange={(showWhen) => set({ showWhen })}
                />
              )}
              {open === key && line.about === 'rule' && (
                <RuleBuilder
                  definition={named}
                  rule={question.rules[line.index]!}
                  index={index}
                  labels={labels}
                  onChange={(rule) => set({ rules: question.rules.with(line.index, rule) })}
                />
              )}
            </BlockStack>
          );
        })}
        <InlineStack gap="200">
          {question.showWhen === undefined && (
            <Button
              accessibilityLabel={`Ask only if: ${name}`}
              onClick={() => {
                set({ showWhen: firstTest({ questions: before, labels }) });
                setOpen(conditionKey);
              }}
            >
              Ask only if…
            </Button>
          )}
          <Button
            accessibilityLabel={`Add rule: ${name}`}
            onClick={() => {
              const when = firstTest({ questions: named.questions.slice(0, index + 1), labels });
              set({ rules: [...question.rules, { do: 'end', when }] });
              setOpen(keyOf({ about: 'rule', index: question.rules.length }));
            }}
          >
            Add rule
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
