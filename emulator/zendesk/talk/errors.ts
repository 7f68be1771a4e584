/** A wrong use of Talk's configuration; `status` is what an HTTP adapter answers. */
export class TalkError extends Error {
  override readonly name = 'TalkError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const refused = (message: string): TalkError => new TalkError(422, message);

export const talkErrors = {
  unknownSetting: (name: string, known: readonly string[]): TalkError =>
    refused(`talk has no setting "${name}"; it has ${known.join(', ')}`),
  badSetting: (name: string, value: unknown, expected: string): TalkError =>
    refused(`talk.${name} is ${JSON.stringify(value)}; expected ${expected}`),
  unknownLine: (account: string, what: string): TalkError =>
    new TalkError(404, `${account} has no Talk line ${what}; list its lines to see their numbers and SIP users`),
  lineTaken: (what: string): TalkError => refused(`there is a Talk line ${what} already; choose another, or change that one`),
  unknownLineSetting: (line: string, name: string, known: readonly string[]): TalkError =>
    refused(`line ${line} has no setting "${name}"; it has ${known.join(', ')}`),
  notE164: (line: string, name: string, value: unknown): TalkError =>
    refused(`${name} of line ${line} is ${JSON.stringify(value)}; expected E.164, such as +14155550199`),
  tollFreeOverflow: (line: string, number: string): TalkError =>
    refused(`line ${line} cannot overflow to ${number}: a toll-free number cannot be the overflow number`),
  overflowNeedsOutbound: (line: string): TalkError =>
    refused(`SIP-IN line ${line} cannot overflow: associate an outbound phone number with it first (outboundNumber)`),
  outOfRange: (line: string, name: string, value: unknown, range: string): TalkError =>
    refused(`${name} of line ${line} is ${JSON.stringify(value)}; expected ${range}`),
  cidr: (line: string, value: string): TalkError =>
    refused(`allowedCidrs of line ${line} holds "${value}"; expected an address range such as 192.0.2.0/24 or 2001:db8::/32`),
  schedule: (line: string, problem: string): TalkError => refused(`schedule of line ${line}: ${problem}`),
};
