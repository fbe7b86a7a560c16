import {
  CSI_COMPONENTS,
  type CsiOutcome,
  type CsiWeights,
  learnCsiWeights,
  type LearnedCsiWeights,
} from '../domain/prediction/csi-weights.ts';
import { CSI_WEIGHTS } from '../domain/scoring/csi.ts';

/** The weights that every score is made with, as shares. */
export const DEFAULT_CSI_WEIGHTS = Object.fromEntries(
  CSI_COMPONENTS.map((key) => [key, CSI_WEIGHTS[key] / 100]),
) as CsiWeights;

/** Everything that a fit needs; plain data, so that it can be handed to a thread. */
export interface CsiWeightsFitInput {
  /** In a fixed order. */
  outcomes: CsiOutcome[];
  seed: number;
}

/** Learns the weights of the satisfaction index from who bought again, starting from the default. */
export const fitCsiWeights = ({ outcomes, seed }: CsiWeightsFitInput): LearnedCsiWeights =>
  learnCsiWeights(outcomes, DEFAULT_CSI_WEIGHTS, seed);
