/**
 * A merchant's colour on our pages and mails: always a plain #rrggbb (so it can stand
 * in CSS without escaping), always with a text colour that can be read on it.
 */

export interface BrandColour {
  /** Background, #rrggbb in lower case. */
  background: string;
  /** Text on that background: black or white, whichever has the higher contrast (WCAG 2). */
  text: '#000000' | '#ffffff';
}

const DEFAULT_COLOUR = '#1f5f4a';

/** Brand colour from a setting; anything but #rgb or #rrggbb gives the default. */
export function brandColour(setting: string | null | undefined): BrandColour {
  const background = normalise(setting) ?? DEFAULT_COLOUR;
  const luminance = relativeLuminance(background);
  // (L + 0.05) / 0.05 against black, 1.05 / (L + 0.05) against white.
  const blackWins = (luminance + 0.05) ** 2 > 1.05 * 0.05;
  return { background, text: blackWins ? '#000000' : '#ffffff' };
}

function normalise(setting: string | null | undefined): string | null {
  const text = setting?.trim().toLowerCase() ?? '';
  if (/^#[0-9a-f]{6}$/.test(text)) return text;
  if (/^#[0-9a-f]{3}$/.test(text)) return `#${[...text.slice(1)].map((digit) => digit + digit).join('')}`;
  return null;
}

/** WCAG 2 relative luminance, 0 black to 1 white. */
function relativeLuminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
