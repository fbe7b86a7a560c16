import { expect, it } from 'vitest';
import { isMailAddress, senderAddress } from './mail-address.ts';

it.each([
  ['ada@example.com', true],
  ["o'neil+x@sub.example.co", true],
  ['jürgen@exämple.de', true],
  ['a b@example.com', false],
  ['a@b@c', false],
  [`${'a'.repeat(65)}@example.com`, false],
])('%s is an address: %s', (text, expected) => expect(isMailAddress(text)).toBe(expected));

it.each([
  ['Shop care <care@example.com>', 'care@example.com'],
  ['care@example.com', 'care@example.com'],
  ['<care@example.com> ', 'care@example.com'],
  ['Shop care', null],
  ['Shop care <care>', null],
  ['care@example.com, sales@example.com', null],
])('%s sends as %s', (text, expected) => expect(senderAddress(text)).toBe(expected));
