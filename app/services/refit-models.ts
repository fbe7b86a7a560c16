import { FITTED_KINDS } from '../domain/core/model-kinds.ts';
import { requestFit } from './fit-model.ts';

/** Has every model of a shop that is learnt by itself fitted now; what is under way already goes on. */
export async function refitModels(
  deps: Parameters<typeof requestFit>[0],
  { shopId }: { shopId: string },
): Promise<{ outcome: 'planned' | 'under_way' }> {
  const asked = await Promise.all(FITTED_KINDS.map((kind) => requestFit(deps, { shopId, kind })));
  return asked.find(({ outcome }) => outcome === 'planned') ?? { outcome: 'under_way' };
}
