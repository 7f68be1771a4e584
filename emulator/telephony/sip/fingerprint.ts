/** A short stable name for a text (FNV-1a, twice): the To tag of answers given without state, the same for every repetition. */
export function fingerprint(text: string): string {
  return hash(text, 0x811c9dc5).toString(16).padStart(8, '0') + hash(text, 0x9747b28c).toString(16).padStart(8, '0');
}

function hash(text: string, seed: number): number {
  let value = seed;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}
