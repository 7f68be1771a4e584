/** Tags as Zendesk keeps them: lower case, no spaces, each once, sorted (inferred from recordings). */
export function cleanTags(tags: readonly string[] | string | null): string[] {
  if (tags === null) return [];
  const words = typeof tags === 'string' ? tags.split(/[\s,]+/) : tags.flatMap((tag) => String(tag).split(/[\s,]+/));
  return [...new Set(words.map((tag) => tag.toLowerCase()).filter((tag) => tag !== ''))].toSorted();
}
