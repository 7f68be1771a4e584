import type { JourneyView } from '../../emulator/journey-view.ts';
import type { Journey } from '../actors/journey.ts';
import type { Finding } from '../observe.ts';
import { aboutJourney, journeyOf, type Patience, type Question } from './question.ts';
import { describeRequest, idsRead, phoneSearches, readsOf, type Request, requests, toldOf } from './rest-reads.ts';
import { sessionOf } from './wire-evidence.ts';

/** What the bridge shall know of the caller: flat names, organization fields prefixed `org_`. */
export type Enrichment = Readonly<Record<string, unknown>>;

/**
 * The bridge read ticket and requester (and the organization, when an `org_` value is expected) over REST, and, where it
 * can be asked, knows these values.
 */
export function toEnrich(received: unknown, expected: Enrichment = {}, options: Patience = {}): Question {
  const journey = journeyOf(received, 'toEnrich');
  const names = Object.keys(expected);
  const phrase = `be enriched${names.length > 0 ? ` with ${names.map((name) => `${name} ${JSON.stringify(expected[name])}`).join(', ')}` : ''}`;
  return aboutJourney(journey, phrase, (view) => lookForEnrichment(journey, view, expected), options);
}

async function lookForEnrichment(journey: Journey, view: JourneyView, expected: Enrichment): Promise<Finding> {
  const all = requests(journey.stage);
  const missingReads = readsMissing(
    view,
    all,
    Object.keys(expected).some((name) => name.startsWith('org_')),
  );
  const { offered, session } = await sessionOf(journey.stage, view);
  const wrong = offered ? wrongValues(expected, session?.enrichment) : [];
  const searches = phoneSearches(all).map(
    (search) => `it searched users by phone instead: ${describeRequest(search)}; that search is fuzzy`,
  );
  const problems = [...wrong, ...missingReads];
  if (problems.length > 0) return { holds: false, seen: [...problems, ...searches] };
  return {
    holds: true,
    seen: [`it read ticket ${view.ticket}, requester ${view.requester}${offered ? ', and its session has the values' : ''}`],
  };
}

function readsMissing(view: JourneyView, all: readonly Request[], organization: boolean): string[] {
  if (view.ticket === null || view.requester === null) return ['Zendesk has no ticket for this call yet'];
  const missing = [];
  if (readsOf(all, 'tickets', view.ticket).length === 0) missing.push(`it never read ticket ${view.ticket}`);
  if (readsOf(all, 'users', view.requester).length === 0) {
    missing.push(`it never read the ticket's requester (GET /api/v2/users/${view.requester})`);
  }
  return organization ? [...missing, ...organizationMissing(view.ticket, view.requester, all)] : missing;
}

/** Another caller's organization is none: it has to be the requester's, or the one that the ticket names. */
function organizationMissing(ticket: number, requester: number, all: readonly Request[]): string[] {
  const records = [toldOf(all, 'users', requester), toldOf(all, 'tickets', ticket)].filter((record) => record !== undefined);
  const wanted = [...new Set(records.flatMap((record) => record.organization_id ?? []))];
  const read = idsRead(all, 'organizations');
  const never = "it never read the requester's organization";
  // Neither record is in an answer that the journal has whole: which organization it is, nobody knows.
  if (records.length === 0) return read.length > 0 ? [] : [never];
  if (wanted.length === 0) return [`${never}: neither requester nor ticket has one in Zendesk`];
  if (wanted.some((id) => readsOf(all, 'organizations', id).length > 0)) return [];
  const others = read.length > 0 ? `; it read ${read.join(', ')}` : '';
  return [`${never} (GET /api/v2/organizations/${wanted[0]})${others}`];
}

function wrongValues(expected: Enrichment, got: Enrichment | null | undefined): string[] {
  if (Object.keys(expected).length === 0) return [];
  if (!got) return ['the bridge knows nothing of the caller'];
  return Object.entries(expected)
    .filter(([name, value]) => JSON.stringify(got[name]) !== JSON.stringify(value))
    .map(([name, value]) => `${name} is ${JSON.stringify(got[name]) ?? 'missing'}, not ${JSON.stringify(value)}`);
}
