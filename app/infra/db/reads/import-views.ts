/** An import of answers from another tool: what its check found, and how far it has come. */
export interface ImportView {
  id: string;
  tool: string;
  /** checked | running | done | undoing | undone */
  status: string;
  rows: number;
  fine: number;
  /** Of those that are fine: kept without a customer, and never scored. */
  unmatched: number;
  duplicates: number;
  faulty: number;
  erased: number;
  leftOut: number;
  imported: number;
  verified: number;
  /** The first of them. */
  errors: { line: number; sentence: string }[];
  createdAt: string;
  doneAt: string | null;
  undoneAt: string | null;
  /** The first rows as they will be imported; of one that waits to be started. */
  preview: ImportPreviewRow[];
}

export interface ImportPreviewRow {
  line: number;
  email: string | null;
  orderRef: string | null;
  metric: string;
  rating: number;
  comment: string | null;
  answeredAt: string;
}
