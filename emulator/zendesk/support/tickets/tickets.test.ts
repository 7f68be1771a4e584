import { describe, expect, it } from 'vitest';
import type { Comment, TicketEventData } from '../entities.ts';
import { refusal, testSupport } from '../testing/test-support.ts';

describe('creating a ticket', () => {
  it('takes whoever is authenticated as requester and submitter', () => {
    const { support, api, ownerId } = testSupport();
    const { ticket } = support.tickets.create('acme', { comment: { body: 'Hello' } }, api);
    expect(ticket).toMatchObject({
      id: 1,
      subject: null,
      description: 'Hello',
      status: 'new',
      requester_id: ownerId,
      submitter_id: ownerId,
      assignee_id: null,
      is_public: true,
      created_at: '2026-01-05T09:00:00Z',
      updated_at: '2026-01-05T09:00:00Z',
      tags: [],
      comment_count: 1,
    });
    expect(ticket.custom_status_id).toBe(support.defaults('acme').custom_status_ids.new);
  });

  it('numbers tickets in sequence and never reuses a number', () => {
    const { support, api } = testSupport();
    const make = (): number => support.tickets.create('acme', { comment: 'x' }, api).ticket.id;
    expect([make(), make()]).toEqual([1, 2]);
    support.tickets.delete('acme', 2, api);
    expect(make()).toBe(3);
  });

  it('writes the audit in the recorded order, values as strings', () => {
    const { support, api, ownerId } = testSupport();
    const { ticket, audit } = support.tickets.create('acme', { subject: 'S', comment: { body: 'C' }, tags: ['b', 'a'] }, api);
    expect(audit.events.map((event) => ('field_name' in event ? event.field_name : event.type))).toEqual([
      'Comment',
      'subject',
      'requester_id',
      'priority',
      'type',
      'status',
      'organization_id',
      'brand_id',
      'ticket_form_id',
      'custom_status_id',
      'tags',
    ]);
    expect(audit.events).toContainEqual(expect.objectContaining({ field_name: 'requester_id', value: String(ownerId), type: 'Create' }));
    expect(audit.events).toContainEqual(expect.objectContaining({ field_name: 'priority', value: null }));
    expect(audit.events).toContainEqual(expect.objectContaining({ field_name: 'tags', value: ['a', 'b'] }));
    expect(support.tickets.audits('acme', ticket.id)).toEqual([audit]);
  });

  it.each([
    ['nothing', {}],
    ['an empty comment', { comment: { body: '  ' } }],
    ['an empty text', { comment: '' }],
  ])('refuses %s', (_what, draft) => {
    const { support, api } = testSupport();
    expect(refusal(() => support.tickets.create('acme', draft, api))).toEqual({
      status: 422,
      body: {
        error: 'RecordInvalid',
        description: 'Record validation errors',
        details: {
          base: [
            {
              description: 'Description: cannot be blank',
              error: 'BlankValue',
              ticket_field_id: support.fields.list('acme', 'ticket').find(({ type }) => type === 'description')?.id,
              ticket_field_type: 'FieldDescription',
            },
          ],
        },
      },
    });
    expect(support.tickets.count('acme')).toBe(0);
  });

  it('takes the older description', () => {
    const { support, api } = testSupport();
    expect(support.tickets.create('acme', { description: 'Old' }, api).ticket.description).toBe('Old');
  });

  it('lets requester_id win over requester', () => {
    const { support, api, ownerId } = testSupport();
    const draft = { comment: 'x', requester_id: ownerId, requester: { name: 'Bob', email: 'bob@x.example' } };
    expect(support.tickets.create('acme', draft, api).ticket.requester_id).toBe(ownerId);
    expect(support.users.findByEmail('acme', 'bob@x.example')).toBeUndefined();
  });

  it('takes an id for a requester, as a text too', () => {
    const { support, api, ownerId } = testSupport();
    for (const requester of [ownerId, String(ownerId)])
      expect(support.tickets.create('acme', { comment: 'x', requester }, api).ticket.requester_id).toBe(ownerId);
  });

  it('makes an end user of an unknown e-mail, once', () => {
    const { support, api } = testSupport();
    const first = support.tickets.create('acme', { comment: 'x', requester: { name: 'Bob', email: 'Bob@x.example' } }, api).ticket;
    const second = support.tickets.create('acme', { comment: 'x', requester: 'bob@x.example' }, api).ticket;
    expect(second.requester_id).toBe(first.requester_id);
    expect(support.users.get('acme', first.requester_id)).toMatchObject({
      name: 'Bob',
      email: 'bob@x.example',
      role: 'end-user',
      verified: false,
    });
  });

  it('takes the requester’s organization', () => {
    const { support, api } = testSupport();
    const organization = support.organizations.create('acme', { name: 'Globex', domain_names: ['globex.example'] }, api);
    const { ticket } = support.tickets.create('acme', { comment: 'x', requester: 'hank@globex.example' }, api);
    expect(ticket.organization_id).toBe(organization.id);
  });

  it('opens an assigned ticket and takes the assignee’s group', () => {
    const { support, api, ownerId } = testSupport();
    const { ticket } = support.tickets.create('acme', { comment: 'x', assignee_email: 'owner@acme.example' }, api);
    expect(ticket).toMatchObject({ status: 'open', assignee_id: ownerId, group_id: support.groups.default('acme').id });
  });

  it('refuses unknown requesters, assignees and enum values', () => {
    const { support, api } = testSupport();
    const bob = support.users.create('acme', { name: 'Bob' }, api);
    for (const draft of [
      { requester_id: 99 },
      { assignee_id: bob.id },
      { status: 'gone' as never },
      { priority: 'top' as never },
      { type: 'x' as never },
    ]) {
      expect(refusal(() => support.tickets.create('acme', { comment: 'x', ...draft }, api)).status).toBe(422);
    }
    expect(support.tickets.count('acme')).toBe(0);
  });

  it('needs an assignee to be solved', () => {
    const { support, api } = testSupport();
    const assigneeField = support.fields.list('acme', 'ticket').find((field) => field.type === 'assignee');
    expect(refusal(() => support.tickets.create('acme', { comment: 'x', status: 'solved' }, api)).body).toMatchObject({
      details: {
        base: [
          {
            description: 'Assignee: is required when solving a ticket',
            error: null,
            ticket_field_id: assigneeField?.id,
            ticket_field_type: 'FieldAssignee',
          },
        ],
      },
    });
  });

  it('journals ticket and comment with one sequence, in the journey of the draft', () => {
    const { core, support, talk } = testSupport();
    const journey = core.journeys.open('acme', 'dialled');
    const { ticket, audit } = support.tickets.create(
      'acme',
      { comment: { body: 'x', public: false }, requester: { name: 'Caller', phone: '+14155550100' }, journey: journey.id },
      talk,
    );
    const entries = core.journal.read({ journey: journey.id });
    expect(entries.map((entry) => entry.kind)).toEqual(['user.created', 'user.identity_created', 'ticket.created', 'comment.added']);
    const [, , created, added] = entries.map((entry) => entry.data as TicketEventData);
    expect(created).toMatchObject({ ticket: { id: ticket.id }, comment: { body: 'x' }, actorId: null });
    expect(added?.sequence).toBe(created?.sequence);
    expect(Buffer.from(created?.sequence ?? '', 'hex').toString()).toBe(String(audit.id));
    for (const key of [`ticket:${ticket.id}`, `user:${ticket.requester_id}`]) expect(core.journeys.find('acme', key)).toBe(journey.id);
  });

  it('leaves nothing behind when a listener refuses', () => {
    const { core, support, api } = testSupport();
    core.journal.within((entry) => {
      if (entry.kind === 'comment.added') throw new Error('outbox full');
    });
    expect(() => support.tickets.create('acme', { comment: 'x', requester: 'bob@x.example' }, api)).toThrow('outbox full');
    expect(support.tickets.count('acme')).toBe(0);
    expect(support.users.findByEmail('acme', 'bob@x.example')).toBeUndefined();
    expect(core.journal.read({ kind: 'ticket.' })).toEqual([]);
  });
});

