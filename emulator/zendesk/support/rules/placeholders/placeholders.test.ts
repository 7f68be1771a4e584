import { describe, expect, it } from 'vitest';
import { testSupport, type TestSupport } from '../../testing/test-support.ts';
import { readWorld } from '../read-world.ts';
import { render, type Rendered } from './liquid.ts';
import { placeholderScope } from './scope.ts';

function rendered({ support, accounts, ownerId }: TestSupport, id: number, template: string): Rendered {
  const ticket = support.tickets.get('acme', id);
  if (!ticket) throw new Error(`there is no ticket ${id}`);
  const facts = { world: readWorld(support.context, support.rules.readers, 'acme'), ticket, userId: ownerId };
  return render(template, placeholderScope(facts, accounts.expect('acme')));
}

describe('placeholders', () => {
  const world = testSupport();
  const { support, api, talk } = world;
  const organization = support.organizations.create('acme', { name: 'Globex', details: 'D' }, api);
  support.fields.create('acme', 'user', { key: 'tier', type: 'text', title: 'Tier' });
  const kind = support.fields.create('acme', 'ticket', { type: 'tagger', title: 'Kind', custom_field_options: [{ name: 'Pure gold', value: 'gold' }] }); // prettier-ignore
  const user = support.users.create('acme', { name: 'Ada King Lovelace', email: 'ada@globex.example', phone: '+14155550100', organization_id: organization.id, user_fields: { tier: 'vip' } }, api); // prettier-ignore
  const draft = { subject: 'Help', comment: 'first', requester_id: user.id, group_id: support.defaults('acme').group_id, status: 'hold', priority: 'urgent', tags: ['a', 'b'], custom_fields: [{ id: kind.id, value: 'gold' }] } as const; // prettier-ignore
  const { id } = support.tickets.create('acme', draft, api).ticket;
  support.tickets.update('acme', id, { comment: { body: 'second "quoted"', public: false } }, api);
  const call = support.tickets.create('acme', { via_id: 34, requester_id: user.id, comment: 'call' }, talk).ticket;

  const brand = support.brands.create('acme', { name: 'Second', subdomain: 'second' });
  support.tickets.update('acme', call.id, { brand_id: brand.id }, api);

  it('know the ticket’s own brand, and its form by name', () => {
    const template = '{{ticket.brand.name}} {{ticket.brand}} {{ticket.ticket_form}}';
    const form = support.forms.get('acme', call.ticket_form_id)?.name;
    expect(rendered(world, call.id, template).text).toBe(`Second Second ${form}`);
  });

  it.each([
    ['{{ticket.id}} {{ticket.title}} {{ticket.status}} {{ticket.priority}} {{ticket.ticket_type}}|', '1 Help On-hold Urgent |'],
    ['{{ticket.requester.name}}, {{ticket.requester.first_name}}, {{ticket.requester.last_name}}', 'Ada King Lovelace, Ada, King Lovelace'],
    ['{{ticket.requester.phone}} {{ticket.requester.custom_fields.tier}}', '+14155550100 vip'],
    ['{{ticket.organization.name}} {{ticket.requester.organization.details}}', 'Globex D'],
    ['{{ticket.group.name}} {{ticket.assignee.name}}|', 'Support |'],
    ['{{ticket.url}} {{ticket.link}}', 'acme.zendesk.com/agent/tickets/1 https://acme.zendesk.com/agent/tickets/1'],
    ['{{ticket.tags}} {{ticket.via}}', 'a b gold Web Service'],
    [`{{ticket.ticket_field_${kind.id}}} {{ticket.ticket_field_option_title_${kind.id}}}`, 'gold Pure gold'],
    ['{{ticket.description}} {{ticket.verbatim_description}}', 'first first'],
    ['{{ticket.latest_comment}}', 'second "quoted"'],
    ['{{ticket.latest_public_comment}} {{ticket.latest_comment.author.name}} {{ticket.latest_comment.is_public}}', 'first owner false'],
    ['{% for c in ticket.comments %}{{c.value}};{% endfor %}', 'second "quoted";first;'],
    ['{{ticket.public_comments_formatted}}', `${'-'.repeat(46)}\n\nowner, Jan 5, 2026, 09:00\n\nfirst`],
    ['{{ticket.created_at}} {{ticket.created_at_with_timestamp}}', 'January 5, 2026 2026-01-05T09:00:00Z'],
    ['{{current_user.email}} {{current_user.role}}', 'owner@acme.example Admin'],
    ['{{ticket.in_business_hours}} {{ticket.account}}', `true ${world.accounts.expect('acme').brand.name}`],
    ['{% if ticket.priority == "Urgent" %}now{% else %}later{% endif %} {{ticket.title | upcase}}', 'now HELP'],
    ['{{ticket.unknown.thing}}|{{nobody}}|{{ticket.constructor}}|{{ticket.__proto__}}', '|||'],
    ['no placeholders at all', 'no placeholders at all'],
  ])('%s', (template, expected) => {
    expect(rendered(world, id, template)).toEqual({ text: expected });
  });

  it('say how a call came', () => {
    expect(rendered(world, call.id, '{{ticket.via}}').text).toBe('Phone Call (Incoming)');
  });
});
