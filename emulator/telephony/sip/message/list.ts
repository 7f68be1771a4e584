/**
 * Splits at a separator that stands outside quoted strings and angle brackets. Items are trimmed; empty ones are kept, so
 * that a judge can see them. An unterminated quote or bracket runs to the end.
 */
export function splitOutside(text: string, separator: ',' | ';'): string[] {
  if (!text.includes(separator)) return [text.trim()];
  if (!text.includes('"') && !text.includes('<')) return text.split(separator).map((item) => item.trim());
  const items: string[] = [];
  let start = 0;
  let quoted = false;
  let bracketed = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (quoted) {
      if (character === '\\') index++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '<') bracketed = true;
    else if (character === '>') bracketed = false;
    else if (character === separator && !bracketed) {
      items.push(text.slice(start, index).trim());
      start = index + 1;
    }
  }
  items.push(text.slice(start).trim());
  return items;
}

/** The values of a comma-joined header row, empty ones left out. */
export function splitList(value: string): string[] {
  return splitOutside(value, ',').filter((item) => item !== '');
}