describe('people on a ticket', () => {
  it('takes CCs in all spellings and followers who are agents', () => {
    const { support, api, ownerId } = testSupport();
    const { ticket } = support.tickets.create(
      'acme',
      {
        comment: 'x',
        collaborators: ['a@x.example', { name: 'B', email: 'b@x.example' }, ownerId],
        email_ccs: [{ user_email: 'c@x.example', user_name: 'C' }],
        followers: [{ user_id: ownerId }, { user_email: 'a@x.example' }],
      },
      api,
    );
    const names = ticket.email_cc_ids.map((id) => support.users.get('acme', id)?.name);
    // An agent who collaborates follows.
    expect(names).toEqual(['a', 'B', 'C']);
    expect(ticket.follower_ids).toEqual([ownerId]);
    const [first] = ticket.email_cc_ids;
    const after = support.tickets.update('acme', ticket.id, { email_ccs: [{ user_id: first ?? 0, action: 'delete' }] }, api);
    expect(after.ticket.email_cc_ids).toEqual(ticket.email_cc_ids.slice(1));
    const [created, changed] = support.tickets.audits('acme', ticket.id).map(({ events }) => events.slice(-2));
    expect(created).toMatchObject([
      { type: 'FollowersChange', previous_followers: [], current_followers: ['owner@acme.example'] },
      { type: 'EmailCcChange', previous_email_ccs: [], current_email_ccs: ['a@x.example', 'b@x.example', 'c@x.example'] },
    ]);
    expect(changed).toMatchObject([{ type: 'EmailCcChange', current_email_ccs: ['b@x.example', 'c@x.example'] }]);
  });

  it('makes nobody up in order to follow', () => {
    const { support, api } = testSupport();
    const before = support.users.count('acme');
    const { ticket } = support.tickets.create('acme', { comment: 'x', followers: [{ user_email: 'new@x.example' }] }, api);
    expect([ticket.follower_ids, support.users.count('acme')]).toEqual([[], before]);
  });
});

