import type { Estimate } from '../domain/reports/estimate.ts';
import { shareEstimate } from '../domain/reports/share.ts';
import type { EditionFunnel, FunnelReport, FunnelStep } from '../services/show-funnel.ts';
import { formatCount, formatEvidence, formatPercent, formatPercentFine, plural } from './format.ts';
import { readable, surfaceLabel, surveyLabel } from './words.ts';

/** The findings of the funnel as sentences, and the words for its codes. */

export const STEP_WORDS: Record<FunnelStep, { label: string; of: string }> = {
  sent: { label: 'Sent by e-mail', of: 'of all who were eligible' },
  accepted: { label: 'Accepted by the mail server', of: 'of those sent' },
  seen: { label: 'Page opened by a person', of: 'of those accepted' },
  started: { label: 'Started', of: 'of those opened' },
  finished: { label: 'Finished', of: 'of those started' },
};

/** What held invitations back, to stand after "because of". */
export const CAUSES: Record<string, string> = {
  shop_uninstalled: 'the app not being installed',
  survey_off: 'the survey being switched off',
  survey_paused: 'the survey being paused',
  page_only: 'the survey being for the order page only',
  redacted: 'erased data',
  test_order: 'test orders',
  order_cancelled: 'cancelled orders',
  order_refunded: 'refunded orders',
  already_answered: 'earlier answers',
  no_email: 'missing e-mail addresses',
  invalid_email: 'invalid e-mail addresses',
  unsubscribed: 'people who unsubscribed',
  surveys_stopped: 'people who want no more surveys',
  consent_missing: 'missing consent',
  open_case: 'open cases',
  case_reopened: 'reopened cases',
  same_return: 'returns that were asked about already',
  on_site: 'an experiment that asks on your pages',
  quiet_hours: 'the night',
  survey_cap: 'the limit per person',
  nps_cap: 'the limit on asking for a recommendation',
  order_cap: 'the limit per order',
  not_delivered: 'orders that have not arrived',
  not_active: 'customers without a recent order',
  silent: 'customers who left the last ones unanswered',
  not_targeted: 'surveys that are not meant for the order',
  too_late: 'the time limit after the due date',
  mail_refused: 'refused mails',
  '': 'reasons that were not recorded',
};

/** The finding of the whole page: what happens to who opens it, and what keeps the others from being asked. */
export function funnelFinding(report: FunnelReport): string {
  const { eligible, surfaces } = report;
  if (eligible === 0)
    return surfaces.length > 0 ? 'Answered on your pages only' : 'Nobody was due for a survey in this period';
  const parts = [completionFinding(report.completion), heldFinding(report)].filter((part) => part !== null);
  if (parts.length === 0)
    return `${plural(eligible, 'person was', 'people were')} due: too few to say how many answer`;
  const sentence = parts.join('; ');
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** "Most" only where the whole interval says so. */
function completionFinding(completion: Estimate): string | null {
  if (completion.outcome !== 'shown') return null;
  if (completion.low > 0.5) return 'most people who open the page finish the survey';
  if (completion.high < 0.5) return 'most people who open the page do not finish the survey';
  return `${percent(completion.value)} of the people who open the page finish the survey`;
}

function heldFinding({ suppressed, reasons }: FunnelReport): string | null {
  if (suppressed.share.outcome !== 'shown') return null;
  const [first] = reasons;
  if (!first) return 'no invitation is held back';
  const weight = reasons.length === 1 ? '' : 2 * first.count > suppressed.count ? ', mostly' : ', most often';
  const share = percent(suppressed.share.value);
  return `${share} of invitations are held back${weight} because of ${causeOf(first.reason)}`;
}

/** What holds most of them back. */
export function reasonsFinding({ suppressed: { count }, reasons }: FunnelReport): string {
  const [first] = reasons;
  if (!first || first.share.outcome !== 'shown')
    return `Why ${formatCount(count)} ${count === 1 ? 'was' : 'were'} held back`;
  const share = first.count === count ? 'All' : `${percent(first.share.value)} of the`;
  return `${share} ${formatCount(count)} held back: ${causeOf(first.reason)}`;
}

/** Where most answers begin. */
export function surfacesFinding(started: readonly { surface: string; started: number }[]): string {
  const total = started.reduce((sum, one) => sum + one.started, 0);
  const most = started.reduce((max, one) => (one.started > max.started ? one : max));
  const share = shareEstimate(most.started, total);
  if (share.outcome !== 'shown') return 'Where people answer';
  return `${percent(share.value)} of ${plural(total, 'answer')} begin here: ${surfaceLabel(most.surface)}`;
}

const causeOf = (reason: string): string => CAUSES[reason] ?? readable(reason).toLowerCase();

/** "Delivery survey, preset", "Our survey, version 3" */
export function editionName({ kind, own }: Pick<EditionFunnel, 'kind' | 'own'>): string {
  return own ? `${own.name}, version ${own.version}` : `${surveyLabel(kind)}, preset`;
}

/** Where in one edition most go away. */
export function dropOffFinding(funnel: EditionFunnel): string {
  const { questions, abandoned, stoppedAtEnd, counted, finished } = funnel;
  if (finished.share.outcome !== 'shown')
    return `${plural(counted, 'answer')}: too few to say where people stop`;
  if (abandoned === 0) return `All ${formatCount(counted)} who started finished`;
  const worst = questions.reduce((most, one) => (one.stopped.count > most.stopped.count ? one : most));
  if (stoppedAtEnd >= worst.stopped.count)
    return `${formatCount(stoppedAtEnd)} of ${formatCount(counted)} answered everything and did not send it off`;
  const { count, share } = worst.stopped;
  const who = share.outcome === 'shown' ? percent(share.value) : formatCount(count);
  return `${who} of those who come to “${shortened(worst.text)}” go away there`;
}

/** "31% of those sent · n = 1,200 · 95% interval 28.1% to 34.2%", or why there is no share. */
export function shareWords(share: Estimate, of: string): string {
  if (share.outcome === 'shown')
    return `${percent(share.value)} ${of} · ${formatEvidence(share, percent, formatPercentFine)}`;
  return share.n === 0 ? '' : `n = ${formatCount(share.n)}; shares are shown from 5 on`;
}

/** A share of which a little is missing is not "100%". */
export function percent(share: number): string {
  return share < 1 && formatPercent(share) === '100%' ? formatPercentFine(share) : formatPercent(share);
}

const LONGEST = 70;

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1).trimEnd()}…` : text;
}
