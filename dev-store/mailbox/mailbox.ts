import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime, { type Email } from 'postal-mime';
import { Journal } from '../journal.ts';
import { indexEntry, type MailEntry } from './index-entry.ts';

export interface MailFilter {
  /** Exact recipient. */
  to?: string | null;
  /** Part of subject, sender or recipient. */
  search?: string | null;
  /** Only mails with a larger id. */
  afterId?: number | null;
  /** Only mails that arrived after this. */
  after?: Date | null;
}

/**
 * Mails that arrived. Sources are appended to one file and read back when somebody looks, so
 * that memory holds an index entry of some 300 bytes for each; the oldest entries go at `cap`.
 */
export class Mailbox {
  readonly #folder: string;
  readonly #temporary: boolean;
  readonly #cap: number;
  readonly #spool: number;
  readonly #journal: Journal;
  readonly #byId = new Map<number, MailEntry>();
  readonly #idsByRecipient = new Map<string, number[]>();
  readonly #keyCounts = new Map<string, number>();
  #size = 0;
  #nextId = 1;
  #received = 0;

  constructor(stateDir: string | null, cap = 200_000) {
    this.#temporary = stateDir === null;
    this.#folder = stateDir ?? mkdtempSync(join(tmpdir(), 'dev-store-mail-'));
    mkdirSync(this.#folder, { recursive: true });
    this.#cap = cap;
    this.#journal = new Journal(join(this.#folder, 'mail-index.jsonl'));
    const spoolFile = join(this.#folder, 'mail-spool.eml');
    this.#spool = openSync(spoolFile, existsSync(spoolFile) ? 'r+' : 'w+');
    for (const { value } of this.#journal.read()) this.#index(value as MailEntry);
    // What lies behind the last known mail was being written when the store was killed.
    ftruncateSync(this.#spool, this.#size);
  }

  /** Stores a raw message that SMTP accepted. */
  add(source: Buffer, recipients: string[], receivedAt = new Date()): MailEntry {
    const entry = indexEntry(this.#nextId, this.#size, source, recipients, receivedAt);
    writeSync(this.#spool, source, 0, source.length, entry.offset);
    this.#index(entry);
    this.#journal.append('mail', entry);
    return entry;
  }

  #index(entry: MailEntry): void {
    this.#byId.set(entry.id, entry);
    this.#size = Math.max(this.#size, entry.offset + entry.length);
    this.#nextId = Math.max(this.#nextId, entry.id + 1);
    this.#received += 1;
    const key = entry.key ?? `no-id-${entry.id}`;
    this.#keyCounts.set(key, (this.#keyCounts.get(key) ?? 0) + 1);
    for (const address of entry.to) {
      const ids = this.#idsByRecipient.get(address);
      if (ids === undefined) this.#idsByRecipient.set(address, [entry.id]);
      else ids.push(entry.id);
    }
    if (this.#byId.size <= this.#cap) return;
    const oldest = this.#byId.keys().next().value;
    if (oldest !== undefined) this.#byId.delete(oldest);
  }

  get(id: number): MailEntry | undefined {
    return this.#byId.get(id);
  }

  /** Newest first, at most `limit`; `oldestFirst` turns it round, for reading on from an id. */
  list(filter: MailFilter, limit: number, oldestFirst = false): MailEntry[] {
    const ids = filter.to ? (this.#idsByRecipient.get(filter.to.toLowerCase()) ?? []) : null;
    const entries = ids === null ? [...this.#byId.values()] : ids.flatMap((id) => this.#byId.get(id) ?? []);
    if (!oldestFirst) entries.reverse();
    const wanted = filter.search?.toLowerCase() ?? '';
    const after = filter.after?.toISOString() ?? '';
    const found: MailEntry[] = [];
    for (const entry of entries) {
      if (found.length >= limit) break;
      if (entry.id <= (filter.afterId ?? 0) || entry.receivedAt <= after) continue;
      const text = `${entry.subject} ${entry.from} ${entry.to.join(' ')}`.toLowerCase();
      if (text.includes(wanted)) found.push(entry);
    }
    return found;
  }

  source(entry: MailEntry): Buffer {
    const buffer = Buffer.alloc(entry.length);
    readSync(this.#spool, buffer, 0, entry.length, entry.offset);
    return buffer;
  }

  read(entry: MailEntry): Promise<Email> {
    return PostalMime.parse(this.source(entry));
  }

  /** `received` counts every mail, `distinctActions` those that are not a copy of another. */
  stats(): { received: number; distinctActions: number; duplicates: string[] } {
    const duplicates = [...this.#keyCounts].filter(([, count]) => count > 1).map(([key]) => key);
    return {
      received: this.#received,
      distinctActions: this.#keyCounts.size,
      duplicates: duplicates.slice(0, 100),
    };
  }

  async close(): Promise<void> {
    await this.#journal.close();
    closeSync(this.#spool);
    if (this.#temporary) rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Every http(s) address in a mail, in order, each once; entities of the HTML part are read back. */
export function linksOf(mail: Email): string[] {
  const hrefs = [...(mail.html ?? '').matchAll(/href="(https?:[^"]+)"/g)].map((match) => match[1] ?? '');
  const plain = [...(mail.text ?? '').matchAll(/https?:\/\/[^\s<>"')\]]+/g)].map((match) => match[0]);
  const decoded = hrefs.map((href) => href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='));
  return [...new Set([...decoded, ...plain])];
}
