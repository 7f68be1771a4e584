import type { SipMessage } from './message.ts';

/** The message as it goes on the wire: its rows exactly as they are, in their order. Adds nothing, not even Content-Length. */
export function serializeMessage(message: SipMessage): Uint8Array {
  const head = headOf(message);
  if (message.body.length === 0) return Buffer.from(head, 'utf8');
  const length = Buffer.byteLength(head, 'utf8');
  const bytes = Buffer.allocUnsafe(length + message.body.length);
  bytes.write(head, 0, 'utf8');
  bytes.set(message.body, length);
  return bytes;
}

/** All but the body, with the blank line. */
export function headOf(message: SipMessage): string {
  return `${startLine(message)}\r\n${message.headers.toString()}\r\n`;
}

export function startLine(message: SipMessage): string {
  if (message.kind === 'request') return `${message.method} ${message.uri} ${message.version}`;
  return `${message.version} ${message.status} ${message.reason}`;
}
