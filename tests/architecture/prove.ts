/** How the checkers are tested: the smallest bad example is found, its good twin is left alone. */
import { expect, it } from 'vitest';
import type { Offence, Source } from './source.ts';

type Check = (sources: readonly Source[]) => Offence[];
/** rule, path, bad text, good text, part of the message */
type Row = [rule: string, path: string, bad: string, good: string, says: string];

export function proves(check: Check, rows: Row[]): void {
  it.each(rows)('%s (%s)', (_rule, path, bad, good, says) => {
    expect(check([{ path, text: good }])).toEqual([]);
    const offences = check([{ path, text: bad }]);
    expect(offences).toHaveLength(1);
    expect(offences[0]?.path).toBe(path);
    expect(offences[0]?.message).toContain(says);
  });
}

export const imports = (specifier: string) => `import { a } from '${specifier}';`;
export const importsType = (specifier: string) => `import type { A } from '${specifier}';`;
