/** The life of a case: open -> acknowledged -> resolved -> closed, and back to open (domain.md section 8). */
import { HOUR_MS } from '../core/calendar.ts';

export const CASE_STATUSES = ['open', 'acknowledged', 'resolved', 'closed'] as const;
export type CaseStatus = (typeof CASE_STATUSES)[number];

export interface CaseState {
  status: CaseStatus;
  /** By when a person must have acted. */
  dueAt: Date;
  acknowledgedAt: Date | null;
  resolvedAt: Date | null;
  closedAt: Date | null;
  resolution: string | null;
  rootCause: string | null;
  /** How often it was opened again. */
  reopened: number;
}

/** Every act is a person's: no mail of ours acknowledges a case. */
export type CaseAct =
  | { act: 'acknowledge' }
  | { act: 'resolve'; resolution: string }
  | { act: 'close'; rootCause: string }
  | { act: 'reopen'; targetHours: number };

export type CaseRefusal = 'wrong_status' | 'root_cause_missing' | 'resolution_missing';

export type CaseTransition =
  { outcome: 'changed'; case: CaseState } | { outcome: 'refused'; reason: CaseRefusal; sentence: string };

const FROM: Record<CaseAct['act'], CaseStatus[]> = {
  acknowledge: ['open'],
  resolve: ['acknowledged'],
  close: ['resolved'],
  reopen: ['resolved', 'closed'],
};

/** The acts that the status allows, for the buttons of a page. */
export function allowedActs(status: CaseStatus): CaseAct['act'][] {
  return (Object.keys(FROM) as CaseAct['act'][]).filter((act) => FROM[act].includes(status));
}

/**
 * Applies one act at `now`. Closing needs a root cause (blank counts as missing), resolving needs a resolution.
 * Reopening starts a new clock and keeps the old resolution and root cause as a proposal for the next time.
 */
export function applyAct(current: CaseState, act: CaseAct, now: Date): CaseTransition {
  if (!FROM[act.act].includes(current.status)) {
    const needed = FROM[act.act].join(' or ');
    const sentence = `A case can be ${PAST[act.act]} only while it is ${needed}; this one is ${current.status}.`;
    return { outcome: 'refused', reason: 'wrong_status', sentence };
  }
  switch (act.act) {
    case 'acknowledge':
      return changed({ ...current, status: 'acknowledged', acknowledgedAt: now });
    case 'resolve': {
      const resolution = act.resolution.trim();
      if (resolution) return changed({ ...current, status: 'resolved', resolvedAt: now, resolution });
      return refused(
        'resolution_missing',
        'Say in a few words what was done for the customer before resolving the case.',
      );
    }
    case 'close': {
      const rootCause = act.rootCause.trim();
      if (rootCause) return changed({ ...current, status: 'closed', closedAt: now, rootCause });
      return refused(
        'root_cause_missing',
        'Name the root cause before closing the case: it is what gets fixed.',
      );
    }
    case 'reopen': {
      const dueAt = new Date(now.getTime() + act.targetHours * HOUR_MS);
      const cleared = { acknowledgedAt: null, resolvedAt: null, closedAt: null };
      return changed({ ...current, ...cleared, status: 'open', dueAt, reopened: current.reopened + 1 });
    }
  }
}

const PAST = {
  acknowledge: 'acknowledged',
  resolve: 'resolved',
  close: 'closed',
  reopen: 'reopened',
} as const;

function changed(next: CaseState): CaseTransition {
  return { outcome: 'changed', case: next };
}

function refused(reason: CaseRefusal, sentence: string): CaseTransition {
  return { outcome: 'refused', reason, sentence };
}
