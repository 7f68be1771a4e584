import { describe, expect, it } from 'vitest';
import { fieldTags, fieldValue, shownValues } from './field-values.ts';
import type { Field, FieldValue } from '../entities.ts';
import { refusal, testSupport } from '../testing/test-support.ts';

function field(type: string, more: Partial<Field> = {}): Field {
  return {
    id: 1,
    owner: 'user',
    key: 'k',
    type,
    title: 'K',
    description: '',
    position: 0,
    active: true,
    system: false,
    required: false,
    regexp_for_validation: null,
    options: [],
    tag: null,
    created_at: '',
    updated_at: '',
    ...more,
  };
}

const options = [{ id: 1, name: 'Gold', value: 'gold', position: 0 }];

describe('field values', () => {
  it.each<[Field, FieldValue, FieldValue]>([
    [field('text'), 12, '12'],
    [field('text'), '', null],
    [field('checkbox'), 'true', true],
    [field('checkbox'), false, false],
    [field('integer'), '-3', -3],
    [field('decimal'), '2.5', 2.5],
    [field('date'), '2026-01-05', '2026-01-05'],
    [field('dropdown', { options }), 'gold', 'gold'],
    [field('multiselect'), ['a', 'b'], ['a', 'b']],
    [field('multiselect'), ['a', 'a'], ['a']],
    [field('decimal'), '-.5', -0.5],
    [field('decimal'), '5.', 5],
    [field('decimal'), 1e-9, 1e-9],
    [field('regexp', { regexp_for_validation: '[A-Z]{2}' }), 'AB', 'AB'],
    [field('integer'), null, null],
  ])('%o takes %o', (definition, value, kept) => {
    expect(fieldValue(definition, value)).toEqual(kept);
  });

  it.each<[Field, FieldValue]>([
    [field('integer'), '3.5'],
    [field('integer'), true],
    [field('decimal'), 'x'],
    [field('decimal'), ' '],
    [field('multiselect'), [{ toString: 1 } as never]],
    [field('dropdown'), { toString: 1 } as never],
    [field('checkbox'), { toString: 1 } as never],
    [field('decimal'), true],
    [field('decimal'), 'Infinity'],
    [field('decimal'), '0x10'],
    [field('integer'), '99999999999999999999'],
    [field('date'), '2026-02-30'],
    [field('date'), '2026-99-99T10:00Z'],
    [field('date'), '5 January'],
    [field('dropdown', { options }), 'lead'],
    [field('regexp', { regexp_for_validation: '[A-Z]{2}' }), 'ABC'],
    [field('text'), ['a']],
  ])('%o refuses %o', (definition, value) => {
    expect(refusal(() => fieldValue(definition, value)).status).toBe(422);
  });

  it('shows every active field, unset ones as null and boxes as unticked', () => {
    const fields = [
      field('text', { key: 'a' }),
      field('checkbox', { key: 'b' }),
      field('text', { key: 'c', active: false }),
      field('text', { key: 'd' }),
    ];
    expect(shownValues(fields, { d: 'x', gone: 'y' })).toEqual({ a: null, b: false, d: 'x' });
  });

  it('knows the tags of a value', () => {
    expect(fieldTags(field('tagger'), 'gold')).toEqual(['gold']);
    expect(fieldTags(field('checkbox', { tag: 'vip' }), true)).toEqual(['vip']);
    expect(fieldTags(field('checkbox', { tag: 'vip' }), false)).toEqual([]);
    expect(fieldTags(field('text'), 'gold')).toEqual([]);
  });
});

describe('FieldService', () => {
  it('finds by id and key, each owner its own', () => {
    const { support } = testSupport();
    const made = support.fields.create('acme', 'user', { type: 'text', title: 'Plan tier' });
    expect(made.key).toBe('plan_tier');
    expect(support.fields.get('acme', 'user', 'plan_tier')?.id).toBe(made.id);
    expect(support.fields.get('acme', 'user', made.id)?.key).toBe('plan_tier');
    expect(support.fields.get('acme', 'organization', made.id)).toBeUndefined();
    expect(support.fields.create('acme', 'organization', { key: 'plan_tier', type: 'text', title: 'T' }).id).not.toBe(made.id);
  });

  it('refuses taken keys, bad keys, unknown types and missing titles', () => {
    const { support } = testSupport();
    support.fields.create('acme', 'user', { key: 'k', type: 'text', title: 'K' });
    for (const draft of [
      { key: 'k', type: 'text', title: 'K' },
      { key: 'a b', type: 'text', title: 'K' },
      { key: 'x', type: 'tagger', title: 'K' },
      { type: 'text', title: '' },
    ]) {
      expect(refusal(() => support.fields.create('acme', 'user', draft)).status).toBe(422);
    }
  });

  it('has the system ticket fields, which cannot be deleted', () => {
    const { support } = testSupport();
    const [subject] = support.fields.list('acme', 'ticket');
    expect(support.fields.list('acme', 'ticket').map(({ type }) => type)).toEqual([
      'subject',
      'description',
      'status',
      'tickettype',
      'priority',
      'group',
      'assignee',
      'custom_status',
    ]);
    expect(support.fields.custom('acme', 'ticket')).toEqual([]);
    expect(refusal(() => support.fields.delete('acme', 'ticket', subject?.id ?? 0)).status).toBe(404);
  });
});
