import { expect, it } from 'vitest';
import { chunksOf } from './chunks.ts';

it.each<[number[], number, number[][]]>([
  [[], 3, []],
  [[1, 2], 3, [[1, 2]]],
  [[1, 2, 3], 3, [[1, 2, 3]]],
  [[1, 2, 3, 4], 3, [[1, 2, 3], [4]]],
])('%j in groups of %i', (items, size, groups) => expect(chunksOf(items, size)).toEqual(groups));
