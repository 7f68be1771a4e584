import { describe, expect, test } from 'vitest';
import type { JournalEntry } from '../../emulator/journal-entry.ts';
import { aRead } from '../test-control.ts';
import { complaint, forwarded, worldWith } from './test-journeys.ts';

describe('toEnrich', () => {
  test('needs the reads and, where it can be asked, the values', async () => {
    await using world = await worldWith(forwarded(), { readsSessions: true });
    world.sessions = [{ id: 's', callId: 'call-1', ticketId: 35, enrichment: { name: 'Ada', org_plan: 'gold' } }];
    await world.append(aRead('/api/v2/tickets/35'), aRead('/api/v2/users/7.json'));
    expect(await complaint(expect(world.journey).toEnrich({ name: 'Ada', org_plan: 'gold' }))).toContain(
      "it never read the requester's organization",
    );
    await world.append(aRead('/api/v2/organizations/9.json'));
    await expect(world.journey).toEnrich({ name: 'Ada', org_plan: 'gold' });
    expect(await complaint(expect(world.journey).toEnrich({ name: 'Ada L.', tier: 1 }))).toMatch(
      /name is "Ada", not "Ada L\."[^]*tier is missing, not 1/,
    );
  });

  test('side-loads, searches and lists are reads too', async () => {
    await using world = await worldWith(forwarded());
    const ada = { id: 7, organization_id: 9 };
    const aTicket = { ticket: { id: 35, organization_id: 9 }, users: [{ id: 2 }, ada], organizations: [{ id: 9 }] };
    await world.append(aRead('/api/v2/tickets/35.json', 'include=users,organizations', aTicket));
    await expect(world.journey).toCorrelate();
    await expect(world.journey).toEnrich({ org_plan: 'gold' });
    for (const [path, query, body] of [
      ['/api/v2/users/search.json', 'external_id=12345678', { users: [ada] }],
      ['/api/v2/search.json', 'query=type:user%20requester:12345678', { results: [{ ...ada, result_type: 'user' }] }],
      ['/api/v2/users.json', '', { users: [{ id: 2 }, ada] }],
    ] as const) {
      await using other = await worldWith(forwarded());
      await other.append(aRead('/api/v2/tickets/35'), aRead(path, query, body));
      await expect(other.journey).toEnrich();
      await other.append(aRead('/api/v2/users/7/organizations.json', '', { organizations: [{ id: 8 }, { id: 9 }] }));
      await expect(other.journey).toEnrich({ org_plan: 'gold' });
    }
  });

  test('a record that did not change since the bridge read it counts as read; another answer does not', async () => {
    await using world = await worldWith(forwarded());
    const answered = (status: number): JournalEntry[] =>
      ['tickets/35', 'users/7.json', 'organizations/9'].map((record) => {
        const read = aRead(`/api/v2/${record}`);
        return { ...read, data: { ...read.data, status } };
      });
    await world.append(...answered(301), ...answered(404));
    expect(await complaint(expect(world.journey).toEnrich())).toContain('it never read ticket 35');
    await world.append(...answered(304));
    await expect(world.journey).toEnrich({ org_plan: 'gold' });
    await expect(world.journey).toCorrelate();
  });

  test('several hits, a search by phone, and a list of tickets tell nothing of this call', async () => {
    await using world = await worldWith(forwarded());
    await world.append(
      aRead('/api/v2/tickets.json', 'include=users', { tickets: [{ id: 34 }, { id: 35 }] }),
      aRead('/api/v2/users/search.json', 'query=Ada', { users: [{ id: 6 }, { id: 7 }] }),
      aRead('/api/v2/users/search.json', 'query=phone%3A*5550100', { users: [{ id: 7 }] }),
    );
    const message = await complaint(expect(world.journey).toEnrich());
    expect(message).toContain('it never read ticket 35');
    expect(message).toContain("it never read the ticket's requester");
    expect(message).toContain('it searched users by phone instead: GET /api/v2/users/search.json?query=phone:*5550100 (200)');
    expect(await complaint(expect(world.journey).toCorrelate())).toContain('it never read ticket 35');
  });

  test("another caller's organization is not the requester's", async () => {
    await using world = await worldWith(forwarded());
    await world.append(
      aRead('/api/v2/tickets/35', '', { ticket: { id: 35, organization_id: null } }),
      aRead('/api/v2/users/7', '', { user: { id: 7, organization_id: 9 } }),
      aRead('/api/v2/organizations/10.json', '', { organization: { id: 10 } }),
    );
    expect(await complaint(expect(world.journey).toEnrich({ org_plan: 'gold' }))).toContain(
      "it never read the requester's organization (GET /api/v2/organizations/9); it read 10",
    );
    await world.append(aRead('/api/v2/organizations/9'));
    await expect(world.journey).toEnrich({ org_plan: 'gold' });
  });

  test('names the fuzzy search', async () => {
    await using world = await worldWith(forwarded());
    await world.append(aRead('/api/v2/tickets/35'), aRead('/api/v2/users/search.json', 'query=phone%3A%2B14155550100'));
    const message = await complaint(expect(world.journey).toEnrich());
    expect(message).toContain("it never read the ticket's requester (GET /api/v2/users/7)");
    expect(message).toContain('it searched users by phone instead: GET /api/v2/users/search.json?query=phone:+14155550100 (200)');
    await world.append(aRead('/api/v2/users/search.json', 'query=14155550100%'));
    expect(await complaint(expect(world.journey).toEnrich())).toContain('GET /api/v2/users/search.json?query=14155550100% (200)');
  });
});
