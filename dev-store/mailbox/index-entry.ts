import { decodeWords } from 'postal-mime';

/** What stays in memory of a mail: where its source lies, and what lists and filters need. */
export interface MailEntry {
  id: number;
  offset: number;
  length: number;
  /** Envelope recipients, lower case. */
  to: string[];
  from: string;
  subject: string;
  /** The Date header, or the arrival where there is none; ISO text. */
  date: string;
  receivedAt: string;
  /** X-Aftercare-Action-Id, else Message-ID: equal for two sends of one message. */
  key: string | null;
  unsubscribe: boolean;
}

/** The header lines of a source: names in lower case, folded lines joined; the first of equal names wins. */
export function readHeaders(source: Buffer): Map<string, string> {
  const end = source.indexOf('\r\n\r\n');
  const text = source.subarray(0, end < 0 ? source.length : end).toString('latin1');
  const headers = new Map<string, string>();
  for (const line of text.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    if (colon > 0 && !headers.has(name))
      headers.set(name, Buffer.from(line.slice(colon + 1).trim(), 'latin1').toString());
  }
  return headers;
}

export function indexEntry(
  id: number,
  offset: number,
  source: Buffer,
  recipients: string[],
  receivedAt: Date,
): MailEntry {
  const headers = readHeaders(source);
  const sent = Date.parse(headers.get('date') ?? '');
  return {
    id,
    offset,
    length: source.length,
    to: recipients.map((address) => address.toLowerCase()),
    from: decodeWords(headers.get('from') ?? ''),
    subject: decodeWords(headers.get('subject') ?? '(no subject)'),
    date: new Date(Number.isNaN(sent) ? receivedAt : sent).toISOString(),
    receivedAt: receivedAt.toISOString(),
    key: headers.get('x-aftercare-action-id') ?? headers.get('message-id') ?? null,
    unsubscribe: headers.has('list-unsubscribe'),
  };
}
