import { proveEscalation } from '../domain/prediction/escalation-backtest.ts';
import { fitCsiWeights } from './fit-csi-weights.ts';
import { fitPurchases } from './fit-purchases.ts';
import { fitSatisfaction, predictDissatisfaction } from './fit-satisfaction.ts';

/** Work of seconds without any I/O, which a worker does in a thread of its own so that its other jobs go on. */
export const COMPUTATIONS = {
  purchases: fitPurchases,
  satisfaction: fitSatisfaction,
  dissatisfaction: predictDissatisfaction,
  escalation: proveEscalation,
  csiWeights: fitCsiWeights,
};

export type Computations = typeof COMPUTATIONS;

/** Runs one of them somewhere. */
export type Compute = <Name extends keyof Computations>(
  name: Name,
  input: Parameters<Computations[Name]>[0],
) => Promise<ReturnType<Computations[Name]>>;
