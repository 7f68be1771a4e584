import type { Collection } from '../../../core/collection.ts';
import type { Core } from '../../../core/core.ts';
import type { Records } from '../../../core/records.ts';
import type { Support } from '../../support/index.ts';
import { talkErrors } from '../errors.ts';
import { applyPatch, freshPhoneLine, freshSipInLine, type GroupIds } from './apply.ts';
import {
  PHONE_LINE_SETTINGS,
  type PhoneLineDraft,
  type PhoneLinePatch,
  SIP_IN_SETTINGS,
  type SipInLineDraft,
  type SipInLinePatch,
} from './drafts.ts';
import type { Line, PhoneLine, SipInLine } from './entities.ts';
import { SipDirectory, type SipInEntry } from './sip-directory.ts';

const FIRST_LINE_ID = 360_000_000_001;
const EVERYWHERE = ['0.0.0.0/0', '::/0'];

/** The Talk lines of every account. */
export class Lines {
  readonly #store: Core['store'];
  readonly #clock: Core['clock'];
  readonly #groups: Support['groups'];
  readonly #lines: Collection<Line>;
  readonly #directory: SipDirectory;
  /** Whether the telephone network connects the number to somebody. */
  readonly #isNumberTaken: (number: string) => boolean;
  readonly #changed = new Set<(account: string) => void>();

  constructor(options: { core: Core; groups: Support['groups']; isNumberTaken: (number: string) => boolean }) {
    this.#isNumberTaken = options.isNumberTaken;
    this.#store = options.core.store;
    this.#clock = options.core.clock;
    this.#groups = options.groups;
    this.#lines = this.#store.collection<Line>({
      name: 'talk_lines',
      key: (line) => line.id,
      indexes: {
        number: (line) => (line.type === 'phone' ? line.number : null),
        address: (line) => (line.type === 'sip' ? `${line.user.toLowerCase()}@${line.host}` : null),
        type: (line) => line.type,
      },
      unique: ['number', 'address'],
    });
    this.#directory = new SipDirectory(this.#lines);
  }

  /** @throws TalkError (422). */
  addPhone(account: string, draft: PhoneLineDraft): PhoneLine {
    const { number, ...patch } = draft;
    if (this.byNumber(account, number) || this.#isNumberTaken(number)) throw talkErrors.lineTaken(number);
    return this.#write(account, () => this.#apply(account, freshPhoneLine(this.#nextId(account), number), patch));
  }

  /** Without `allowedCidrs` every address may call, so that a bridge on the same machine works at once. @throws TalkError (422). */
  addSipIn(account: string, draft: SipInLineDraft): SipInLine {
    const { user, host = `${account}.zendesk.sip.twilio.com`, ...patch } = draft;
    if (this.#byAddress(account, user, host)) throw talkErrors.lineTaken(`${user}@${host}`);
    const madeAt = Math.max(this.#clock.now(), this.#directory.newest + 1);
    return this.#write(account, () => {
      const line = { ...freshSipInLine(this.#nextId(account), user, host), madeAt };
      return this.#apply(account, line, { allowedCidrs: EVERYWHERE, ...patch });
    });
  }

  /** Changes a line; what is left out stays. @throws TalkError (404, 422). */
  update(account: string, id: number, patch: PhoneLinePatch | SipInLinePatch): Line {
    const line = this.get(account, id);
    if (!line) throw talkErrors.unknownLine(account, String(id));
    return this.#write(account, () => this.#apply(account, line, patch));
  }

  remove(account: string, id: number): boolean {
    const removed = this.#lines.delete(account, id);
    if (removed) this.#announce(account);
    return removed;
  }

  get(account: string, id: number): Line | undefined {
    return this.#lines.get(account, id);
  }

  list(account: string): Line[] {
    return this.#lines.find(account);
  }

  /** What no other account may have beside these records, in words. A SIP domain has one owner. */
  claims(records: Records): string[] {
    return records(this.#lines).map((line) => (line.type === 'phone' ? `number ${line.number}` : `SIP-IN host ${line.host}`));
  }

  /** Accounts that have lines (a data file's, at start). */
  accounts(): string[] {
    return [...new Set(this.#lines.everywhere().map(([account]) => account))];
  }

  phones(account: string): PhoneLine[] {
    return this.#lines.find(account, { where: { type: 'phone' } }) as PhoneLine[];
  }

  sipIns(account: string): SipInLine[] {
    return this.#lines.find(account, { where: { type: 'sip' } }) as SipInLine[];
  }

  byNumber(account: string, number: string): PhoneLine | undefined {
    return this.#lines.first(account, { where: { number } }) as PhoneLine | undefined;
  }

  /** The SIP-IN lines of a host, in the order of their making. */
  ofHost(host: string): readonly SipInEntry[] {
    return this.#directory.ofHost(host.toLowerCase());
  }

  /** The SIP-IN line that this user part means at our own address: the oldest of all accounts. */
  ofAlias(user: string): SipInEntry | undefined {
    return this.#directory.ofAlias(user.toLowerCase());
  }

  /** The stored lines changed otherwise: a restore, a reset. */
  forget(account: string): void {
    this.#announce(account);
  }

  /** Called whenever an account's lines may have changed. */
  onChange(listener: (account: string) => void): void {
    this.#changed.add(listener);
  }

  #byAddress(account: string, user: string, host: string): Line | undefined {
    return this.#lines.first(account, { where: { address: `${user.toLowerCase()}@${host.toLowerCase()}` } });
  }

  #apply<L extends Line>(account: string, line: L, patch: PhoneLinePatch | SipInLinePatch): L {
    const groupIds: GroupIds = (names) =>
      names.map((name) => (this.#groups.findByName(account, name) ?? this.#groups.create(account, { name })).id);
    const known = line.type === 'phone' ? PHONE_LINE_SETTINGS : SIP_IN_SETTINGS;
    return applyPatch<Line>(line, patch, { known, groupIds }) as L;
  }

  #nextId(account: string): number {
    return this.#store.next(account, 'talk_line', FIRST_LINE_ID);
  }

  #write<L extends Line>(account: string, make: () => L): L {
    const line = this.#store.transaction(() => {
      const made = make();
      this.#lines.put(account, made);
      return made;
    });
    this.#announce(account);
    return line;
  }

  #announce(account: string): void {
    this.#store.afterCommit(() => {
      for (const listener of this.#changed) listener(account);
    });
  }
}
