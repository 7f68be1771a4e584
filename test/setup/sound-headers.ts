import type { DeliberateHeader } from './deliberate-messages.ts';

/** Headers that everybody can read, by their long names. */
const SOUND: Readonly<Record<string, string>> = {
  via: 'Via: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bKsound',
  from: 'From: <sip:sound@127.0.0.1>;tag=1',
  to: 'To: <sip:sound@127.0.0.1>;tag=2',
  'call-id': 'Call-ID: sound@127.0.0.1',
  cseq: 'CSeq: 1 OPTIONS',
  'refer-to': 'Refer-To: <sip:sound@127.0.0.1>',
  'record-route': 'Record-Route: <sip:127.0.0.1;lr>',
  timestamp: 'Timestamp: 1',
};
const NEEDED = ['via', 'from', 'to', 'call-id', 'cseq'];
const MANY = new Set(['via', 'record-route']);
const COMPACT: Readonly<Record<string, string>> = { v: 'via', f: 'from', t: 'to', i: 'call-id' };

/**
 * The message with a sound header in place of each that is on the list and that cannot be read: by itself, or because there are
 * several where one is expected. The rest of it can be judged then.
 */
export function withSoundHeaders(message: string, list: readonly DeliberateHeader[], isReadable: (message: string) => boolean): string {
  const end = message.indexOf('\r\n\r\n');
  const head = end < 0 ? message : message.slice(0, end);
  // A line that begins with a blank goes on with the one before it.
  const [start = '', ...lines] = head.split(/\r\n(?![ \t])/);
  const excused = list.filter(({ within }) => within === undefined || within.test(message));
  const names = lines.map(nameOf);
  const isClear = (line: string, name: string): boolean =>
    (MANY.has(name) || names.indexOf(name) === names.lastIndexOf(name)) && isReadable(alone(line));
  const sound = lines.map((line, index) => {
    const name = names[index] ?? '';
    const replacement = SOUND[name];
    if (replacement === undefined || !excused.some(({ header }) => header.test(line))) return line;
    return isClear(line, name) ? line : replacement;
  });
  return [start, ...sound].join('\r\n') + (end < 0 ? '' : message.slice(end));
}

/** A message in which all but this header is known to be sound. */
export function alone(header: string): string {
  const others = NEEDED.filter((name) => name !== nameOf(header)).map((name) => SOUND[name]);
  return ['SIP/2.0 400 Bad Request', ...others, header, 'Content-Length: 0', '', ''].join('\r\n');
}

function nameOf(line: string): string {
  const name = line
    .slice(0, Math.max(0, line.indexOf(':')))
    .trim()
    .toLowerCase();
  return COMPACT[name] ?? name;
}
