/** Did a case take more than one interaction? That is what "support escalation" predicts (domain.md section 4). */
import type { Severity } from './open-case.ts';

/** Without a further contact in so many days after closing it was solved at once: FCR (domain.md section 3). */
export const ESCALATION_SETTLED_DAYS = 7;

/** What became of a case from its opening until it is settled, or until now. */
export interface CaseCourse {
  openedSeverity: Severity;
  openedCritical: boolean;
  severity: Severity;
  critical: boolean;
  /** By staff, or by an answer that said again that it is bad. */
  reopened: boolean;
  /** Another low answer came while it was open. */
  joined: boolean;
  /** The customer had another case of the same issue type, or about the same order. */
  followed: boolean;
  /** The order was charged back after the case was opened: a contact by way of the bank. */
  chargedBack: boolean;
}

/**
 * Whether the customer had to come back. A refund is no sign: it is mostly how a case is solved in one go. Nor is an answer
 * that its customer changed without making it worse.
 */
export function hasEscalated(course: CaseCourse): boolean {
  const { openedSeverity, openedCritical, severity, critical, reopened, joined, followed, chargedBack } =
    course;
  const raised = severity > openedSeverity || (critical && !openedCritical);
  return reopened || joined || followed || chargedBack || raised;
}
