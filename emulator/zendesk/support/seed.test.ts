import { describe, expect, it } from 'vitest';
import { testSupport } from './testing/test-support.ts';

const SEED = {
  organization_fields: [{ key: 'tier', type: 'text', title: 'Tier' }],
  user_fields: [{ key: 'plan' }],
  organizations: [{ name: 'Globex', organization_fields: { tier: 'gold' } }],
  users: [
    { name: 'Hank', email: 'hank@globex.example', phone: '+14155550100', organization: 'Globex', user_fields: { plan: 'pro' } },
    { name: 'Olga Owner', email: 'owner@acme.example' },
    { name: 'Lee', email: 'lee@acme.example', role: 'agent' as const },
  ],
  groups: [{ name: 'Voice', agents: ['lee@acme.example', 'later@acme.example'] }],
  agents: [{ name: 'Mia', email: 'mia@acme.example', groups: ['Voice', 'Second line'] }, { name: 'No mail' }],
  tickets: [{ subject: 'Old', comment: 'x', requester: 'hank@globex.example' }],
};

describe('seeding', () => {
  it('lays down fields, organizations, people, groups and tickets', () => {
    const { support, ownerId } = testSupport();
    support.seed('acme', SEED);
    const hank = support.users.findByEmail('acme', 'hank@globex.example');
    const globex = support.organizations.findByName('acme', 'Globex');
    expect(hank).toMatchObject({ organization_id: globex?.id, user_fields: { plan: 'pro' }, verified: false });
    expect(globex?.organization_fields).toEqual({ tier: 'gold' });
    expect(support.users.get('acme', ownerId)).toMatchObject({ name: 'Olga Owner', role: 'admin', verified: true });
    expect(support.users.findByEmail('acme', 'lee@acme.example')).toMatchObject({ role: 'agent', verified: true });
    expect(support.tickets.get('acme', 1)).toMatchObject({ subject: 'Old', requester_id: hank?.id });
    const voice = support.groups.findByName('acme', 'voice');
    expect(support.groups.members('acme', voice?.id ?? 0).map((user) => user.name)).toEqual(['Lee', 'Mia']);
    const mia = support.users.findByEmail('acme', 'mia@acme.example');
    expect(support.groups.of('acme', mia?.id ?? 0).map((group) => group.name)).toEqual(['Voice', 'Second line']);
    expect(mia?.default_group_id).toBe(voice?.id);
  });

  it('completes what is there when laid down twice', () => {
    const { support } = testSupport();
    support.seed('acme', { ...SEED, tickets: [] });
    const users = support.users.count('acme');
    support.seed('acme', { ...SEED, tickets: [] });
    expect(support.users.count('acme')).toBe(users);
    expect(support.organizations.count('acme')).toBe(1);
    expect(support.fields.list('acme', 'user')).toHaveLength(1);
  });

  it('lays down all or nothing, and says what is wrong', () => {
    const { support } = testSupport();
    const bad = { organizations: [{ name: 'Globex' }], users: [{ name: 'Hank', organization: 'Glowbex' }] };
    expect(() => support.seed('acme', bad)).toThrow(
      'user "Hank" belongs to organization "Glowbex", which the seed’s organizations do not list'.replace('’', "'"),
    );
    expect(support.organizations.count('acme')).toBe(0);
  });

  it('survives snapshot and restore', () => {
    const { core, support, api } = testSupport();
    support.seed('acme', SEED);
    const snapshot = core.store.snapshot('acme', 'seeded');
    support.tickets.create('acme', { comment: 'x', requester: 'new@x.example' }, api);
    core.store.restore(snapshot);
    expect(support.tickets.count('acme')).toBe(1);
    expect(support.users.findByEmail('acme', 'new@x.example')).toBeUndefined();
    expect(support.users.findByDirectPhone('acme', '+14155550100')?.name).toBe('Hank');
  });
});
