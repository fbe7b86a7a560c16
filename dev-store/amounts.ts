/** Adds decimal texts exactly, to at most four places; the sum keeps two or more. */
export function addAmounts(amounts: string[]): string {
  const total = amounts.reduce((sum, text) => {
    const [whole = '0', part = ''] = text.replace('-', '').split('.');
    const units = BigInt(whole) * 10_000n + BigInt(part.padEnd(4, '0').slice(0, 4));
    return sum + (text.startsWith('-') ? -units : units);
  }, 0n);
  const digits = String(total < 0n ? -total : total).padStart(5, '0');
  const text = `${digits.slice(0, -4)}.${digits.slice(-4)}`.replace(/0{1,2}$/, '');
  return total < 0n ? `-${text}` : text;
}
