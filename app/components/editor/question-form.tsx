import { BlockStack, Checkbox, ChoiceList, InlineGrid, Select } from '@shopify/polaris';
import type { DefinitionQuestion } from '../../domain/surveys/question-types.ts';
import {
  isRating,
  MAX_LONG_TEXT,
  MAX_SHORT_TEXT,
  type RatingQuestion,
} from '../../domain/surveys/question-types.ts';
import { changeQuestion, changeSurvey, metricsFor, switchPart, type NewId } from './edit-questions.ts';
import { METRIC_LABELS } from './editor-words.ts';
import { NumberInput } from './number-input.tsx';
import { OptionList } from './option-list.tsx';
import { TextInput } from './text-input.tsx';
import type { SurveyEditorState } from './use-survey-editor.ts';

export interface QuestionFormProps {
  editor: SurveyEditorState;
  question: DefinitionQuestion;
  /** Its place in the survey, from 0. */
  index: number;
  newId: NewId;
}

/** Everything that one question is made of; when it is shown stands on the tab for logic. */
export function QuestionForm(props: QuestionFormProps) {
  const { editor, question, index } = props;
  const path = `questions.${index}`;
  const set = (fields: object) => editor.change((now) => changeQuestion(now, question.id, fields));
  const toggle = (part: 'help' | 'ends' | 'other', on: boolean) =>
    editor.change((now) => switchPart(now, question.id, part, on));
  return (
    <BlockStack gap="300">
      <TextInput editor={editor} path={`${path}.text`} label="Question" multiline autoFocus />
      <Checkbox
        label="With a line of explanation"
        checked={question.help !== undefined}
        onChange={(on) => toggle('help', on)}
      />
      {question.help !== undefined && <TextInput editor={editor} path={`${path}.help`} label="Explanation" />}
      <Checkbox
        label="Must be answered"
        checked={question.required}
        onChange={(required) => set({ required })}
      />
      {isRating(question) && <RatingFields {...props} question={question} set={set} toggle={toggle} />}
      {'options' in question && <OptionList {...props} question={question} path={path} />}
      {(question.type === 'choice' || question.type === 'multiple_choice') && (
        <>
          <Checkbox
            label="One more option asks for their own words"
            checked={question.other !== undefined}
            onChange={(on) => toggle('other', on)}
          />
          {question.other && (
            <TextInput editor={editor} path={`${path}.other.text`} label="Option for own words" />
          )}
        </>
      )}
      {question.type === 'multiple_choice' && (
        <NumberInput
          label="How many may be chosen"
          help="Empty: as many as they like."
          value={question.atMost}
          error={faultAt(editor, `${path}.atMost`)}
          onChange={(atMost) => set({ atMost })}
        />
      )}
      {(question.type === 'short_text' || question.type === 'long_text') && (
        <NumberInput
          label="Longest answer"
          suffix="characters"
          help={`Up to ${question.type === 'short_text' ? MAX_SHORT_TEXT : MAX_LONG_TEXT}.`}
          value={question.maxLength}
          error={faultAt(editor, `${path}.maxLength`)}
          onChange={(maxLength) => set({ maxLength: maxLength ?? Number.NaN })}
        />
      )}
      {question.type === 'image_upload' && (
        <NumberInput
          label="How many pictures"
          help="Up to 5, each of up to 8 MB."
          value={question.maxFiles}
          error={faultAt(editor, `${path}.maxFiles`)}
          onChange={(maxFiles) => set({ maxFiles: maxFiles ?? Number.NaN })}
        />
      )}
      {question.type === 'voice_note' && (
        <NumberInput
          label="Longest recording"
          suffix="seconds"
          help="From 5 to 300."
          value={question.maxSeconds}
          error={faultAt(editor, `${path}.maxSeconds`)}
          onChange={(maxSeconds) => set({ maxSeconds: maxSeconds ?? Number.NaN })}
        />
      )}
      {question.type === 'contact' && (
        <ChoiceList
          title="What to ask for"
          allowMultiple
          choices={[
            { label: 'Name', value: 'name' },
            { label: 'E-mail', value: 'email' },
            { label: 'Phone', value: 'phone' },
          ]}
          selected={question.asks}
          error={question.asks.length === 0 ? 'Choose at least one.' : undefined}
          onChange={(asks) => set({ asks })}
        />
      )}
      <When {...props} set={set} path={path} />
    </BlockStack>
  );
}

