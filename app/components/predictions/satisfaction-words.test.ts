import { expect, it } from 'vitest';
import { reasonsText } from './satisfaction-words.ts';

it('names what webhooks tell: the product of the greatest value stands for the category', () => {
  expect(reasonsText(['lateness', 'category'])).toBe('how late it was, earlier ratings of its main product');
});
