/** Text from the wire for people: control characters other than line breaks and tabs are written out (`\x1b`). */
export function visible(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll(/\p{Cc}/gu, (character) => (character === '\n' || character === '\t' ? character : `\\x${hex(character)}`));
}

/** The same on one line. */
export const visibleLine = (text: string): string => visible(text).replaceAll(/[\n\t]+/g, ' ');

const hex = (character: string): string => character.charCodeAt(0).toString(16).padStart(2, '0');
