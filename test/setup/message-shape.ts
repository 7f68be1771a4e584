/**
 * A message without what makes it unlike the others of its kind: tags, branches, numbers, names. Two messages of one shape
 * ask the same of a parser.
 */
export function shapeOf(message: string): string {
  const end = message.indexOf('\r\n\r\n');
  const head = end < 0 ? message : message.slice(0, end);
  return head.replaceAll(/(?<=(?:;tag=|;branch=|call-id:\s*|^i:\s*))[^\s;>]+/gim, '#').replaceAll(/\d+/g, '0');
}
