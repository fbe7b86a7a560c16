import { Worker } from 'node:worker_threads';
import type { Compute } from '../app/services/computations.ts';

/** A thread that needs more than this has met something that it was not made for. */
const MEMORY_MB = 1_024;

/**
 * Runs a computation in a thread of its own.
 * @throws what it throws, or an error when the thread ended without an answer
 */
export const computeInThread: Compute = (name, input) =>
  new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./compute-thread.ts', import.meta.url), {
      workerData: { name, input },
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    thread.once('message', resolve);
    thread.once('error', reject);
    // After an answer this changes nothing.
    thread.once('exit', (code) =>
      reject(new Error(`The thread of "${name}" ended without an answer (${code}).`)),
    );
  });
