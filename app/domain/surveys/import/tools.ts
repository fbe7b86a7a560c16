import type { ImportField, ImportMapping, ImportTool } from './mapping.ts';

/**
 * The names by which columns are known, in words of small letters. The tools publish no list of what their
 * exports hold, and let their users add columns: so a tool is recognised by several names together, and what
 * is found here is a suggestion that the merchant can change.
 */
interface ToolShape {
  /** Columns that others do not have; two of them name the tool, as does one with the tool's own name. */
  marks: readonly string[];
  /** Names of its columns that mean something else elsewhere; looked for before the common ones. */
  columns: Partial<Record<ImportField, readonly string[]>>;
  measures: ImportMapping['measures'];
}

const TOOLS: Record<Exclude<ImportTool, 'other'>, ToolShape> = {
  delighted: {
    marks: ['permalink', 'person id', 'person email', 'person name', 'survey type', 'additional answers'],
    columns: { responseId: ['response id', 'id'], answeredAt: ['responded at', 'created at'] },
    measures: 'nps',
  },
  retently: {
    marks: [
      'campaign name',
      'campaign',
      'score category',
      'customer tags',
      'feedback tags',
      'feedback topics',
    ],
    columns: { comment: ['feedback', 'feedback text'], answeredAt: ['feedback date', 'responded date'] },
    measures: 'nps',
  },
  knocommerce: {
    marks: [
      'survey title',
      'survey name',
      'benchmark question',
      'is new customer',
      'question title',
      'answer label',
    ],
    columns: { rating: ['answer value', 'answer', 'response'], question: ['question title', 'question'] },
    measures: 'csat_purchase',
  },
  fairing: {
    marks: [
      'response provided at',
      'clarification question',
      'other response',
      'question id',
      'customer order count',
    ],
    columns: {
      rating: ['response'],
      answeredAt: ['response provided at'],
      responseId: ['response id', 'id'],
    },
    measures: 'csat_purchase',
  },
  zigpoll: {
    marks: [
      'poll',
      'poll title',
      'poll id',
      'slide',
      'slide title',
      'slide id',
      'participant id',
      'participant',
    ],
    columns: { rating: ['response', 'answer', 'value'], question: ['slide title', 'slide', 'question'] },
    measures: 'csat_purchase',
  },
};

const COMMON: Record<ImportField, readonly string[]> = {
  email: [
    'email',
    'e mail',
    'email address',
    'customer email',
    'person email',
    'participant email',
    'contact email',
  ],
  order: [
    ...['order name', 'order number', 'order', 'order no', 'shopify order name', 'shopify order number'],
    ...['order id', 'shopify order id'],
  ],
  rating: [
    'rating',
    'score',
    'nps score',
    'csat score',
    'ces score',
    'nps',
    'csat',
    'ces',
    'stars',
    'answer',
    'value',
  ],
  metric: ['survey type', 'metric', 'score type', 'survey metric', 'question type', 'response type'],
  comment: [
    'comment',
    'comments',
    'feedback',
    'text',
    'message',
    'open response',
    'other response',
    'reason',
  ],
  answeredAt: [
    ...['answered at', 'responded at', 'response date', 'submitted at', 'submission date', 'completed at'],
    ...['response provided at', 'response time', 'created at', 'date', 'timestamp', 'time', 'created'],
  ],
  responseId: ['response id', 'responseid', 'answer id', 'submission id', 'response uuid', 'id'],
  question: ['question', 'question text', 'question title'],
};

/** "Person_Email " -> "person email"; "createdAt" -> "created at". */
export function plainName(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The tool whose export has such columns; `other` when none is certain. */
export function detectTool(header: readonly string[]): ImportTool {
  const names = header.map(plainName);
  let best: ImportTool = 'other';
  let most = 1;
  for (const [tool, { marks }] of Object.entries(TOOLS) as [Exclude<ImportTool, 'other'>, ToolShape][]) {
    const own = names.some((name) => name.replaceAll(' ', '').includes(tool) || isKno(tool, name));
    const found = marks.filter((mark) => names.includes(mark)).length + (own ? 2 : 0);
    if (found > most) [best, most] = [tool, found];
  }
  return best;
}

const isKno = (tool: ImportTool, name: string) => tool === 'knocommerce' && /^kno\b/.test(name);

/** What the columns of a file seem to tell. The merchant sees it and can change all of it. */
export function suggestMapping(tool: ImportTool, header: readonly string[]): ImportMapping {
  const names = header.map(plainName);
  const taken = new Set<number>();
  const shape = tool === 'other' ? null : TOOLS[tool];
  const find = (field: ImportField): number | null => {
    for (const name of [...(shape?.columns[field] ?? []), ...COMMON[field]]) {
      const at = names.findIndex((one, index) => one === name && !taken.has(index));
      if (at === -1) continue;
      taken.add(at);
      return at;
    }
    return null;
  };
  const columns = {
    email: find('email'),
    order: find('order'),
    answeredAt: find('answeredAt'),
    responseId: find('responseId'),
    rating: find('rating'),
    question: find('question'),
    metric: find('metric'),
    comment: find('comment'),
  };
  const ratingName = columns.rating === null ? '' : names[columns.rating]!;
  return {
    tool,
    columns,
    measures: measuresOf(shape, ratingName, columns.metric !== null && tool === 'delighted'),
    csatAs: 'csat_purchase',
    cesAs: 'other',
    easyIs: 'low',
    dateOrder: null,
    question: null,
  };
}

function measuresOf(shape: ToolShape | null, ratingName: string, told: boolean): ImportMapping['measures'] {
  if (told) return 'column';
  if (/\bnps\b/.test(ratingName)) return 'nps';
  if (/\bcsat\b/.test(ratingName)) return 'csat_purchase';
  return shape?.measures ?? 'other';
}
