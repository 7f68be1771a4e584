import type { Journal } from '../../../core/journal.ts';
import { type Accounts, ApiError } from '../../account/index.ts';
import type { Support, Ticket, TicketDraft, TicketPatch } from '../../support/index.ts';
import type { LiveCall } from '../calls/live-call.ts';
import { isUnknownCaller } from '../calls/side.ts';
import { type TalkSettings, type TalkSettingsService, ticketTiming } from '../settings.ts';
import { makesTicket, type TicketMoment } from './moments.ts';
import { formatPhone } from './phone-format.ts';
import { BY_TALK, callerName, Requesters } from './requesters.ts';
import { fill, timeOfCall, type Words } from './templates.ts';
import { lineEnd, voiceData } from './voice-comment.ts';

const VIA_VOICEMAIL = 33;
const VIA_INBOUND_CALL = 34;
/** Documented for overflow to an external number. */
const OVERFLOW_TAG = 'call_overflow';

/**
 * Tickets of calls: when they are made, what they say, what the end of the call adds. Runs in the caller's transaction. What
 * Support refuses (a full ticket, a closed one) is noted in the journal: the call goes on all the same.
 */
export class VoiceTickets {
  readonly requesters: Requesters;
  readonly #accounts: Pick<Accounts, 'expect' | 'url'>;
  readonly #tickets: Support['tickets'];
  readonly #groups: Pick<Support['groups'], 'get'>;
  readonly #journal: Journal;
  readonly #settings: TalkSettingsService;

  constructor(o: {
    accounts: Pick<Accounts, 'expect' | 'url'>;
    support: Pick<Support, 'tickets' | 'users' | 'groups'>;
    journal: Journal;
    settings: TalkSettingsService;
  }) {
    this.#accounts = o.accounts;
    this.#tickets = o.support.tickets;
    this.#groups = o.support.groups;
    this.#journal = o.journal;
    this.#settings = o.settings;
    this.requesters = new Requesters(o.support.users);
  }

  get(account: string, id: number): Ticket | undefined {
    return this.#tickets.get(account, id);
  }

  /**
   * Makes the call's ticket if this is the moment for it. Returns whether it did. What was refused once is not tried again at
   * every step.
   */
  openAt(moment: TicketMoment, call: LiveCall): boolean {
    if (call.ticket || call.ticketRefused || (call.line.type === 'sip' && call.line.noTicketPolicy === 'none')) return false;
    const settings = this.#settings.get(call.account);
    const { omnichannel, unknownCallerTicket } = settings;
    const timing = call.line.type === 'phone' ? ticketTiming(settings) : omnichannel ? 'queue_entry' : 'call_end';
    const about = { timing, omnichannel, unknownCallerTicket, unknownCaller: isUnknownCaller(call.caller) };
    if (!makesTicket(moment, { ...about, abandonedTicket: call.line.abandonedTicket })) return false;
    call.ticketRefused = !this.#unlessRefused(call, () => this.#create(call, settings, moment));
    return !call.ticketRefused;
  }

