import { isE164 } from '../../../telephony/pstn/index.ts';
import { talkErrors } from '../errors.ts';
import { cidrProblem } from '../sip-in/access.ts';
import { type Line, lineName } from './entities.ts';
import { scheduleProblem } from './schedule.ts';

/** Toll-free codes of the North American plan; other countries' are not told apart here. */
const TOLL_FREE = /^\+1(800|833|844|855|866|877|888)/;

/** @throws TalkError (422) naming the line, the setting and what it may be. */
export function checkLine(line: Line): void {
  const name = lineName(line);
  const numbers = { overflowTo: line.overflow.inside, overflowOutsideTo: line.overflow.outside };
  for (const [setting, number] of Object.entries(numbers)) {
    if (number === null) continue;
    if (!isE164(number)) throw talkErrors.notE164(name, setting, number);
    if (TOLL_FREE.test(number)) throw talkErrors.tollFreeOverflow(name, number);
    if (line.type === 'sip' && line.outboundNumber === null) throw talkErrors.overflowNeedsOutbound(name);
  }
  if (!(line.offeringLimitSeconds >= 15 && line.offeringLimitSeconds <= 120)) {
    throw talkErrors.outOfRange(name, 'offeringLimitSeconds', line.offeringLimitSeconds, '15 to 120');
  }
  if (typeof line.wrapUp === 'number' && !(line.wrapUp >= 10 && line.wrapUp <= 1_200)) {
    throw talkErrors.outOfRange(name, 'wrapUp', line.wrapUp, '10 to 1200 seconds, "no_limit" or "none"');
  }
  if (line.schedule) {
    const problem = scheduleProblem(line.schedule);
    if (problem !== undefined) throw talkErrors.schedule(name, problem);
  }
  if (line.type === 'phone') {
    if (!isE164(line.number)) throw talkErrors.notE164(name, 'number', line.number);
    const mode = line.forwardingCallerId;
    if (mode !== 'caller' && mode !== 'line' && !isE164(mode)) throw talkErrors.notE164(name, 'forwardingCallerId', mode);
    return;
  }
  if (line.outboundNumber !== null && !isE164(line.outboundNumber)) throw talkErrors.notE164(name, 'outboundNumber', line.outboundNumber);
  const cidr = line.allowedCidrs.find((text) => cidrProblem(text));
  if (cidr !== undefined) throw talkErrors.cidr(name, cidr);
  for (const [condition, status] of Object.entries(line.responses)) {
    if (!(status >= 400 && status <= 699)) throw talkErrors.outOfRange(name, `responses.${condition}`, status, 'a code from 400 to 699');
  }
}
