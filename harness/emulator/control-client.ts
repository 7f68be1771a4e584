import type { AgentAnswers, AgentDraft, AgentPresence, AgentView, CallDraft, FaultDraft, FaultView, SettingsPatch } from './drafts.ts';
import { ControlError } from './control-error.ts';
import type { JournalEntry } from './journal-entry.ts';
import type { JourneyView } from './journey-view.ts';
import type { UpJson } from './up-json.ts';

type Query = Readonly<Record<string, string | number | undefined>>;

/**
 * The control plane of one account (docs/control-api.md), one method a route. Every method throws a ControlError that
 * says what was refused and why.
 */
export class ControlClient {
  /** Base of all routes, without a slash at the end. */
  readonly url: string;
  /** Subdomain of the account that all requests are about. */
  readonly account: string;

  constructor(url: string, account: string) {
    this.url = url.replace(/\/$/, '');
    this.account = account;
  }

  static of(up: UpJson): ControlClient {
    return new ControlClient(up.controlUrl, up.account.subdomain);
  }

  dial(call: CallDraft): Promise<{ journey: string }> {
    return this.#send('POST', '/calls', { account: this.account, ...call });
  }

  journey(id: string): Promise<JourneyView> {
    return this.#send('GET', `/journeys/${encodeURIComponent(id)}`);
  }

  async journeys(state?: 'live' | 'finished'): Promise<readonly JourneyView[]> {
    const { journeys } = await this.#send<{ journeys: JourneyView[] }>('GET', path('/journeys', { account: this.account, state }));
    return journeys;
  }

  press(journey: string, digits: string): Promise<void> {
    return this.#send('POST', `/journeys/${encodeURIComponent(journey)}/digits`, { digits });
  }

  hangUp(journey: string, party: 'caller' | 'agent' = 'caller'): Promise<JourneyView> {
    return this.#send('POST', `/journeys/${encodeURIComponent(journey)}/hangup`, { party });
  }

  async agents(): Promise<readonly AgentView[]> {
    const { agents } = await this.#send<{ agents: AgentView[] }>('GET', path('/agents', { account: this.account }));
    return agents;
  }

  agent(id: number): Promise<AgentView> {
    return this.#send('GET', `/agents/${id}`);
  }

  addAgent(agent: AgentDraft): Promise<AgentView> {
    return this.#send('POST', '/agents', { account: this.account, ...agent });
  }

  updateAgent(id: number, patch: { answers?: AgentAnswers; answerAfterMs?: number }): Promise<AgentView> {
    return this.#send('PUT', `/agents/${id}`, patch);
  }

  setPresence(id: number, presence: AgentPresence): Promise<AgentView> {
    return this.#send('PUT', `/agents/${id}/presence`, { presence });
  }

  tellAgent(id: number, what: 'answer' | 'decline' | 'hangup'): Promise<AgentView> {
    return this.#send('POST', `/agents/${id}/${what}`, {});
  }

  addFault(fault: FaultDraft): Promise<FaultView> {
    return this.#send('POST', '/faults', { account: this.account, ...fault });
  }

  removeFault(id: string): Promise<void> {
    return this.#send('DELETE', `/faults/${encodeURIComponent(id)}`);
  }

  releaseFault(id: string): Promise<void> {
    return this.#send('POST', `/faults/${encodeURIComponent(id)}/release`, {});
  }

  settings(): Promise<SettingsPatch> {
    return this.#send('GET', this.#own('settings'));
  }

  changeSettings(patch: SettingsPatch): Promise<SettingsPatch> {
    return this.#send('PUT', this.#own('settings'), patch);
  }

  reset(): Promise<void> {
    return this.#send('POST', this.#own('reset'), {});
  }

  snapshot(name: string): Promise<void> {
    return this.#send('POST', this.#own('snapshot'), { name });
  }

  /** @throws ControlError `live_calls` (409) while the account has live calls. */
  restore(name: string): Promise<void> {
    return this.#send('POST', this.#own('restore'), { name });
  }

  advance(milliseconds: number): Promise<void> {
    return this.#send('POST', this.#own('clock/advance'), { ms: milliseconds });
  }

  /** Entries of every account after `since`, the oldest first; `last` is the greatest sequence number so far. */
  journal(
    query: { since?: number; journey?: string; kind?: string; limit?: number } = {},
  ): Promise<{ entries: JournalEntry[]; last: number }> {
    return this.#send('GET', path('/journal', query));
  }

  note(label: string, journey?: string, data?: unknown): Promise<JournalEntry> {
    return this.#send('POST', '/journal', {
      account: this.account,
      label,
      ...(journey ? { journey } : {}),
      ...(data === undefined ? {} : { data }),
    });
  }

  /** Any other route; `route` starts with a slash. */
  send<T>(method: string, route: string, body?: unknown): Promise<T> {
    return this.#send(method, route, body);
  }

  #own(part: string): string {
    return `/accounts/${encodeURIComponent(this.account)}/${part}`;
  }

  async #send<T>(method: string, route: string, body?: unknown): Promise<T> {
    const request = `${method} ${this.url}${route}`;
    const response = await fetch(`${this.url}${route}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    }).catch((cause: unknown) => {
      throw new ControlError({
        request,
        status: 0,
        code: 'unreachable',
        message: 'the emulator does not answer; it has ended or was stopped',
        cause,
      });
    });
    const text = await response.text();
    if (!response.ok) throw refusal(request, response.status, text);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}

function path(route: string, query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? route : `${route}?${new URLSearchParams(given).toString()}`;
}

function refusal(request: string, status: number, text: string): ControlError {
  try {
    const { error, message, hint } = JSON.parse(text) as { error?: string; message?: string; hint?: string };
    return new ControlError({ request, status, code: error ?? 'unknown', message: message ?? text, ...(hint ? { hint } : {}) });
  } catch {
    return new ControlError({ request, status, code: 'unknown', message: `status ${status}: ${text.slice(0, 200)}` });
  }
}
