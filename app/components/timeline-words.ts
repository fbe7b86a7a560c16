import { formatMoney } from '../domain/core/money.ts';
import type { TimelineEntry } from '../infra/db/reads/views.ts';
import { formatSigned } from './format.ts';
import {
  actionLabel,
  actionStatus,
  bandLabel,
  ratingText,
  readable,
  reasonText,
  surveyLabel,
} from './words.ts';

export interface TimelineText {
  title: string;
  detail: string | null;
  tone?: 'success' | 'caution' | 'critical';
}

const SHIPMENT_EVENTS: Record<string, string> = {
  label_purchased: 'Shipping label bought',
  label_printed: 'Shipping label printed',
  ready_for_pickup: 'Ready for pick-up',
  confirmed: 'Shipment confirmed by the carrier',
  carrier_picked_up: 'Picked up by the carrier',
  in_transit: 'On the way',
  out_for_delivery: 'Out for delivery',
  attempted_delivery: 'Delivery was attempted',
  delayed: 'Delivery is delayed',
  failure: 'Delivery failed',
};

const DISPUTE_STATES: Record<string, string> = {
  needs_response: 'Open: the bank waits for your answer.',
  under_review: 'Open: the bank is looking at it.',
  charge_refunded: 'The payment was refunded.',
  accepted: 'You accepted it.',
  lost: 'Lost.',
  won: 'Won: the payment stays with you.',
  prevented: 'It was settled before it became a chargeback.',
};

const POINT_REASONS: Record<string, string> = {
  earn: 'for a paid order',
  survey: 'for a completed survey',
  adjust: 'after a change of the order',
  clawback: 'taken back after a refund',
  cancel: 'taken back after a cancellation',
  approve_in: 'approved, ready to spend',
  approve_out: 'no longer pending',
};

const CASE_STEPS: Record<string, string> = {
  case_opened: 'Case opened',
  case_acknowledged: 'Case acknowledged',
  case_resolved: 'Case resolved',
  case_closed: 'Case closed',
};

/** A line of the timeline in words. */
export function timelineText(entry: TimelineEntry, currency: string): TimelineText {
  const money = entry.amountMinor === undefined ? '' : formatMoney(entry.amountMinor, currency);
  switch (entry.what) {
    case 'order_placed':
      return { title: `Ordered for ${money}`, detail: listLines(entry.lines) };
    case 'order_cancelled':
      return { title: 'Order cancelled', detail: null, tone: 'caution' };
    case 'shipped':
      return { title: 'Shipped', detail: entry.subject ? `With ${entry.subject}` : null };
    case 'shipment_event':
      return {
        title: SHIPMENT_EVENTS[entry.status ?? ''] ?? readable(entry.status ?? 'Shipment news'),
        detail: null,
        ...(['delayed', 'failure', 'attempted_delivery'].includes(entry.status ?? '') && {
          tone: 'caution' as const,
        }),
      };
    case 'delivered':
      return {
        title: 'Delivered',
        detail: entry.assumed ? 'Assumed: the carrier reported nothing.' : null,
        tone: 'success',
      };
    case 'refunded':
      return { title: `Refunded ${money}`, detail: null, tone: 'caution' };
    case 'disputed':
      return {
        title: entry.subject === 'chargeback' ? 'Chargeback' : 'Question of the bank about the payment',
        detail: DISPUTE_STATES[entry.status ?? ''] ?? readable(entry.status ?? ''),
        tone: entry.status === 'won' || entry.status === 'prevented' ? 'success' : 'critical',
      };
    case 'return':
      return {
        title: `Return ${readable(entry.status ?? '').toLowerCase()}`,
        detail: entry.reason ? `Reason: ${readable(entry.reason)}` : null,
        tone: 'caution',
      };
    case 'answered':
      return {
        title: `Answered: ${ratingText(entry.metric, entry.rating)}`,
        detail: answerDetail(entry),
      };
    case 'points':
      return {
        title: `${formatSigned(entry.points ?? 0, 0)} ${entry.bucket === 'approved' ? 'points' : 'pending points'}`,
        detail: POINT_REASONS[entry.reason ?? ''] ?? (entry.reason ? readable(entry.reason) : null),
      };
    case 'score':
      return scoreText(entry);
    case 'action':
      return actionText(entry, money);
    default:
      if (entry.kind === 'survey') return surveyText(entry);
      return {
        title: `${CASE_STEPS[entry.what] ?? readable(entry.what)} ${entry.subject ?? ''}`.trim(),
        detail: null,
      };
  }
}

function listLines(lines: string[] | undefined): string | null {
  if (!lines || lines.length === 0) return null;
  const shown = lines.slice(0, 3).join(', ');
  return lines.length > 3 ? `${shown} and ${lines.length - 3} more` : shown;
}

function answerDetail(entry: TimelineEntry): string {
  const about = surveyLabel(entry.subject ?? '');
  if (entry.status === 'unsolicited')
    return `${about}, before or without delivery: kept as unsolicited feedback, not in the score.`;
  if (entry.status === 'unverified')
    return `${about}, not verified yet: it triggers nothing until the order confirms it.`;
  if (entry.status === 'quarantined') return `${about}, held back: not in the score.`;
  return about;
}

/** Why this person was, or was not, asked. */
function surveyText(entry: TimelineEntry): TimelineText {
  const survey = surveyLabel(entry.subject ?? '');
  switch (entry.what) {
    case 'survey_offered':
      return { title: `${survey} offered on the page`, detail: null };
    case 'survey_sent':
      if (entry.reason === 'unknown')
        return { title: `${survey}: may have been sent`, detail: null, tone: 'caution' };
      return { title: `${survey} sent`, detail: entry.assumed ? 'Timed by an assumed delivery date.' : null };
    case 'survey_suppressed':
      return { title: `${survey} not sent`, detail: reasonText(entry.reason) };
    case 'survey_deferred':
      return { title: `${survey} put off until then`, detail: reasonText(entry.reason) };
    case 'survey_sending':
      return { title: `${survey} on its way`, detail: null };
    default:
      return {
        title: `${survey} planned`,
        detail: entry.assumed ? 'Timed by an assumed delivery date.' : null,
      };
  }
}

function actionText(entry: TimelineEntry, money: string): TimelineText {
  const what = `${actionLabel(entry.subject ?? '')}${money ? ` of ${money}` : ''}`;
  const status = actionStatus(entry.status ?? '');
  if (entry.status === 'done') return { title: what, detail: null, tone: 'success' };
  const detail = entry.reason ? reasonText(entry.reason) : null;
  const tone = entry.status === 'failed' ? 'critical' : entry.status === 'unknown' ? 'caution' : undefined;
  return { title: `${what}: ${status.label.toLowerCase()}`, detail, ...(tone && { tone }) };
}

function scoreText(entry: TimelineEntry): TimelineText {
  const now = entry.health ?? null;
  const before = entry.healthBefore ?? null;
  if (now === null || entry.band === null) return { title: 'Health: not enough data', detail: null };
  const change = before === null ? '' : ` (${formatSigned(now - before)})`;
  const moved =
    entry.bandBefore && entry.bandBefore !== entry.band ? `${bandLabel(entry.bandBefore)} → ` : '';
  return {
    title: `Health ${now.toFixed(1)}${change}`,
    detail: `${moved}${bandLabel(entry.band ?? null)}${entry.newRule ? `, by new rules (${entry.newRule})` : ''}`,
    ...(before !== null && now < before && { tone: 'caution' as const }),
  };
}
