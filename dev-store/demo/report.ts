import { isSurveyPage } from './answers.ts';
import type { ProcessMemory } from './memory.ts';
import { answers } from './processes.ts';
import type { Places } from './environment.ts';
import { summaryTable, type Findings, type Summary } from './summary.ts';

export interface Report {
  summary: Summary;
  findings: Findings;
  /** Sentences about what went wrong. */
  wrong: string[];
  places: Places;
  memory: ProcessMemory[];
  workerPid: number;
}

/** Summary, memory, what went wrong, and where to look. */
export async function printReport(
  report: Report,
  options: { json: boolean; stays: boolean; write: (line: string) => void },
): Promise<void> {
  const { write } = options;
  if (!options.json) write(`\n${summaryTable(report.summary, report.findings)}`);
  const megabytes = (bytes: number) => `${Math.round(bytes / 1_000_000)} MB`;
  const all = report.memory.reduce((sum, one) => sum + one.bytes, 0);
  write(
    `The three processes held at most ${megabytes(all)} together (${report.memory.map(({ name, bytes }) => `${name} ${megabytes(bytes)}`).join(', ')}).`,
  );
  for (const sentence of report.wrong) write(`Wrong: ${sentence}`);
  if (!options.stays) return;
  const { devStoreUrl } = report.places;
  const link = await sampleLink(devStoreUrl);
  const places: [string, string][] = [
    ['Admin', `${devStoreUrl}/admin`],
    ['Storefront', `${devStoreUrl}/storefront`],
    ['Thank-you pages', `${devStoreUrl}/thank-you`],
    ['Customer account', `${devStoreUrl}/account`],
    ['Kiosk', `${devStoreUrl}/kiosk`],
    ['Mailbox', `${devStoreUrl}/mailbox`],
    ['Business clock', `${devStoreUrl}/clock`],
    ...(link ? [['A survey', link] as [string, string]] : []),
  ];
  write(`\n${places.map(([name, url]) => `  ${name.padEnd(18)}${url}`).join('\n')}\n`);
  write(`The worker is process ${report.workerPid}. Press Ctrl-C to stop everything.`);
}

/** A survey that can still be answered: the newest mailed link that opens. */
async function sampleLink(devStoreUrl: string): Promise<string | null> {
  const response = await fetch(`${devStoreUrl}/mailbox.json?limit=100`);
  const mails = response.ok ? ((await response.json()) as { links: string[] }[]) : [];
  for (const mail of mails) {
    const link = mail.links.find(isSurveyPage);
    if (link && (await answers(link))) return link;
  }
  return null;
}
