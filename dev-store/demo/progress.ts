import type { Progress } from './player.ts';

const WIDTH = 28;
const LINE_EVERY_MS = 4_000;
const DRAW_EVERY_MS = 100;

export interface ProgressOutput {
  isTTY?: boolean;
  write(text: string): unknown;
}

/** Shows how far the play is: a bar that moves on a terminal, a plain line every few seconds elsewhere. */
export function createProgressBar(output: ProgressOutput, now: () => number = Date.now) {
  let shownAt = -Infinity;
  let drawn = false;
  const clear = () => {
    if (drawn) output.write('\r\x1b[2K');
    drawn = false;
  };
  return {
    show(progress: Progress): void {
      // The end is always told: a last line of 98% would look like a play cut short.
      const due = now() - shownAt >= (output.isTTY ? DRAW_EVERY_MS : LINE_EVERY_MS);
      if (!due && progress.share < 1) return;
      shownAt = now();
      if (!output.isTTY) {
        output.write(`${describe(progress)}\n`);
        return;
      }
      const full = Math.round(progress.share * WIDTH);
      output.write(`\r\x1b[2K${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${describe(progress)}`);
      drawn = true;
    },
    /** A sentence above the bar. */
    say(sentence: string): void {
      clear();
      output.write(`${sentence}\n`);
    },
    clear,
  };
}

export function describe({ now, done, total, share }: Progress): string {
  const percent = `${Math.floor(share * 100)}%`.padStart(4);
  const date = now.toLocaleDateString('en-GB', {
    day: '2-digit',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  });
  return `${percent}  ${date}  ${done.toLocaleString('en')} of ${total.toLocaleString('en')} events`;
}
