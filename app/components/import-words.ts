import type { ImportField, ImportMapping, ImportTool } from '../domain/surveys/import/mapping.ts';

/** The words of the import page. */

export const TOOL_LABELS: Record<ImportTool, string> = {
  delighted: 'Delighted',
  retently: 'Retently',
  knocommerce: 'KnoCommerce',
  fairing: 'Fairing',
  zigpoll: 'Zigpoll',
  other: 'Another tool',
};

export const toolLabel = (tool: string): string => TOOL_LABELS[tool as ImportTool] ?? tool;

export const FIELD_LABELS: Record<ImportField, string> = {
  email: 'E-mail address',
  order: 'Order name or number',
  rating: 'Rating',
  answeredAt: 'Answered at',
  comment: 'Comment',
  responseId: 'Id of the answer',
  question: 'Question',
  metric: 'What is measured',
};

export const MEASURE_LABELS: Record<ImportMapping['measures'], string> = {
  nps: 'NPS, 0 to 10',
  csat_purchase: 'CSAT of buying, 1 to 5',
  csat_delivery: 'CSAT of the delivery, 1 to 5',
  csat_product: 'CSAT of the product, 1 to 5',
  csat_support: 'CSAT of support, 1 to 5',
  confidence_purchase: 'Confidence in the purchase, 1 to 5',
  ces_support: 'Effort of support, 1 to 7',
  ces_return: 'Effort of a return, 1 to 7',
  csat_website: 'CSAT of the website, 1 to 5',
  csat_store: 'CSAT of the store, 1 to 5',
  other: 'Something else: kept, never scored',
  column: 'A column says it',
};

const STATUSES: Record<string, { label: string; tone: 'success' | 'info' | undefined }> = {
  running: { label: 'Being imported', tone: 'info' },
  done: { label: 'Imported', tone: 'success' },
  undoing: { label: 'Being undone', tone: 'info' },
  undone: { label: 'Undone', tone: undefined },
};

export const importStatus = (status: string) => STATUSES[status] ?? { label: status, tone: undefined };
