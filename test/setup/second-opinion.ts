import { type SipMessage, parseCSeq, parseMessage, tagOf } from 'ringback/sip';
import { LoggerFactory, Parser } from 'sip.js/lib/core/index.js';
import { DELIBERATE, type DeliberateHeader } from './deliberate-messages.ts';
import { withSoundHeaders } from './sound-headers.ts';

/** What a parser read in a message. */
export interface Opinion {
  readonly start: string;
  readonly callId: string;
  readonly cseq: string;
  readonly fromTag: string;
  readonly toTag: string;
  readonly vias: number;
  readonly body: string;
}

/** What sip.js reads. @throws Error with its complaint when it does not. */
export function secondOpinion(message: string): Opinion {
  const complaints: string[] = [];
  const factory = new LoggerFactory();
  factory.builtinEnabled = false;
  factory.connector = (_level, _category, _label, content) => void complaints.push(String(content));
  const parsed = Parser.parseMessage(message, factory.getLogger('second-opinion'));
  if (!parsed) throw new Error(complaints.join('; ') || 'sip.js gives no reason');
  const { method, callId, cseq, fromTag, toTag, body } = parsed;
  const start = 'statusCode' in parsed ? String(parsed.statusCode) : (method ?? '');
  return {
    start,
    callId: callId ?? '',
    cseq: `${cseq} ${method}`,
    fromTag: fromTag ?? '',
    toTag: toTag ?? '',
    vias: parsed.getHeaders('via').length,
    body,
  };
}

/** What our own parser reads. */
export function firstOpinion(message: string): Opinion {
  const parsed: SipMessage = parseMessage(Buffer.from(message));
  const { headers, body } = parsed;
  const cseq = parseCSeq(headers.get('CSeq'));
  return {
    start: parsed.kind === 'request' ? parsed.method : String(parsed.status),
    callId: headers.get('Call-ID') ?? '',
    cseq: `${cseq?.number} ${cseq?.method}`,
    fromTag: tagOf(headers.get('From')) ?? '',
    toTag: tagOf(headers.get('To')) ?? '',
    vias: headers.getAll('Via').length,
    body: Buffer.from(body).toString('utf8'),
  };
}

/**
 * Where the two parsers differ, message by message. Headers that are on the list and that sip.js cannot read are excused; the rest of
 * their message is not.
 */
export function disagreements(messages: Iterable<string>, list: readonly DeliberateHeader[] = DELIBERATE): string[] {
  return [...messages].flatMap((message) => {
    if (isAgreed(message)) return [];
    const problem = disagreement(withSoundHeaders(message, list, isAgreed));
    return problem === undefined ? [] : [`${problem}\n${message}`];
  });
}

const isAgreed = (message: string): boolean => disagreement(message) === undefined;

function disagreement(message: string): string | undefined {
  try {
    const [ours, theirs] = [firstOpinion(message), secondOpinion(message)];
    const differing = (Object.keys(ours) as (keyof Opinion)[]).filter((name) => ours[name] !== theirs[name]);
    return differing.length === 0
      ? undefined
      : differing.map((name) => `${name}: we read ${JSON.stringify(ours[name])}, sip.js ${JSON.stringify(theirs[name])}`).join('; ');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
