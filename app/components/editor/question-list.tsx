import { ActionList, Badge, BlockStack, Button, ButtonGroup, Card, Popover, Text } from '@shopify/polaris';
import { ArrowDownIcon, ArrowUpIcon, DeleteIcon, PlusIcon } from '@shopify/polaris-icons';
import { useState } from 'react';
import type { Definition } from '../../domain/surveys/definition.ts';
import { QUESTION_TYPES, type QuestionType } from '../../domain/surveys/contract.ts';
import { MAX_QUESTIONS } from '../../domain/surveys/definition.ts';
import type { DefinitionQuestion } from '../../domain/surveys/question-types.ts';
import { useSuccessToast } from '../use-feedback.ts';
import {
  insertQuestion,
  moveQuestion,
  newQuestion,
  removeQuestion,
  restoreQuestion,
  type NewId,
} from './edit-questions.ts';
import { TYPE_LABELS } from './editor-words.ts';
import { QuestionForm } from './question-form.tsx';
import { wordsAt } from './text-places.ts';
import type { SurveyEditorState } from './use-survey-editor.ts';

export interface QuestionListProps {
  editor: SurveyEditorState;
  newId: NewId;
  /** Of the question whose form is open; null = none. */
  openId: string | null;
  onOpen: (id: string | null) => void;
}

interface Removed {
  before: Definition;
  id: string;
  sentence: string;
}

/** The questions in order; one form at a time is open. */
export function QuestionList({ editor, newId, openId, onOpen }: QuestionListProps) {
  const { draft, named, change } = editor;
  const { questions } = draft;
  const [removed, setRemoved] = useState<Removed | null>(null);
  useSuccessToast(
    removed,
    removed ? () => change((now) => restoreQuestion(now, removed.before, removed.id)) : undefined,
  );
  const nameOf = (index: number) => {
    const words = wordsAt(named, `questions.${index}.text`, draft.defaultLanguage);
    return words || `Question ${index + 1}`;
  };
  return (
    <BlockStack gap="300">
      <ol className="ac-questions" aria-label="Questions">
        {questions.map((question, index) => (
          <li key={question.id} id={`question-${question.id}`}>
            <Card>
              <QuestionHead
                question={question}
                name={nameOf(index)}
                place={index + 1}
                of={questions.length}
                open={openId === question.id}
                onOpen={() => onOpen(openId === question.id ? null : question.id)}
                onMove={(by) => change((now) => moveQuestion(now, question.id, by))}
                onRemove={() => {
                  setRemoved({ before: draft, id: question.id, sentence: 'Question deleted' });
                  change((now) => removeQuestion(now, question.id));
                }}
              />
              {openId === question.id && (
                <div className="ac-question__body" id={`form-${question.id}`}>
                  <QuestionForm editor={editor} question={question} index={index} newId={newId} />
                </div>
              )}
            </Card>
          </li>
        ))}
      </ol>
      <AddQuestion
        disabled={questions.length >= MAX_QUESTIONS}
        onAdd={(type) => {
          const question = newQuestion(type, newId);
          change((now) => insertQuestion(now, question, now.questions.length));
          onOpen(question.id);
        }}
      />
    </BlockStack>
  );
}

interface HeadProps {
  question: DefinitionQuestion;
  name: string;
  place: number;
  of: number;
  open: boolean;
  onOpen: () => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}

function QuestionHead({ question, name, place, of, open, onOpen, onMove, onRemove }: HeadProps) {
  const conditional = question.showWhen !== undefined || question.askOnOrder !== undefined;
  return (
    <div className="ac-question__head">
      <h2>
        <button
          type="button"
          className="ac-question__open"
          aria-expanded={open}
          aria-controls={`form-${question.id}`}
          onClick={onOpen}
        >
          <Text as="span" variant="headingSm">
            {place}. {name}
          </Text>
          <span className="ac-band-cell">
            <Text as="span" variant="bodySm" tone="subdued">
              {TYPE_LABELS[question.type]}
            </Text>
            {question.required && <Badge>Required</Badge>}
            {conditional && <Badge tone="info">Shown to some</Badge>}
            {question.rules.length > 0 && <Badge tone="info">Rules</Badge>}
          </span>
        </button>
      </h2>
      <ButtonGroup variant="segmented">
        <Button
          icon={ArrowUpIcon}
          accessibilityLabel={`Move up: ${name}`}
          disabled={place === 1}
          onClick={() => onMove(-1)}
        />
        <Button
          icon={ArrowDownIcon}
          accessibilityLabel={`Move down: ${name}`}
          disabled={place === of}
          onClick={() => onMove(1)}
        />
        <Button
          icon={DeleteIcon}
          accessibilityLabel={`Delete: ${name}`}
          disabled={of === 1}
          onClick={onRemove}
        />
      </ButtonGroup>
    </div>
  );
}

function AddQuestion({ disabled, onAdd }: { disabled: boolean; onAdd: (type: QuestionType) => void }) {
  const [open, setOpen] = useState(false);
  const pick = (type: QuestionType) => {
    setOpen(false);
    onAdd(type);
  };
  const section = (title: string, from: number, to?: number) => ({
    title,
    items: QUESTION_TYPES.slice(from, to).map((type) => ({
      content: TYPE_LABELS[type],
      onAction: () => pick(type),
    })),
  });
  return (
    <div className="ac-editor__aside">
      <Popover
        active={open}
        onClose={() => setOpen(false)}
        autofocusTarget="first-node"
        activator={
          <Button icon={PlusIcon} disclosure disabled={disabled} onClick={() => setOpen(!open)}>
            Add question
          </Button>
        }
      >
        <ActionList
          sections={[
            section('Ratings', 0, 6),
            section('Choices', 6, 9),
            section('Words', 9, 13),
            section('Files', 13),
          ]}
        />
      </Popover>
      {disabled && (
        <Text as="p" tone="subdued">
          {`A survey has at most ${MAX_QUESTIONS} questions.`}
        </Text>
      )}
    </div>
  );
}
