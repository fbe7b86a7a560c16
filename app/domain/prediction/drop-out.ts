/** The words of the counting models of this folder. */

/**
 * `bgnbd`: whoever buys again may be lost after each repeat. `mbgnbd`: they may also be lost at once after their first
 * purchase.
 */
export type DropoutModel = 'bgnbd' | 'mbgnbd';

/** Purchase rates are Gamma(r, rate alpha in the unit of time), chances to be lost at a purchase Beta(a, b). */
export interface DropoutParameters {
  r: number;
  alpha: number;
  a: number;
  b: number;
}

export interface DropoutFit {
  parameters: DropoutParameters;
  /** Natural logarithm of the density of what all buyers did, in the unit of time given. */
  logLikelihood: number;
  customers: number;
  /** Of these, with at least one repeat. */
  repeaters: number;
  /** The likelihood has its maximum at the parameters. Otherwise `note` says what happened. */
  converged: boolean;
  /** A sentence, or null for a fit like any other. */
  note: string | null;
}

/** Occasions at which a buyer with so many repeats could have been lost. */
export const occasions = (model: DropoutModel, repeats: number) => repeats + (model === 'mbgnbd' ? 1 : 0);
