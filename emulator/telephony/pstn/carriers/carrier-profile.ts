import type { Presentation } from '../presentation.ts';

/**
 * Header text with placeholders: `<sip:{caller}@{trunk}>`. Several stand for "the first whose placeholders all have a
 * value"; a header without such a text is left out.
 *
 * - `{caller}` the number that may be shown (nothing when withheld), `{number}` the same even when withheld
 * - `{asserted}` what the network knows for sure, `{line}` who forwarded the call last, `{did}` the number called
 * - `{cnam}` the caller's name, when the trunk looks names up; `{trunk}` the trunk's domain; `{carrierIp}` the upstream carrier
 *
 * Numbers are E.164; `{caller:digits}` leaves out the plus, `{caller:national}` is what the same country dials.
 */
export type HeaderText = string | readonly string[];

export interface CarrierHeader {
  readonly name: string;
  readonly value: HeaderText;
  /** Only for callers whose number shows, or only for those who asked for privacy. Default: always. */
  readonly when?: 'shown' | 'withheld';
}

/**
 * What a careless carrier makes of a call on its way to the trunk: data that turns a presentation into the identity headers
 * of the INVITE. To add one, write such an object and put it on the list in `carriers.ts`.
 */
export interface CarrierProfile {
  /** What `POST /calls` calls it. */
  readonly name: string;
  /** One line for people. */
  readonly title: string;
  /** Value of From without the tag. */
  readonly from: HeaderText;
  /** In the order in which they stand on the wire, after Max-Forwards. */
  readonly headers: readonly CarrierHeader[];
  /** User part of the Request-URI. Default `{did}`. */
  readonly requestUser?: HeaderText;
  /** User part of To. Default: as in the Request-URI. */
  readonly toUser?: HeaderText;
}

/** The call that a profile is applied to. */
export interface CarrierContext {
  readonly presentation: Presentation;
  /** The number called, E.164. */
  readonly did: string;
  /** `acme.pstn.twilio.com` */
  readonly trunkDomain: string;
  /** Whether the trunk looks up names (`cnam_lookup_enabled`). */
  readonly cnam?: boolean;
}
