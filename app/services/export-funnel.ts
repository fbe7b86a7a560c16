import { csvText, type CsvCell } from './csv.ts';
import { FUNNEL_STEPS, showFunnel, type EditionFunnel, type FunnelReport, type Part } from './show-funnel.ts';

const COLUMNS = ['Part', 'Survey', 'Step', 'Count', 'Of', 'Share', '95% low', '95% high'];

/** The funnel as CSV text, one count a line; codes as the app stores them, shares 0-1 and empty below n = 5. */
export async function exportFunnel(...input: Parameters<typeof showFunnel>): Promise<string> {
  const report = await showFunnel(...input);
  const lines = [
    ...invitationLines(report),
    ...surfaceLines(report),
    ...report.editions.flatMap(editionLines),
  ];
  // Excel takes a file for UTF-8 only with the mark in front.
  return `\ufeff${csvText([COLUMNS, ...lines])}`;
}

function invitationLines({
  eligible,
  suppressed,
  reasons,
  deferred,
  offered,
  steps,
}: FunnelReport): CsvCell[][] {
  return [
    ['invitations', '', 'eligible', eligible, '', '', '', ''],
    line('invitations', '', 'suppressed', suppressed),
    ...reasons.map((one) => line('suppressed', '', one.reason, one)),
    line('invitations', '', 'deferred', deferred),
    line('invitations', '', 'offered', offered),
    ...FUNNEL_STEPS.map((step) => line('invitations', '', step, steps[step])),
  ];
}

function surfaceLines({ surfaces, steps }: FunnelReport): CsvCell[][] {
  const all = [{ surface: 'hosted_page', finished: steps.finished }, ...surfaces];
  return all.map(({ surface, finished }) => line('finished of started', '', surface, finished));
}

function editionLines({ kind, own, finished, questions }: EditionFunnel): CsvCell[][] {
  const survey = own ? `${own.name} (version ${own.version})` : `${kind} (preset)`;
  return [
    line('finished of counted', survey, '', finished),
    ...questions.flatMap(({ text, answered, stopped }) => [
      line('answered of those who came to it', survey, text, answered),
      line('went away of those who came to it', survey, text, stopped),
    ]),
  ];
}

function line(about: string, survey: string, step: string, { count, share }: Part): CsvCell[] {
  const shown = share.outcome === 'shown' ? [share.value, share.low, share.high].map(fraction) : ['', '', ''];
  return [about, survey, step, count, share.n, ...shown];
}

const fraction = (value: number): number => Math.round(value * 10_000) / 10_000;
