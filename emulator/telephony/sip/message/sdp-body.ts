import type { SipMessage } from './message.ts';

/** The content type without parameters, in lower case. */
export function contentType(message: SipMessage): string | undefined {
  return message.headers.get('Content-Type')?.split(';')[0]?.trim().toLowerCase();
}

/** The session description in the body, taken out of a multipart body too; undefined when there is none. */
export function sdpBody(message: SipMessage): string | undefined {
  if (message.body.length === 0) return undefined;
  const type = contentType(message);
  const text = Buffer.from(message.body).toString('utf8');
  if (type === undefined) return text.startsWith('v=0') ? text : undefined;
  if (type === 'application/sdp') return text;
  return type.startsWith('multipart/') ? sdpPart(text, message.headers.get('Content-Type') ?? '') : undefined;
}

function sdpPart(text: string, type: string): string | undefined {
  const boundary = /boundary\s*=\s*(?:"([^"]+)"|([^\s;]+))/i.exec(type);
  if (!boundary) return undefined;
  for (const part of text.split(`--${boundary[1] ?? boundary[2]}`).slice(1)) {
    const [head = '', ...rest] = part.split(/\r?\n\r?\n/);
    if (/^content-type\s*:\s*application\/sdp/im.test(head)) return rest.join('\r\n\r\n').replace(/\r?\n$/, '');
  }
  return undefined;
}