interface PartProps extends QuestionFormProps {
  set: (fields: object) => void;
  toggle: (part: 'help' | 'ends' | 'other', on: boolean) => void;
}

function RatingFields({ editor, question, index, set, toggle }: PartProps & { question: RatingQuestion }) {
  const metrics = metricsFor(question.type).map((value) => ({
    value: value as string,
    label: METRIC_LABELS[value],
  }));
  const none = { value: '', label: 'Nothing: reported by itself' };
  return (
    <>
      <Select
        label="Counts as"
        options={question.type === 'nps' ? metrics : [none, ...metrics]}
        value={question.metric ?? ''}
        onChange={(metric) => set({ metric: metric || undefined })}
        helpText="The first rating that counts as something decides whether an answer is low, middle or high."
      />
      <Checkbox
        label="With words at both ends"
        checked={question.ends !== undefined}
        onChange={(on) => toggle('ends', on)}
      />
      {question.ends && (
        <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
          <TextInput editor={editor} path={`questions.${index}.ends.least`} label="Lowest" />
          <TextInput editor={editor} path={`questions.${index}.ends.most`} label="Highest" />
        </InlineGrid>
      )}
    </>
  );
}

/** On which orders it is asked, and whether a person is asked again. */
function When({ editor, question, set, path }: Omit<PartProps, 'toggle'> & { path: string }) {
  const { askOnOrder: orders } = question;
  const learns = !isRating(question) && question.type !== 'image_upload' && question.type !== 'voice_note';
  const key = learns ? question.profileKey : undefined;
  return (
    <>
      {learns && (
        <Checkbox
          label="Ask each customer once, in whichever survey"
          helpText={key && key !== question.id ? `Shared with other surveys as “${key}”.` : undefined}
          checked={key !== undefined}
          onChange={(on) => set({ profileKey: on ? question.id : undefined })}
        />
      )}
      {key !== undefined && (
        <NumberInput
          label="Such questions of this survey at a time"
          help="The first that a customer has not answered; the others wait for the next order. Left open twice, one gives way to the next. Empty: all at once."
          value={editor.draft.profileQuestionsPerOrder}
          error={faultAt(editor, 'profileQuestionsPerOrder')}
          onChange={(most) => editor.change((now) => changeSurvey(now, { profileQuestionsPerOrder: most }))}
        />
      )}
      <Checkbox
        label="Ask on certain orders of a customer only"
        checked={orders !== undefined}
        onChange={(on) => set({ askOnOrder: on ? { from: 1, to: 1 } : undefined })}
      />
      {orders && (
        <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
          <NumberInput
            label="From order number"
            help="Empty: from the first."
            value={orders.from}
            error={faultAt(editor, `${path}.askOnOrder.from`) ?? faultAt(editor, `${path}.askOnOrder`)}
            onChange={(from) => set({ askOnOrder: { ...orders, from } })}
          />
          <NumberInput
            label="To order number"
            help="Empty: on all later ones too."
            value={orders.to}
            error={faultAt(editor, `${path}.askOnOrder.to`)}
            onChange={(to) => set({ askOnOrder: { ...orders, to } })}
          />
        </InlineGrid>
      )}
    </>
  );
}

/** What is wrong with a field, as a sentence without its name. */
export function faultAt({ faults }: Pick<SurveyEditorState, 'faults'>, field: string): string | undefined {
  const message = faults.find((fault) => fault.field === field)?.message;
  if (message === undefined) return undefined;
  const words = message.slice(field.length).trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
