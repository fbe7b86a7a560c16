import { z } from 'zod';
import type { Deps } from './deps.ts';

export type RenameStaffOutcome = { outcome: 'renamed' } | { outcome: 'refused'; sentence: string };

const nameSchema = z.string().trim().min(1).max(80);

/** Sets the name under which a member of staff stands on cases and notes: their own only. */
export async function renameStaff(
  deps: Pick<Deps, 'acts'>,
  input: { shopId: string; staffId: string; name: string },
): Promise<RenameStaffOutcome> {
  const name = nameSchema.safeParse(input.name);
  if (!name.success) return { outcome: 'refused', sentence: 'A name has 1 to 80 characters.' };
  const renamed = await deps.acts.renameStaff(input.shopId, input.staffId, name.data);
  return renamed
    ? { outcome: 'renamed' }
    : { outcome: 'refused', sentence: 'Reload the page, then try again.' };
}
