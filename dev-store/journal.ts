import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
  type WriteStream,
} from 'node:fs';
import { dirname } from 'node:path';

export interface JournalEntry {
  kind: string;
  value: unknown;
}

/**
 * One line of JSON per change, so that a killed dev store comes back with its orders, codes and
 * tokens. Without a file it does nothing.
 */
export class Journal {
  readonly #file: string | null;
  #stream: WriteStream | null = null;

  constructor(file: string | null) {
    this.#file = file;
  }

  /** Reads the entries in order; a last line cut off by a kill is skipped. */
  read(): JournalEntry[] {
    if (this.#file === null || !existsSync(this.#file)) return [];
    const entries: JournalEntry[] = [];
    for (const line of readFileSync(this.#file, 'utf8').split('\n')) {
      if (line === '') continue;
      try {
        entries.push(JSON.parse(line) as JournalEntry);
      } catch {
        // Only the line being written at the moment of a kill can be broken.
      }
    }
    return entries;
  }

  /** Replaces the file by the present state, so that it does not grow from run to run. */
  rewrite(entries: Iterable<JournalEntry>): void {
    if (this.#file === null) return;
    mkdirSync(dirname(this.#file), { recursive: true });
    let text = '';
    for (const entry of entries) text += `${JSON.stringify(entry)}\n`;
    writeFileSync(`${this.#file}.new`, text);
    renameSync(`${this.#file}.new`, this.#file);
  }

  append(kind: string, value: unknown): void {
    if (this.#file === null) return;
    this.#stream ??= createWriteStream(this.#file, { flags: 'a' });
    this.#stream.write(`${JSON.stringify({ kind, value })}\n`);
  }

  close(): Promise<void> {
    const stream = this.#stream;
    this.#stream = null;
    return stream === null ? Promise.resolve() : new Promise((resolve) => stream.end(resolve));
  }
}
