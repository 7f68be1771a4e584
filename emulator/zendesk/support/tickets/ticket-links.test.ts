import { describe, expect, it } from 'vitest';
import { refusal, testSupport } from '../testing/test-support.ts';

const DETAILS = (property: string): object => ({
  status: 422,
  body: { error: 'RecordInvalid', details: { [property]: [{ error: 'InvalidValue' }] } },
});

describe('what a ticket names elsewhere', () => {
  it.each([
    ['group', { group_id: 999 }],
    ['organization', { organization_id: 999 }],
    ['brand_id', { brand_id: 999 }],
    ['ticket_form_id', { ticket_form_id: 999 }],
    ['problem_id', { type: 'incident', problem_id: 999 }],
    ['custom_status_id', { custom_status_id: 999 }],
    ['support_type', { support_type: 'robot' }],
  ] as const)('must be there: %s', (property, wrong) => {
    const { support, api } = testSupport();
    const { ticket } = support.tickets.create('acme', { comment: 'x' }, api);
    const patch = wrong as Parameters<typeof support.tickets.create>[1];
    expect(refusal(() => support.tickets.create('acme', { comment: 'x', ...patch }, api))).toMatchObject(DETAILS(property));
    expect(refusal(() => support.ticketImport.create('acme', { comment: 'x', ...patch }, api))).toMatchObject(DETAILS(property));
    expect(refusal(() => support.tickets.update('acme', ticket.id, patch, api))).toMatchObject(DETAILS(property));
    expect(support.tickets.count('acme')).toBe(1);
  });

  it('is an agent’s as to its support type when that is empty', () => {
    const { support, api } = testSupport();
    const draft = { comment: 'x', support_type: '' as never };
    expect(support.tickets.create('acme', draft, api).ticket.support_type).toBe('agent');
  });

  it('is the group of the requester’s organization when nobody says which, while there is one', () => {
    const { support, api, ownerId } = testSupport();
    const group = support.groups.create('acme', { name: 'Gold' }).id;
    const organization = support.organizations.create('acme', { name: 'Globex', group_id: group }, api);
    const hank = support.users.create('acme', { name: 'Hank', organization_id: organization.id }, api);
    const groupOf = (draft: object): number | null =>
      support.tickets.create('acme', { comment: 'x', requester_id: hank.id, ...draft }, api).ticket.group_id;
    const owners = support.users.get('acme', ownerId)?.default_group_id;
    expect([groupOf({}), groupOf({ group_id: owners }), groupOf({ assignee_id: ownerId })]).toEqual([group, owners, owners]);
    expect(groupOf({ organization_id: null })).toBeNull();
    expect(support.ticketImport.create('acme', { comment: 'x', requester_id: hank.id }, api).group_id).toBe(group);
    support.organizations.update('acme', organization.id, { group_id: null }, api);
    expect(groupOf({})).toBeNull();
    support.organizations.update('acme', organization.id, { group_id: group }, api);
    support.groups.delete('acme', group, api);
    expect(groupOf({})).toBeNull();
  });

  it('is a problem where it is to be one', () => {
    const { support, api } = testSupport();
    const question = support.tickets.create('acme', { comment: 'x', type: 'question' }, api).ticket;
    const draft = { comment: 'x', type: 'incident', problem_id: question.id } as const;
    expect(refusal(() => support.tickets.create('acme', draft, api))).toMatchObject(DETAILS('problem_id'));
    expect(support.tickets.get('acme', question.id)?.has_incidents).toBe(false);
  });

  it('may be gone when the ticket has it already', () => {
    const { support, api } = testSupport();
    const problem_id = support.tickets.create('acme', { comment: 'x', type: 'problem' }, api).ticket.id;
    const { ticket } = support.tickets.create('acme', { comment: 'x', type: 'incident', problem_id }, api);
    support.tickets.delete('acme', problem_id, api);
    expect(support.tickets.update('acme', ticket.id, { problem_id, subject: 's' }, api).ticket).toMatchObject({ problem_id, subject: 's' });
  });

  it('is the default one where a brand or custom status is gone, which cannot be named again', () => {
    const { support, api } = testSupport();
    const brand_id = support.brands.create('acme', { name: 'B', subdomain: 'b' }).id;
    const custom_status_id = support.statuses.create('acme', { status_category: 'pending', agent_label: 'Wait' }).id;
    const { ticket } = support.tickets.create('acme', { comment: 'x', brand_id, custom_status_id }, api);
    support.brands.delete('acme', brand_id);
    support.statuses.delete('acme', custom_status_id);
    const left = support.tickets.get('acme', ticket.id);
    expect(left).toMatchObject({ status: 'pending', brand_id: support.context.accounts.expect('acme').brand.id });
    expect(left?.custom_status_id).not.toBe(custom_status_id);
    for (const gone of [{ brand_id }, { custom_status_id }]) {
      expect(() => support.tickets.update('acme', ticket.id, gone, api)).toThrow(expect.objectContaining({ status: 422 }));
    }
  });

  it('is no problem of anything but an incident', () => {
    const { support, api } = testSupport();
    const problem = support.tickets.create('acme', { comment: 'x', type: 'problem' }, api).ticket;
    const { ticket } = support.tickets.create('acme', { comment: 'x', type: 'question', problem_id: problem.id }, api);
    expect([ticket.problem_id, support.tickets.get('acme', problem.id)?.has_incidents]).toEqual([null, false]);
  });
});