describe('problems and follow-ups', () => {
  it('solves the incidents of a solved problem', () => {
    const { support, api, ownerId } = testSupport();
    const problem = support.tickets.create('acme', { comment: 'p', type: 'problem', assignee_id: ownerId }, api).ticket;
    const incident = support.tickets.create(
      'acme',
      { comment: 'i', type: 'incident', problem_id: problem.id, assignee_id: ownerId },
      api,
    ).ticket;
    expect(support.tickets.get('acme', problem.id)?.has_incidents).toBe(true);
    support.tickets.update('acme', problem.id, { status: 'solved' }, api);
    expect(support.tickets.get('acme', incident.id)?.status).toBe('solved');
    expect(support.tickets.audits('acme', incident.id).at(-1)?.via.via_id).toBe(8);
  });

  it('follows up closed tickets only', () => {
    const { support, api } = testSupport();
    const { ticket } = support.tickets.create('acme', { comment: 'x', subject: 'Old', tags: ['vip'] }, api);
    const draft = { comment: 'y', via_followup_source_id: ticket.id };
    const other = support.tickets.create('acme', draft, api).ticket;
    expect([other.via.source.rel, other.tags]).toEqual([null, []]);
    support.tickets.update('acme', ticket.id, { status: 'closed' }, api);
    const next = support.tickets.create('acme', draft, api).ticket;
    expect(next.via.source).toEqual({ from: { ticket_id: ticket.id, subject: 'Old' }, to: {}, rel: 'follow_up' });
    expect(support.tickets.get('acme', ticket.id)?.followup_ids).toEqual([next.id]);
    expect(next.tags).toEqual(['vip']);
    expect(support.tickets.create('acme', { ...draft, tags: ['own'] }, api).ticket.tags).toEqual(['own']);
  });
});

describe('custom fields', () => {
  it('keeps typed values and couples tags', () => {
    const { support, api } = testSupport();
    const tier = support.fields.create('acme', 'ticket', {
      type: 'tagger',
      title: 'Tier',
      custom_field_options: [
        { name: 'Gold', value: 'tier_gold' },
        { name: 'Iron', value: 'tier_iron' },
      ],
    });
    const seats = support.fields.create('acme', 'ticket', { type: 'integer', title: 'Seats' });
    const draft = { comment: 'x', tags: ['keep'], custom_fields: [{ id: tier.id, value: 'tier_gold' }, { id: seats.id, value: '12' }] }; // prettier-ignore
    const { ticket } = support.tickets.create('acme', draft, api);
    expect(ticket.custom_fields).toEqual([
      { id: tier.id, value: 'tier_gold' },
      { id: seats.id, value: 12 },
    ]);
    expect(ticket.tags).toEqual(['keep', 'tier_gold']);
    // A field without a value says nothing.
    const silent = support.tickets.update('acme', ticket.id, { custom_fields: [{ id: tier.id }, { id: seats.id }] as never }, api);
    expect(silent.ticket.custom_fields).toEqual(ticket.custom_fields);
    const after = support.tickets.update('acme', ticket.id, { custom_fields: [{ id: tier.id, value: 'tier_iron' }] }, api);
    expect(after.ticket.tags).toEqual(['keep', 'tier_iron']);
    expect(after.audit.events).toContainEqual(
      expect.objectContaining({ field_name: String(tier.id), value: 'tier_iron', previous_value: 'tier_gold' }),
    );
    expect(
      refusal(() => support.tickets.update('acme', ticket.id, { custom_fields: [{ id: tier.id, value: 'tier_lead' }] }, api)).status,
    ).toBe(422);
  });
});

