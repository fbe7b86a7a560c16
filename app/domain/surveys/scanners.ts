/** By what an answer through a mailed link is taken for a machine's (docs/decisions/022-reminders-and-scanners.md). */
export interface ScannerRules {
  /** Business time after the link that no person sees was opened: what the link beside it answers meanwhile is held back. */
  scannedSeconds: number;
  /** So many different ratings through one link ... */
  burstRatings: number;
  /** ... in so many seconds of machine time. */
  burstSeconds: number;
}

export const SCANNER_RULES: ScannerRules = { scannedSeconds: 60, burstRatings: 3, burstSeconds: 5 };
