import { describe, expect, it } from 'vitest';
import { refusal, testSupport } from '../testing/test-support.ts';

describe('organizations', () => {
  it('have unique names, whatever their case', () => {
    const { support, api } = testSupport();
    const globex = support.organizations.create('acme', { name: 'Globex', external_id: 'G1' }, api);
    expect(support.organizations.findByName('acme', 'GLOBEX')?.id).toBe(globex.id);
    for (const draft of [{ name: 'globex' }, { name: ' ' }, { name: 'Other', external_id: 'g1' }]) {
      expect(refusal(() => support.organizations.create('acme', draft, api)).status).toBe(422);
    }
    expect(support.organizations.update('acme', globex.id, { name: 'GLOBEX' }, api).name).toBe('GLOBEX');
  });

  it('are found by a domain that they have, and no longer', () => {
    const { support, api } = testSupport();
    const found = (domain: string): string | undefined => support.organizations.findByDomain('acme', domain)?.name;
    expect(found('g.example')).toBeUndefined();
    const globex = support.organizations.create('acme', { name: 'Globex', domain_names: ['G.example'] }, api);
    const later = support.organizations.create('acme', { name: 'Later', domain_names: ['g.example'] }, api);
    expect(found('G.Example')).toBe('Globex');
    support.organizations.update('acme', globex.id, { domain_names: [] }, api);
    expect(found('g.example')).toBe('Later');
    support.organizations.delete('acme', later.id, api);
    expect(found('g.example')).toBeUndefined();
  });

  it('keep typed field values', () => {
    const { support, api } = testSupport();
    support.fields.create('acme', 'organization', {
      key: 'tier',
      type: 'dropdown',
      title: 'Tier',
      custom_field_options: [{ name: 'Gold', value: 'gold' }],
    });
    const globex = support.organizations.create('acme', { name: 'Globex', organization_fields: { tier: 'gold' } }, api);
    expect(globex.organization_fields).toEqual({ tier: 'gold' });
    expect(refusal(() => support.organizations.update('acme', globex.id, { organization_fields: { tier: 'lead' } }, api)).status).toBe(422);
  });

  it('journal what changed', () => {
    const { core, support, api } = testSupport();
    const { id } = support.organizations.create('acme', { name: 'Globex' }, api);
    support.organizations.update('acme', id, { notes: 'n' }, api);
    support.organizations.update('acme', id, { notes: 'n' }, api);
    support.organizations.delete('acme', id, api);
    expect(core.journal.read({ kind: 'organization.' }).map((entry) => entry.kind)).toEqual([
      'organization.created',
      'organization.updated',
      'organization.deleted',
    ]);
  });

  it('leave their users and tickets behind', () => {
    const { support, api } = testSupport();
    const { id } = support.organizations.create('acme', { name: 'Globex' }, api);
    const hank = support.users.create('acme', { name: 'Hank', organization_id: id }, api);
    const { ticket } = support.tickets.create('acme', { comment: 'x', requester_id: hank.id }, api);
    support.organizations.delete('acme', id, api);
    expect(support.organizations.get('acme', id)).toBeUndefined();
    expect(support.users.get('acme', hank.id)?.organization_id).toBeNull();
    expect(support.tickets.get('acme', ticket.id)?.organization_id).toBeNull();
    expect(refusal(() => support.organizations.delete('acme', id, api)).status).toBe(404);
  });
});
