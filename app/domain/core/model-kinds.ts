/** What is learnt from a shop's own data. */
export const MODEL_KINDS = ['purchases', 'satisfaction', 'escalation', 'csi_weights'] as const;
export type ModelKind = (typeof MODEL_KINDS)[number];

/** Those that are learnt by themselves, week by week. */
export const FITTED_KINDS = [
  'purchases',
  'satisfaction',
  'escalation',
  'csi_weights',
] as const satisfies readonly ModelKind[];
export type FittedKind = (typeof FITTED_KINDS)[number];
