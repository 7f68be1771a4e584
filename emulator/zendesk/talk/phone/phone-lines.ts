import type { Media } from '../../../telephony/media/index.ts';
import { type PstnArrival, type PstnCause, type PstnNetwork, shownNumber } from '../../../telephony/pstn/index.ts';
import { arrive } from '../calls/arrive.ts';
import { pressed } from '../calls/flow.ts';
import type { LiveCall } from '../calls/live-call.ts';
import type { TalkRooms } from '../calls/rooms.ts';
import { phoneFacts } from '../journeys/facts.ts';
import type { PhoneLine } from '../lines/entities.ts';
import { PhoneSide } from './side.ts';

/** Keeps every phone line connected to the telephone network, and takes the calls that arrive. */
export class PhoneLines {
  readonly #rooms: TalkRooms;
  readonly #network: PstnNetwork;
  readonly #media: Pick<Media, 'link' | 'play'>;
  /** By account, then number. */
  readonly #attached = new Map<string, Map<string, { detach(): void }>>();

  constructor(o: { rooms: TalkRooms; network: PstnNetwork; media: Pick<Media, 'link' | 'play'> }) {
    this.#rooms = o.rooms;
    this.#network = o.network;
    this.#media = o.media;
  }

  /** Connects the numbers that the account has now, and no others. @throws Error when a number is somebody else's. */
  sync(account: string): void {
    const wanted = new Set(this.#rooms.lines.phones(account).map((line) => line.number));
    const attached = this.#attached.get(account) ?? new Map<string, { detach(): void }>();
    this.#attached.set(account, attached);
    for (const [number, connection] of attached) {
      if (wanted.has(number)) continue;
      connection.detach();
      attached.delete(number);
    }
    for (const number of wanted) {
      if (!attached.has(number))
        attached.set(
          number,
          this.#network.attach(number, (arrival) => this.#take(account, arrival)),
        );
    }
  }

  /** Disconnects all numbers of the account. */
  detach(account: string): void {
    for (const connection of this.#attached.get(account)?.values() ?? []) connection.detach();
    this.#attached.delete(account);
  }

  #take(account: string, arrival: PstnArrival): void {
    const { core, lines, settings } = this.#rooms;
    const line = lines.byNumber(account, arrival.to);
    const number = shownNumber(arrival.presentation);
    const refused = refusal(line, number, settings.get(account));
    if (!line || refused) {
      const because = refused?.because ?? 'the number has no line';
      const about = { account, journey: arrival.journey, from: 'talk', to: 'caller' };
      const label = `Talk does not take the call to ${arrival.to}: ${because}`;
      core.journal.append({ kind: 'call.rejected', ...about, label, data: { line: arrival.to, because } });
      arrival.reject(refused?.cause ?? 'unallocated-number');
      return;
    }
    let call: LiveCall | undefined = undefined;
    let gone = false;
    arrival.on('digit', (digit) => call && pressed(this.#rooms, call, digit));
    arrival.on('ended', ({ by, cause }) => {
      gone = true;
      if (call) this.#rooms.steps.end(call, { by: by === 'callee' ? 'talk' : by, cause });
    });
    call = arrive(this.#rooms, {
      account,
      journey: arrival.journey,
      line,
      caller: { number, shown: number },
      presentation: arrival.presentation,
      carrier: arrival.carrier,
      side: new PhoneSide(arrival, this.#media),
      ticket: null,
      onChange: (changed) => phoneFacts(this.#rooms, changed),
    });
    if (gone) this.#rooms.steps.end(call, { by: 'caller', cause: 'normal' });
  }
}

function refusal(
  line: PhoneLine | undefined,
  number: string | null,
  settings: { enabled: boolean; blockedNumbers: readonly string[] },
): { cause: PstnCause; because: string } | undefined {
  if (!line?.enabled) return { cause: 'unallocated-number', because: 'the line is off' };
  if (!settings.enabled) return { cause: 'rejected', because: 'Talk is off in this account' };
  if (number !== null && settings.blockedNumbers.includes(number)) return { cause: 'rejected', because: `${number} is blocked` };
  return undefined;
}
