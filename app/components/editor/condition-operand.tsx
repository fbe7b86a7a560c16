import { ChoiceList, Select, TextField } from '@shopify/polaris';
import { currencyExponent, decimalFromMinor, minorFromDecimal } from '../../domain/core/money.ts';
import type { AnswerCondition, FactCondition } from '../../domain/surveys/conditions.ts';
import type { Definition } from '../../domain/surveys/definition.ts';
import {
  isRating,
  optionIds,
  RATING_SCALES,
  type DefinitionQuestion,
} from '../../domain/surveys/question-types.ts';
import { scaleValues } from '../../domain/surveys/routing.ts';
import { optionName } from '../../domain/surveys/wording.ts';
import type { ConditionTestProps } from './condition-test.tsx';
import type { Test } from './edit-conditions.ts';
import { BAND_OPTIONS, ROUTE_OPTIONS, TIER_OPTIONS, YES_NO } from './editor-words.ts';
import { NumberInput } from './number-input.tsx';

/** Of a country or a language. */
const CODE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

interface Choice {
  value: string;
  label: string;
}

/** With what an answer is compared. */
export function AnswerOperand(
  props: ConditionTestProps & { test: AnswerCondition; question: DefinitionQuestion },
) {
  const { definition, test, question, onChange } = props;
  const choices = choicesOf(definition, question);
  const typed = (value: string) => (isRating(question) ? Number(value) : value);
  switch (test.op) {
    case 'answered':
    case 'not_answered':
      return null;
    case 'route':
      return (
        <Pick
          choices={ROUTE_OPTIONS}
          value={test.value}
          onPick={(value) => onChange({ ...test, value } as Test)}
        />
      );
    case 'between':
      return (
        <>
          <Pick
            label="From"
            choices={choices}
            value={String(test.min)}
            onPick={(value) => onChange({ ...test, min: Number(value) })}
          />
          <Pick
            label="To"
            choices={choices}
            value={String(test.max)}
            onPick={(value) => onChange({ ...test, max: Number(value) })}
          />
        </>
      );
    case 'one_of':
      return (
        <Several
          choices={choices}
          values={test.values.map(String)}
          onPick={(values) => onChange({ ...test, values: values.map(typed) })}
        />
      );
    default: {
      if (question.type === 'consent') {
        const set = (value: string) => onChange({ ...test, value: value === 'true' } as Test);
        return <Pick choices={YES_NO} value={String(test.value)} onPick={set} />;
      }
      const set = (value: string) => onChange({ ...test, value: typed(value) } as Test);
      return choices.length > 0 ? (
        <Pick choices={choices} value={String(test.value)} onPick={set} />
      ) : (
        <Words value={String(test.value)} onWords={set} />
      );
    }
  }
}

function choicesOf(definition: Definition, question: DefinitionQuestion): Choice[] {
  if (isRating(question)) {
    return scaleValues(RATING_SCALES[question.type]).map((value) => ({
      value: String(value),
      label: String(value),
    }));
  }
  return optionIds(question).map((id) => ({
    value: id,
    label: optionName(definition, question, id).slice(1, -1),
  }));
}

/** With what an order fact is compared. */
export function FactOperand(props: ConditionTestProps & { test: FactCondition }) {
  const { labels, test, onChange } = props;
  const set = (fields: object) => onChange({ ...test, ...fields } as Test);
  switch (test.fact) {
    case 'refunded':
    case 'first_order':
      return (
        <Pick
          choices={YES_NO}
          value={String(test.value)}
          onPick={(value) => set({ value: value === 'true' })}
        />
      );
    case 'order_count':
    case 'days_late':
    case 'order_value_minor': {
      const currency = test.fact === 'order_value_minor' ? labels.currency : null;
      const number = (label: string, value: number, field: string) => (
        <Amount
          label={label}
          value={value}
          currency={currency}
          onAmount={(amount) => set({ [field]: amount })}
        />
      );
      if (test.op !== 'between') return number('Value', test.value, 'value');
      return (
        <>
          {number('From', test.min, 'min')}
          {number('To', test.max, 'max')}
        </>
      );
    }
    default: {
      const choices = {
        tier: TIER_OPTIONS,
        health_band: BAND_OPTIONS,
        product_ids: labels.products.map(({ id, title }) => ({ value: id, label: title })),
        collection_ids: labels.collections.map(({ id, title }) => ({ value: id, label: title })),
        country: [],
        locale: [],
      }[test.fact];
      if ('values' in test) {
        return choices.length > 0 ? (
          <Several choices={choices} values={test.values} onPick={(values) => set({ values })} />
        ) : (
          <Words
            value={test.values.join(', ')}
            help={`Codes such as ${test.fact === 'country' ? 'DE, FR' : 'de, pt-BR'}.`}
            wrong={!test.values.every((code) => CODE.test(code))}
            onWords={(words) => set({ values: words.split(',').map((word) => word.trim()) })}
          />
        );
      }
      return choices.length > 0 ? (
        <Pick choices={choices} value={test.value} onPick={(value) => set({ value })} />
      ) : (
        <Words
          value={test.value}
          help={test.fact === 'country' ? 'A code such as DE.' : 'A code such as de or pt-BR.'}
          wrong={!CODE.test(test.value)}
          onWords={(words) => set({ value: words.trim() })}
        />
      );
    }
  }
}

function Pick(props: { label?: string; choices: Choice[]; value: string; onPick: (value: string) => void }) {
  const { label = 'Value', choices, value, onPick } = props;
  const gone = choices.every((choice) => choice.value !== value);
  return (
    <Select
      label={label}
      options={gone ? [{ value, label: `${value} (not offered any more)` }, ...choices] : choices}
      value={value}
      onChange={onPick}
    />
  );
}

/** At least one: the last one cannot be taken away. */
function Several(props: { choices: Choice[]; values: string[]; onPick: (values: string[]) => void }) {
  const { choices, values, onPick } = props;
  return (
    <ChoiceList
      title="Values"
      allowMultiple
      choices={choices}
      selected={values}
      onChange={(chosen) => chosen.length > 0 && onPick(chosen)}
    />
  );
}

function Words(props: { value: string; help?: string; wrong?: boolean; onWords: (words: string) => void }) {
  const { value, help, wrong = value.trim() === '', onWords } = props;
  return (
    <TextField
      label="Value"
      autoComplete="off"
      maxLength={200}
      value={value}
      helpText={help}
      error={wrong ? (help ?? 'Enter a value.') : undefined}
      onChange={onWords}
    />
  );
}

/** Money in whole units of the currency, anything else as it is. */
function Amount(props: {
  label: string;
  value: number;
  currency: string | null;
  onAmount: (amount: number) => void;
}) {
  const { label, value, currency, onAmount } = props;
  if (currency === null || currencyExponent(currency) === 0) {
    return (
      <NumberInput
        label={label}
        suffix={currency ?? undefined}
        value={value}
        error={Number.isInteger(value) && value >= 0 ? undefined : 'Enter a whole number.'}
        onChange={(amount) => onAmount(amount ?? Number.NaN)}
      />
    );
  }
  const units = Number.isInteger(value) ? Number(decimalFromMinor(value, currency)) : undefined;
  return (
    <NumberInput
      label={label}
      suffix={currency}
      value={units}
      error={units === undefined ? 'Enter an amount.' : undefined}
      onChange={(amount) =>
        onAmount(
          amount === undefined ? Number.NaN : (minorFromDecimal(String(amount), currency) ?? Number.NaN),
        )
      }
    />
  );
}
