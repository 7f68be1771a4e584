import { expect, it } from 'vitest';
import { testEmulator } from '../../emulator/control/test-emulator.ts';
import type { TestServer } from '../../emulator/zendesk/support/testing/test-server.ts';
import { connect } from './connect.ts';

type Resource = Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;
type Resources = Readonly<Record<string, Resource>>;

/** No two methods of the client take the same things: each is called with all of these. */
const ARGUMENTS = [
  [1, 1, 1],
  [[1], {}],
  ['x', {}, {}],
  [{}, {}],
  [1, {}, {}],
  ['en-us', 1, {}],
];

/** Where the parts of the client have their addresses. (Those of its `services` lie outside the API.) */
const PARTS = { '': '', helpcenter: '/help_center', voice: '/channels/voice' };

/** Never end, do not wait for their answer, or take streams. The tests beside this one use those that can be used. */
const LEFT_OUT = [
  'jobstatuses.watch', 'views.delete', 'triggers.bulkDelete', 'satisfactionratings.incremental', 'attachments.upload',
  'helpcenter.articleattachments.create', 'helpcenter.articleattachments.createUnassociated',
]; // prettier-ignore

/** Described by the vendor, and answered with 501 (docs/coverage.md). */
const NOT_EMULATED = {
  brand: 'checkHostMapping checkHostMappingForExistingBrand',
  dynamiccontent: 'listItems listAllItems showItem showManyItems createItem updateItem deleteItem',
  dynamiccontentvariants: 'list show create update delete createMany updateMany',
  permissiongroups: 'create update delete',
  policies: 'create update delete reorder',
  sessions: 'list getByUserId getByUserIdBySessionId getMyAuthenticatedSession deleteByUserIdBySessionId bulkDeleteByUserId logMeOut',
  sharingagreement: 'create update delete',
  targets: 'list show create update delete',
  'helpcenter.usersegments': 'listSections listTopics',
  'voice.currentqueueactivity': 'show',
  'voice.greetingcategories': 'list show',
  'voice.greetings': 'list show create update delete',
  'voice.historicalqueueactivity': 'show',
  'voice.phonenumbers': 'search list create update show delete',
};

/** Addresses or methods that are in no description: of products of their own, long gone, or slips of the client. */
const UNDESCRIBED = {
  activitystream: 'list',
  attachments: 'redactAttachmentComment',
  installations: 'list show create update delete',
  locales: 'detectBestLocale',
  search: 'queryAnonymous queryAnonymousAll',
  sideconversations: 'create reply update list show attachments',
  suspendedtickets: 'attachments',
  tags: 'create update delete',
  ticketexport: 'sample',
  tickets: 'export exportSample',
  views: 'showExecutionStatus showRecentTicketIDs',
  agentactivity: 'show',
  availabilities: 'update show',
  'helpcenter.accesspolicies': 'show update',
  'helpcenter.search': 'searchQuestions',
  'helpcenter.votes': 'createUpVoteForQuestion createDownVoteForQuestion createUpVoteForAnswer createDownVoteForAnswer',
};

it('node-zendesk finds an answer for each method of all its resources', { timeout: 60_000 }, async () => {
  await using world = await testEmulator();
  const account = { subdomain: 'every', email: 'owner@acme.example', apiToken: 'test-api-token', settings: { rateLimits: false } };
  const { body } = await world.send<{ account: { url: string } }>('POST', '/accounts', account);
  const broken: string[] = [];
  let ends = new Set<string>();
  const transportFn = async (uri: string, init: RequestInit): Promise<Response> => {
    const response = await fetch(uri, init);
    const text = await response.clone().text();
    if (response.status === 500) broken.push(`${init.method} ${uri}: ${text}`);
    ends.add(text.includes('"InvalidEndpoint"') ? 'undescribed' : response.status === 501 ? 'not emulated' : 'answered');
    return response;
  };
  const more = { transportConfig: { transportFn, responseAdapter: (response: Response) => response } };
  const found: Record<string, Record<string, string>> = { answered: {}, 'not emulated': {}, undescribed: {}, 'asks for nothing': {} };
  for (const [part, path] of Object.entries(PARTS)) {
    const client: object = connect({ url: `${body.account.url}/api/v2` } as TestServer, { path, more });
    const resources = (part === '' ? client : (client as Record<string, unknown>)[part]) as Resources;
    for (const [name, resource] of namesOf(resources).map((each) => [each, resources[each] ?? {}] as const)) {
      const full = part === '' ? name : `${part}.${name}`;
      for (const method of namesOf(resource).filter((each) => !LEFT_OUT.includes(`${full}.${each}`))) {
        ends = new Set();
        for (const args of ARGUMENTS) await called(resource, method, args);
        // The best of them counts: most arguments are wrong for most methods.
        const end = Object.keys(found).find((one) => ends.has(one)) ?? 'asks for nothing';
        const group = (found[end] ??= {});
        group[full] = group[full] === undefined ? method : `${group[full]} ${method}`;
      }
    }
  }
  expect(broken).toEqual([]);
  const { answered, ...others } = found;
  expect(others).toEqual({ 'not emulated': NOT_EMULATED, undescribed: UNDESCRIBED, 'asks for nothing': {} });
  expect(Object.keys(answered ?? {}).length).toBeGreaterThan(45);
});

/** The names of a client's resources, or of a resource's methods: those of its class. */
function namesOf(object: object): string[] {
  const names = Object.getOwnPropertyNames(Object.getPrototypeOf(object));
  return names.filter((name) => !['constructor', '_instantiate', '_debug', 'client'].includes(name));
}

async function called(resource: Resource, method: string, args: readonly unknown[]): Promise<void> {
  try {
    await resource[method]?.(...args);
  } catch {
    // What the client makes of an error is not what is looked at here.
  }
}
