/** Whether a text can stand as the one address of a From, To or Reply-To header. */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && /^[^\s@<>,;:"\\()[\]\p{Cc}]{1,64}@[^\s@<>,;:"\\()[\]\p{Cc}]+$/u.test(text);
}

/** The address inside `Name <address>` or a bare address; null when there is none. */
export function senderAddress(sender: string): string | null {
  const address = (/<([^<>]+)>\s*$/.exec(sender)?.[1] ?? sender).trim();
  return isMailAddress(address) ? address : null;
}