describe('voice tickets', () => {
  const voice = { from: '+14155550100', to: '+14155550150', recording_url: 'https://x.example/1.mp3', started_at: '2026-01-05T09:00:00Z', call_duration: 65 }; // prettier-ignore

  it('are Talk’s by via_id, with the ends of the call', () => {
    const { support, talk } = testSupport();
    const { ticket, audit } = support.tickets.create(
      'acme',
      {
        via_id: 34,
        via: { source: { from: { phone: '+14155550100', name: 'Ada' }, to: { phone: '+14155550150', name: 'Main line', brand_id: 1 } } },
        requester: { name: 'Ada', phone: '+14155550100' },
        comment: { body: 'Call from: +1 (415) 555-0100', public: false },
      },
      talk,
    );
    expect(ticket.via).toEqual({
      via_id: 34,
      source: {
        from: { phone: '+14155550100', name: 'Ada' },
        to: { phone: '+14155550150', name: 'Main line', brand_id: 1 },
        rel: 'inbound',
      },
    });
    expect(ticket).toMatchObject({ is_public: false, status: 'new', submitter_id: ticket.requester_id });
    expect(audit.via).toEqual(ticket.via);
  });

  it('take a voice comment when the call ends', () => {
    const { support, talk, ownerId } = testSupport();
    const requester = { name: 'Ada', phone: '+14155550100' };
    const { ticket } = support.tickets.create('acme', { via_id: 34, requester, comment: { body: 'Call', public: false } }, talk);
    support.tickets.update(
      'acme',
      ticket.id,
      { comment: { type: 'VoiceComment', data: { ...voice, answered_by_id: ownerId, answered_by_name: 'Olga' }, author_id: ownerId } },
      talk,
    );
    const last = support.tickets.comments('acme', ticket.id).at(-1) as Comment;
    expect(last).toMatchObject({
      type: 'VoiceComment',
      author_id: ownerId,
      public: false,
      formatted_from: '+1 (415) 555-0100',
      formatted_to: '+1 (415) 555-0150',
      transcription_visible: false,
      trusted: true,
      data: { ...voice, answered_by_id: ownerId },
    });
    expect(last.body.split('\n')).toEqual([
      'Call from: +1 (415) 555-0100',
      'Call to: +1 (415) 555-0150',
      'Time of call: January 5, 2026 at 9:00:00 AM',
      'Answered by: Olga',
      'Length of phone call: 1 minute, 5 seconds',
      'Listen to the recording: https://x.example/1.mp3',
    ]);
  });

  it('can begin with a voice comment alone, as partners write it', () => {
    const { support, api } = testSupport();
    const { ticket } = support.tickets.create('acme', { via_id: 44, voice_comment: { ...voice, recording_type: 'voicemail' } }, api);
    expect(ticket.description).toMatch(/^Voicemail from: \+1 \(415\) 555-0100\n/);
    expect(ticket.via).toMatchObject({ via_id: 44, source: { rel: 'voicemail' } });
  });
});

describe('accounts', () => {
  it('share nothing', () => {
    const { accounts, support, api } = testSupport();
    accounts.create({ subdomain: 'globex', email: 'owner@globex.example' });
    const { ticket } = support.tickets.create('acme', { comment: 'x' }, api);
    expect(support.tickets.get('globex', ticket.id)).toBeUndefined();
    expect(support.users.findByEmail('globex', 'owner@acme.example')).toBeUndefined();
  });
});

describe('links that lead nowhere', () => {
  it.each([{ group_id: 5 }, { organization_id: 5 }, { custom_status_id: 5 }, { submitter_id: 5 }])('are refused: %o', (draft) => {
    const { support, api } = testSupport();
    expect(refusal(() => support.tickets.create('acme', { comment: 'x', ...draft }, api)).status).toBe(422);
  });
});

describe('due dates', () => {
  it('belong to tasks and are whole seconds of UTC', () => {
    const { support, api } = testSupport();
    const { ticket } = support.tickets.create('acme', { comment: 'x', type: 'task', due_at: '2026-02-01T10:00:00.5+02:00' }, api);
    expect(ticket.due_at).toBe('2026-02-01T08:00:00Z');
    expect(support.tickets.update('acme', ticket.id, { type: 'question' }, api).ticket.due_at).toBeNull();
    expect(support.tickets.create('acme', { comment: 'x', due_at: '2026-02-01' }, api).ticket.due_at).toBeNull();
  });
});
