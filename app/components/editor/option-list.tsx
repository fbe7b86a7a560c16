import { BlockStack, Button, ButtonGroup, Text } from '@shopify/polaris';
import { ArrowDownIcon, ArrowUpIcon, DeleteIcon } from '@shopify/polaris-icons';
import { useState } from 'react';
import { MAX_OPTIONS, type QuestionOf } from '../../domain/surveys/question-types.ts';
import { useSuccessToast } from '../use-feedback.ts';
import { changeQuestion, newOption } from './edit-questions.ts';
import type { QuestionFormProps } from './question-form.tsx';
import { TextInput } from './text-input.tsx';

type WithOptions = QuestionOf<'choice' | 'multiple_choice' | 'ranking'>;

const FEWEST = 2;

/** What can be chosen, in order. Answers are kept by option, so that rewording one changes no old answer. */
export function OptionList({
  editor,
  question,
  path,
  newId,
}: QuestionFormProps & { question: WithOptions; path: string }) {
  const { id, options } = question;
  const set = (change: (options: WithOptions['options']) => WithOptions['options']) =>
    editor.change((now) => {
      const current = now.questions.find((each) => each.id === id);
      return current && 'options' in current
        ? changeQuestion(now, id, { options: change(current.options) })
        : now;
    });
  const [removed, setRemoved] = useState<{ undo: () => void; sentence: string } | null>(null);
  useSuccessToast(removed, removed?.undo);
  const move = (index: number, by: -1 | 1) =>
    set((now) => {
      const option = now[index];
      return option ? now.toSpliced(index, 1).toSpliced(index + by, 0, option) : now;
    });
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        Options
      </Text>
      {options.map((option, index) => (
        <div key={option.id} className="ac-option">
          <TextInput editor={editor} path={`${path}.options.${index}.text`} label={`Option ${index + 1}`} />
          <ButtonGroup variant="segmented">
            <Button
              icon={ArrowUpIcon}
              accessibilityLabel={`Move option ${index + 1} up`}
              disabled={index === 0}
              onClick={() => move(index, -1)}
            />
            <Button
              icon={ArrowDownIcon}
              accessibilityLabel={`Move option ${index + 1} down`}
              disabled={index === options.length - 1}
              onClick={() => move(index, 1)}
            />
            <Button
              icon={DeleteIcon}
              accessibilityLabel={`Delete option ${index + 1}`}
              disabled={options.length <= FEWEST}
              onClick={() => {
                set((now) => now.toSpliced(index, 1));
                const undo = () => set((now) => now.toSpliced(index, 0, option));
                setRemoved({ undo, sentence: 'Option deleted' });
              }}
            />
          </ButtonGroup>
        </div>
      ))}
      <div>
        <Button
          disabled={options.length >= MAX_OPTIONS}
          onClick={() => set((now) => [...now, newOption(id, newId)])}
        >
          Add option
        </Button>
      </div>
    </BlockStack>
  );
}
