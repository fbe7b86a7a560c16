/** What went wrong with the embedded server, as a sentence that can be shown as it is. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
}

/** The system's own words for a failure, without a stack. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The last lines of a program's output, indented, to stand below a sentence. */
export function lastLines(output: string, count = 8): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  return lines.length === 0
    ? '  (it said nothing)'
    : lines
        .slice(-count)
        .map((line) => `  ${line}`)
        .join('\n');
}
