import { expect, it } from 'vitest';
import { brandColour } from './brand-colour.ts';

it.each([
  ['#000', '#000000', '#ffffff'],
  ['#FFFFFF', '#ffffff', '#000000'],
  ['#ffcc00', '#ffcc00', '#000000'],
  ['#1f5f4a', '#1f5f4a', '#ffffff'],
  ['#757575', '#757575', '#ffffff'],
  ['#777777', '#777777', '#000000'],
])('on %s text is readable', (setting, background, text) => {
  expect(brandColour(setting)).toEqual({ background, text });
});

it.each([null, undefined, '', 'red', '#12', '#12345g', 'url(x)', '#fff;}body{display:none'])(
  'anything else (%j) is the default and never reaches the CSS',
  (setting) => expect(brandColour(setting)).toEqual({ background: '#1f5f4a', text: '#ffffff' }),
);
