import { parentPort, workerData } from 'node:worker_threads';
import { COMPUTATIONS, type Computations } from '../app/services/computations.ts';

/** The thread of one computation, see compute.ts. */
const { name, input } = workerData as { name: keyof Computations; input: never };
parentPort?.postMessage(COMPUTATIONS[name](input));
