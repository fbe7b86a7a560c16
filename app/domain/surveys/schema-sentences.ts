/** What zod finds, as sentences that name the field. */
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** One sentence per issue: where it is, what is wrong with it, what it should be. */
export function sentencesOf(issues: readonly Issue[]): { field: string; message: string }[] {
  return issues.map((issue) => {
    const field = issue.path.map(String).join('.');
    return { field, message: `${field || 'The survey'} ${phraseOf(issue)}.` };
  });
}

function phraseOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${withArticle(issue.expected)}`;
    case 'too_small':
      if (Number(issue.minimum) === 1 && issue.origin !== 'number') return 'must not be empty';
      return sized(issue.origin, `at least ${issue.minimum}`);
    case 'too_big':
      return sized(issue.origin, `at most ${issue.maximum}`);
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'unrecognized_keys':
      return `has fields that nobody knows: ${issue.keys.join(', ')}; remove them`;
    case 'invalid_key':
      return `is no possible name: it ${issue.issues.map(({ message }) => message).join(', ')}`;
    case 'invalid_union':
      return 'options' in issue ? `must be one of ${[issue.options].flat().join(', ')}` : issue.message;
    default:
      // Formats and checks of our own carry the rest of the sentence.
      return issue.message;
  }
}

function sized(origin: string, limit: string): string {
  if (origin === 'array') return `must have ${limit} entries`;
  return origin === 'string' ? `must have ${limit} characters` : `must be ${limit}`;
}

function withArticle(expected: string): string {
  if (expected === 'int') return 'a whole number';
  if (expected === 'boolean') return 'true or false';
  if (expected === 'string') return 'text';
  if (expected === 'array') return 'a list';
  return expected === 'number' ? 'a number' : 'an object';
}
