/** Who falls to which arm: decided by two ids alone, so that it is the same whenever and wherever it is asked. */
import type { Assign } from '../core/experiment-arms.ts';
import type { LiveArm, LiveExperiment } from '../core/state.ts';

/**
 * A number in [0, 1) that is always the same for the same text, and spread evenly over different ones: FNV-1a with 32
 * bits (Fowler, Noll and Vo), then the finaliser of MurmurHash3 (Appleby), without which the first bits of the hash of
 * similar texts are similar.
 */
export function fractionOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}

/** The arm of a customer: arms take their share of [0, 1) in their order. The experiment's id is the seed. */
export function armFor({ id, arms }: LiveExperiment, customerId: string): LiveArm {
  const total = arms.reduce((sum, { weight }) => sum + weight, 0);
  let left = fractionOf(`${id}:${customerId}`) * total;
  return arms.find(({ weight }) => (left -= weight) < 0) ?? arms.at(-1)!;
}

/** Where new invitations of a customer take part. */
export function assignment(experiments: readonly LiveExperiment[], customerId: string): Assign {
  return (kind) => {
    const running = experiments.find((experiment) => experiment.kind === kind && !experiment.ended);
    return running ? { experimentId: running.id, arm: armFor(running, customerId) } : null;
  };
}
