import { describe, expect, it, vi } from 'vitest';
import type { UserDraft } from '../drafts.ts';
import { refusal, testSupport } from '../testing/test-support.ts';
import { RecordTable } from './index/record-table.ts';

const PEOPLE: UserDraft[] = [
  { name: 'Ada Lovelace', email: 'ada@x.example', phone: '+12079460018', notes: 'prefers mornings', tags: ['vip'] },
  { name: 'Bob Near', phone: '+442079460018' },
  { name: 'Cem National', phone: '2079460018' },
  { name: 'Dan Spaced', phone: '+1 (207) 946-0018' },
  { name: 'Eve Longer', phone: '+120794600180' },
  { name: 'Fay Other', phone: '+14155550100', external_id: 'CRM-7', user_fields: { plan: 'gold' } },
  { name: '100% Real_Name', email: 'pct@x.example' },
];

function found(query: string): string[] {
  const { support, api } = testSupport();
  support.fields.create('acme', 'user', { key: 'plan', type: 'text', title: 'Plan' });
  for (const draft of PEOPLE) support.users.create('acme', draft, api);
  return support.search
    .users('acme', query)
    .slice()
    .map((user) => user.name);
}

it('looks no further once nobody is left, but for what is written badly', () => {
  const looked = vi.spyOn(RecordTable.prototype, 'lined');
  expect(found(`nobody ${Array.from({ length: 500 }, (_, at) => `word${at}`).join(' ')}`)).toEqual([]);
  expect(found('ada '.repeat(500))).toEqual(['Ada Lovelace']);
  expect(looked).toHaveBeenCalledTimes(2);
  looked.mockRestore();
  expect(refusal(() => found('nobody at all created>soon')).status).toBe(422);
});

describe('searching users by phone', () => {
  const near = ['Ada Lovelace', 'Dan Spaced', 'Eve Longer', 'Bob Near', 'Cem National'];

  it.each([
    '+12079460018',
    '12079460018',
    ' 12079460018',
    'phone: " 12079460018 "',
    'phone:+12079460018',
    'phone: 12079460018',
    '"+12079460018"',
    '+1 (207) 946-0018',
  ])('finds every near-identical number for "%s", the exact ones first', (query) => {
    expect(found(query)).toEqual(near);
  });

  it('finds a part of a number', () => {
    expect(found('9460018')).toHaveLength(5);
    expect(found('4155550')).toEqual(['Fay Other']);
  });

  it('finds both countries’ numbers for the other one too', () => {
    expect(found('+442079460018')).toContain('Ada Lovelace');
    expect(found('+442079460018')[0]).toBe('Bob Near');
  });

  it('finds nobody for a number nobody has', () => {
    expect(found('+33123456789')).toEqual([]);
  });
});

describe('searching users by anything else', () => {
  it.each([
    ['ada', ['Ada Lovelace']],
    ['LOVE', ['Ada Lovelace']],
    ['"ada lovelace"', ['Ada Lovelace']],
    ['ada love', ['Ada Lovelace']],
    ['ada near', []],
    ['mornings', ['Ada Lovelace']],
    ['email:ada@x.example', ['Ada Lovelace']],
    ['name:ada*', ['Ada Lovelace']],
    ['type:user ada', ['Ada Lovelace']],
    ['type:ticket ada', []],
    ['tags:vip', ['Ada Lovelace']],
    ['external_id:crm-7', ['Fay Other']],
    ['plan:gold', ['Fay Other']],
    ['gold', ['Fay Other']],
    ['role:admin', ['owner']],
    ['role:end-user -ada -near -national -spaced -longer -other', ['100% Real_Name']],
    ['100%', ['100% Real_Name']],
    ['l_n', ['100% Real_Name']],
    ['_x_', []],
    ['organization:none fay', ['Fay Other']],
    ['created>2026-01-04 fay', ['Fay Other']],
    ['created>2026-01-05 fay', []],
    ['is_suspended:false fay', ['Fay Other']],
    ['plan:ol', ['Fay Other']],
    ['name:gold', []],
  ])('finds %s', (query, names) => {
    expect(found(query)).toEqual(names);
  });

  it('finds everybody for nothing', () => {
    expect(found('')).toHaveLength(PEOPLE.length + 1);
  });
});
