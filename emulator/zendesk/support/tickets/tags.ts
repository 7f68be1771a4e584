/** Tags as Zendesk keeps them: lower case, no spaces, each once, sorted (inferred from recordings). */
export function cleanTags(tags: readonly string[] | string | null): string[] {
  if (tags === null) return [];
  const words = typeof tags === 'string' ? wordsOf(tags) : tags.flatMap((tag) => wordsOf(String(tag)));
  if (words.length < 2) return words;
  return [...new Set(words)].toSorted();
}

function wordsOf(text: string): string[] {
  const words = /[\s,]/.test(text) ? text.split(/[\s,]+/) : [text];
  return words.map((word) => word.toLowerCase()).filter((word) => word !== '');
}
