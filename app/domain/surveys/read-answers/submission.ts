/** What was sent, gathered by question. */
import { answerSubmissionSchema } from '../contract.ts';
import type { Definition } from '../definition.ts';
import type { DefinitionQuestion } from '../question-types.ts';
import { OTHER } from '../question-types.ts';
import type { RawAnswer } from './reader.ts';

export interface Submission {
  given: ReadonlyMap<string, RawAnswer>;
  /** Fields that the survey does not have. */
  unknown: string[];
}

/** null: not the form of a submission at all. `<question>.<part>` and `{ part: value }` are the same. */
export function parseSubmission(definition: Definition, submission: unknown): Submission | null {
  const parsed = answerSubmissionSchema.safeParse(submission);
  if (!parsed.success) return null;
  const questions = new Map(definition.questions.map((question) => [question.id, question]));
  const values = new Map<string, RawAnswer['value']>();
  const parts = new Map<string, Map<string, number | string>>();
  const unknown: string[] = [];
  const addPart = (id: string, name: string, value: number | string) =>
    parts.set(id, (parts.get(id) ?? new Map<string, number | string>()).set(name, value));
  for (const [field, value] of Object.entries(parsed.data.answers)) {
    const { id, name } = splitField(field);
    const question = questions.get(id);
    const plain = typeof value === 'number' || typeof value === 'string';
    if (!question || (name !== null && !(hasPart(question, name) && plain))) unknown.push(field);
    else if (name !== null && plain) addPart(id, name, value);
    else if (typeof value !== 'object' || Array.isArray(value)) values.set(id, value);
    else for (const [part, partValue] of Object.entries(value)) addPart(id, part, partValue);
  }
  const ids = [...questions.keys()].filter((id) => values.has(id) || parts.has(id));
  return {
    given: new Map(ids.map((id) => [id, { value: values.get(id), parts: parts.get(id) ?? new Map() }])),
    unknown,
  };
}

function splitField(field: string): { id: string; name: string | null } {
  const at = field.indexOf('.');
  return at < 0 ? { id: field, name: null } : { id: field.slice(0, at), name: field.slice(at + 1) };
}

function hasPart(question: DefinitionQuestion, name: string): boolean {
  if (question.type === 'line_rating') return name !== '';
  if (question.type === 'contact') return ['name', 'email', 'phone'].includes(name);
  return 'options' in question && name === OTHER;
}