describe('a problem', () => {
  it('has incidents as long as there are some', () => {
    const { support, api } = testSupport();
    const make = (rest: object): number => support.tickets.create('acme', { comment: 'x', ...rest }, api).ticket.id;
    const [one, two] = [make({ type: 'problem' }), make({ type: 'problem' })];
    const has = (): unknown[] => [one, two].map((id) => support.tickets.get('acme', id)?.has_incidents);
    const id = make({ type: 'incident', problem_id: one });
    expect(has()).toEqual([true, false]);
    support.tickets.update('acme', id, { problem_id: two }, api);
    expect(has()).toEqual([false, true]);
    support.tickets.delete('acme', id, api);
    expect(has()).toEqual([false, false]);
    support.ticketBin.restore('acme', id, api);
    expect(has()).toEqual([false, true]);
    support.tickets.update('acme', two, { type: 'question' }, api);
    expect(has()).toEqual([false, false]);
    support.tickets.update('acme', two, { type: 'problem' }, api);
    expect(has()).toEqual([false, true]);
    support.tickets.update('acme', id, { type: 'question' }, api);
    expect([support.tickets.get('acme', id)?.problem_id, ...has()]).toEqual([null, false, false]);
  });
});

describe('a custom status', () => {
  it('decides the status, whatever is named with it', () => {
    const { support, api, ownerId } = testSupport();
    const id = support.statuses.create('acme', { status_category: 'hold', agent_label: 'Parts' }).id;
    const both = { status: 'pending', custom_status_id: id } as const;
    const { ticket } = support.tickets.create('acme', { comment: 'x', assignee_id: ownerId, ...both }, api);
    expect(ticket).toMatchObject({ status: 'hold', custom_status_id: id });
    const open = support.tickets.update('acme', ticket.id, { status: 'open' }, api).ticket;
    expect([open.status, open.custom_status_id === id]).toEqual(['open', false]);
    expect(support.tickets.update('acme', ticket.id, both, api).ticket).toMatchObject({ status: 'hold', custom_status_id: id });
  });

  it('of solved tickets does for closed ones', () => {
    const { support, api, ownerId } = testSupport();
    const solved = support.defaults('acme').custom_status_ids.solved;
    const { ticket } = support.tickets.create('acme', { comment: 'x', assignee_id: ownerId }, api);
    expect(support.tickets.update('acme', ticket.id, { status: 'closed', custom_status_id: solved }, api).ticket.status).toBe('closed');
  });
});

describe('a comment', () => {
  it('makes a ticket public when any one is', () => {
    const { support, api } = testSupport();
    const comment = { body: 'note', public: false };
    expect(support.tickets.create('acme', { comment, voice_comment: { from: '+14155550100', public: true } }, api).ticket.is_public).toBe(
      true,
    );
    expect(support.tickets.create('acme', { comment }, api).ticket.is_public).toBe(false);
  });

  it('has its body when the HTML is empty, and its author when none is named', () => {
    const { support, api, ownerId } = testSupport();
    const comment = { body: 'said', html_body: '', author_id: null } as never;
    const { ticket } = support.tickets.create('acme', { comment }, api);
    support.tickets.update('acme', ticket.id, { comment }, api);
    const imported = support.ticketImport.create('acme', { comments: [comment] }, api);
    const said = [...support.tickets.comments('acme', ticket.id), ...support.tickets.comments('acme', imported.id)];
    expect(said.map(({ body, author_id }) => [body, author_id])).toEqual(Array.from({ length: 3 }, () => ['said', ownerId]));
  });
});
