import type { CaseSlice } from '../infra/db/reads/cases.read.server.ts';

/** The saved views of the cases, in the order of their tabs. */
export const CASE_VIEWS: readonly { id: CaseSlice; label: string; empty: string }[] = [
  { id: 'open', label: 'Open', empty: 'No case waits. A low answer opens one by itself.' },
  { id: 'mine', label: 'Mine', empty: 'No open case is yours.' },
  { id: 'unassigned', label: 'Unassigned', empty: 'Every open case has an owner.' },
  { id: 'resolved', label: 'Resolved', empty: 'No case waits to be closed.' },
  { id: 'closed', label: 'Closed', empty: 'No case has been closed yet.' },
  { id: 'all', label: 'All', empty: 'No cases yet. A low answer opens one by itself.' },
];

/** The view that an address names; the open cases if it names none. */
export function caseView(params: URLSearchParams): CaseSlice {
  return CASE_VIEWS.find((entry) => entry.id === params.get('view'))?.id ?? 'open';
}
