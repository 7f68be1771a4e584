/** Letters and digits in lower case; everything else separates words. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
}

/**
 * Whether the text holds the words wanted, whole and one after the other; a trailing `*` lets the last one go on
 * (`ord*` finds "order"). A lone `*` is any text at all.
 */
export function wordsMatcher(wanted: string): (text: string | null | undefined) => boolean {
  const words = wordsOf(wanted);
  const prefix = wanted.endsWith('*');
  const [first] = words;
  if (first === undefined) return (text) => prefix && text !== null && text !== undefined && text !== '';
  const fits = (own: readonly string[], at: number): boolean =>
    words.every((word, index) => {
      const other = own[at + index];
      return prefix && index === words.length - 1 ? (other?.startsWith(word) ?? false) : other === word;
    });
  return (text) => {
    if (!text?.toLowerCase().includes(first)) return false;
    const own = wordsOf(text);
    return own.some((_, at) => fits(own, at));
  };
}