  /** An agent answered: the ticket is theirs and open, a solved one again (inferred). */
  accepted(call: LiveCall, agentId: number): void {
    if (!call.ticket) return;
    // Removed while it rang, they answer all the same; the ticket stays nobody's.
    const isAgent = this.requesters.isAgent(call.account, agentId);
    const patch: TicketPatch = { ...(isAgent ? { assignee_id: agentId } : {}), status: 'open', ...this.#groupOf(call) };
    this.#update(call, patch, isAgent ? agentId : null);
  }

  /** The call is over and somebody, or the voicemail, was talked to: the voice comment, and the overflow tag. */
  completed(call: LiveCall, agent: { id: number; name: string } | null): void {
    if (!call.ticket) return;
    const existed = call.ticket.createdAt !== 'ended';
    const tagged = call.overflow !== null && (!existed || this.#settings.get(call.account).tagOverflowOnExisting);
    const data = voiceData(call, agent);
    const recordingUrl = data.recording_url ? this.#accounts.url(call.account) + data.recording_url : null;
    const patch: TicketPatch = {
      voice_comment: { ...data, brand_id: this.#brand(call.account), recording_url: recordingUrl },
      ...(tagged ? { additional_tags: [OVERFLOW_TAG] } : {}),
    };
    this.#update(call, patch, agent?.id ?? null);
  }

  /** The caller hung up before anybody was there. A ticket that other work is on keeps its subject. */
  abandoned(call: LiveCall): void {
    const { ticket } = call;
    if (!ticket || ticket.createdAt === 'ended') return;
    const { abandonedSubject } = this.#settings.get(call.account).templates;
    const subject = ticket.origin === 'created' ? { subject: fill(abandonedSubject, words(call, ticket.requesterName)) } : {};
    this.#update(call, { ...subject, additional_tags: [abandonedTag(call)] }, null);
  }

  #create(call: LiveCall, settings: TalkSettings, moment: TicketMoment): void {
    const { account, journey, line, caller } = call;
    const known = this.requesters.known(account, caller);
    const name = known?.name ?? callerName(caller, settings.anonymousName);
    const voicemail = moment === 'voicemail_left';
    const brand = this.#brand(account);
    const filled = words(call, name);
    const end = lineEnd(line);
    const tags = moment === 'overflow_ended' ? [OVERFLOW_TAG] : moment === 'abandoned' ? [abandonedTag(call)] : [];
    const draft: TicketDraft = {
      subject: fill(subjectAt(moment, settings), filled),
      // Private, and so is the ticket (recorded for voicemail).
      comment: { body: fill(settings.templates.description, filled), public: false },
      brand_id: brand,
      via_id: voicemail ? VIA_VOICEMAIL : VIA_INBOUND_CALL,
      via: {
        source: {
          from: { formatted_phone: caller.shown && formatPhone(caller.shown), phone: caller.shown, name },
          to: { formatted_phone: formatPhone(end), phone: end, name: line.nickname, brand_id: brand },
          rel: voicemail ? 'voicemail' : 'inbound',
        },
      },
      ...this.#groupOf(call),
      ...(settings.omnichannel && moment === 'queue_entry' ? { priority: line.priority === 1 ? 'high' : 'normal' } : {}),
      ...(tags.length > 0 ? { tags } : {}),
      journey,
    };
    // A caller whose ticket is refused becomes no user either (inferred).
    if (!known) this.#tickets.expectCreatable(account, draft, BY_TALK);
    const { id } = known ?? this.requesters.add(account, caller, { name, journey });
    const { ticket } = this.#tickets.create(account, { ...draft, requester_id: id, submitter_id: id }, { userId: id, via: 'talk' });
    call.ticket = { id: ticket.id, requesterId: id, requesterName: name, origin: 'created', createdAt: call.state };
    call.record.ticket_id = ticket.id;
    call.record.customer_id = id;
  }

  #brand(account: string): number {
    return this.#accounts.expect(account).brand.id;
  }

  #update(call: LiveCall, patch: TicketPatch, agentId: number | null): void {
    const { ticket } = call;
    if (!ticket) return;
    this.#unlessRefused(call, () => this.#tickets.update(call.account, ticket.id, patch, { userId: agentId, via: 'talk' }));
  }

  /** The line's first group that is still there. */
  #groupOf({ account, line }: LiveCall): { group_id?: number } {
    const group = line.groupIds.find((id) => this.#groups.get(account, id)?.deleted === false);
    return group === undefined ? {} : { group_id: group };
  }

  /** Returns whether it was written. @throws what is no refusal of Support's */
  #unlessRefused(call: LiveCall, write: () => void): boolean {
    try {
      write();
      return true;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { account, journey, ticket } = call;
      const label = `${ticket ? `what Talk writes to ticket ${ticket.id}` : 'the ticket of the call'} is refused: ${error.message}`;
      const data = { callId: call.id, ticketId: ticket?.id ?? null, status: error.status, body: error.body };
      this.#journal.append({ kind: 'call.ticket_refused', account, journey, from: 'talk', label, data });
      return false;
    }
  }
}

function subjectAt(moment: TicketMoment, { templates }: TalkSettings): string {
  if (moment === 'voicemail_left') return templates.voicemailSubject;
  return moment === 'abandoned' ? templates.abandonedSubject : templates.callSubject;
}

function words({ caller: { shown }, arrivedAt }: LiveCall, name: string): Words {
  return (word) => {
    switch (word) {
      case 'name':
        return name;
      case 'number':
        return shown === null ? 'Unknown' : formatPhone(shown);
      case 'time':
        return timeOfCall(arrivedAt);
      default:
        return undefined;
    }
  };
}

/** `voice_abandoned_in_voicemail` is recorded, the others are inferred. */
function abandonedTag(call: LiveCall): string {
  return `voice_${call.record.completion_status ?? 'abandoned'}`;
}
