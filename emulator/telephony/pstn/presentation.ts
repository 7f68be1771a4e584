/** A number that a call was diverted from, the newest first. */
export interface PresentedDiversion {
  /** E.164. */
  readonly number: string;
  /** RFC 5806: `unconditional`, `no-answer`, `user-busy`, … */
  readonly reason: string;
}

/** What a leg says about who calls. Carriers turn it into headers; they may lose or change any part. */
export interface Presentation {
  /** The number that the called party may see, in E.164; null when there is none to see. */
  readonly number: string | null;
  /** Display name (CNAM). */
  readonly name?: string;
  /** The caller asked for privacy: the number must not be shown. */
  readonly withheld: boolean;
  /** What the network knows for sure, in E.164; it may exist although the number is withheld. */
  readonly asserted: string | null;
  readonly diversions: readonly PresentedDiversion[];
}

const E164 = /^\+[1-9]\d{1,14}$/;

export function isE164(text: string): boolean {
  return E164.test(text);
}

/** @throws Error when the text is no number in E.164. */
export function requireE164(text: string, what: string): string {
  if (isE164(text)) return text;
  throw new Error(`${what} is "${text}", expected E.164: a plus, the country code and the number, such as +14155550100`);
}

/**
 * A presentation from what people write: a number (shown and asserted), or the parts that matter, the rest being
 * usual (not withheld; asserted as shown; no diversions).
 * @throws Error naming the part that is no E.164 number.
 */
export function presentationOf(from: string | (Partial<Presentation> & Pick<Presentation, 'number'>)): Presentation {
  if (typeof from === 'string') return presentationOf({ number: from });
  const number = from.number === null ? null : requireE164(from.number, "the caller's number");
  const asserted = from.asserted === undefined ? number : from.asserted;
  if (asserted !== null) requireE164(asserted, "the caller's asserted number");
  for (const diversion of from.diversions ?? []) requireE164(diversion.number, 'a diverting number');
  return { ...from, number, withheld: from.withheld ?? false, asserted, diversions: from.diversions ?? [] };
}

/** The number that a called party gets to see: null when it is withheld or there is none. */
export function shownNumber(presentation: Presentation): string | null {
  return presentation.withheld ? null : presentation.number;
}

/**
 * What the next leg says of a call that `line` forwards: the line becomes the newest redirecting number. The caller
 * stays by default; with `showAs` the forwarding party presents a number of its own (Zendesk's "Forwarding caller ID").
 */
export function forwardedPresentation(of: Presentation, line: string, o: { reason?: string; showAs?: string } = {}): Presentation {
  const diversions = [{ number: line, reason: o.reason ?? 'unconditional' }, ...of.diversions];
  if (o.showAs === undefined) return { ...of, diversions };
  return { number: o.showAs, withheld: false, asserted: o.showAs, diversions };
}
