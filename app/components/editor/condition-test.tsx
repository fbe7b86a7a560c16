import { Button, Select } from '@shopify/polaris';
import { DeleteIcon } from '@shopify/polaris-icons';
import { OPERATORS, type AnswerOperator } from '../../domain/surveys/answer-tests.ts';
import type { AnswerCondition, FactCondition } from '../../domain/surveys/conditions.ts';
import { textOf } from '../../domain/surveys/definition-texts.ts';
import { describeCondition } from '../../domain/surveys/describe-rules.ts';
import type { DefinitionQuestion } from '../../domain/surveys/question-types.ts';
import { firstIds, type ConditionBuilderProps } from './condition-builder.tsx';
import { AnswerOperand, FactOperand } from './condition-operand.tsx';
import {
  FACT_NAMES,
  FACT_OPERATORS,
  testOfAnswer,
  testOfFact,
  withAnswerOperator,
  withFactOperator,
  type FactName,
  type FactOperator,
  type Test,
} from './edit-conditions.ts';
import { FACT_LABELS, factOperatorLabel, operatorLabel } from './editor-words.ts';

export interface ConditionTestProps extends Omit<ConditionBuilderProps, 'condition' | 'onChange'> {
  test: Test;
  /** null: the test is removed. */
  onChange: (test: Test | null) => void;
}

/** One test: of what, how, with what. */
export function ConditionTest(props: ConditionTestProps) {
  const { definition, questions, labels, test, onChange } = props;
  const ids = firstIds(labels);
  const subject = test.if === 'answer' ? `q ${test.question}` : `f ${test.fact}`;
  const nameOf = (question: DefinitionQuestion) =>
    textOf(definition, definition.defaultLanguage, question.text);
  const facts = FACT_NAMES.filter(
    (name) =>
      (name !== 'product_ids' || ids.product !== '') && (name !== 'collection_ids' || ids.collection !== ''),
  );
  const options = [
    ...questions.map((question) => ({ value: `q ${question.id}`, label: `Answer: ${nameOf(question)}` })),
    ...facts.map((name) => ({ value: `f ${name}`, label: `Order: ${FACT_LABELS[name]}` })),
  ];
  // What is not offered (any more) stays as it is until another one is picked.
  const known = options.some(({ value }) => value === subject);
  const unknown = { value: subject, label: describeCondition(definition, test, null, labels) };
  const pick = (value: string) => {
    const name = value.slice(2);
    const question = questions.find(({ id }) => id === name);
    if (value.startsWith('q ')) onChange(question ? testOfAnswer(question) : test);
    else onChange(testOfFact(name as FactName, ids));
  };
  return (
    <div className="ac-test">
      <Select
        label="What"
        options={known ? options : [unknown, ...options]}
        value={subject}
        onChange={pick}
      />
      {known && test.if === 'answer' && <AnswerParts {...props} test={test} />}
      {known && test.if === 'fact' && <FactParts {...props} test={test} />}
      <div className="ac-test__remove">
        <Button
          icon={DeleteIcon}
          accessibilityLabel={`Remove: ${describeCondition(definition, test, null, labels)}`}
          onClick={() => onChange(null)}
        />
      </div>
    </div>
  );
}

function AnswerParts(props: ConditionTestProps & { test: AnswerCondition }) {
  const { questions, test, onChange } = props;
  const question = questions.find(({ id }) => id === test.question);
  if (!question) return null;
  return (
    <>
      <Select
        label="How"
        options={OPERATORS[question.type].map((op) => ({
          value: op as string,
          label: operatorLabel(op, question.type),
        }))}
        value={test.op}
        onChange={(op) => onChange(withAnswerOperator(question, op as AnswerOperator))}
      />
      <AnswerOperand {...props} question={question} />
    </>
  );
}

function FactParts(props: ConditionTestProps & { test: FactCondition }) {
  const { labels, test, onChange } = props;
  const { fact } = test;
  const operators = FACT_OPERATORS[fact];
  return (
    <>
      {operators.length > 1 && (
        <Select
          label="How"
          options={operators.map((op) => ({ value: op as string, label: factOperatorLabel(op, fact) }))}
          value={test.op}
          onChange={(op) => onChange(withFactOperator(fact, op as FactOperator, firstIds(labels)))}
        />
      )}
      <FactOperand {...props} />
    </>
  );
}
