import { describe, expect, it } from 'vitest';
import { parseQuery } from './query.ts';

const terms = (text: string): unknown[] =>
  parseQuery(text).terms.map((term) => `${term.negated ? '-' : ''}${term.keyword ?? ''}${term.operator}${term.text}`);

describe('the query language of search', () => {
  it.each([
    ['printer on fire', [':printer', ':on', ':fire']],
    ['"printer on fire"', [':printer on fire']],
    ['"never closed', [':never closed']],
    ['status<solved priority>=high', ['status<solved', 'priority>=high']],
    ['created>2024-01-01 created_at<=2hours created:>3days', ['created>2024-01-01', 'created<=2hours', 'created>3days']],
    ['requester:"Ada Lovelace" -tags:vip -loud', ['requester:Ada Lovelace', '-tags:vip', '-:loud']],
    ['channel:voice custom_field_12:gold Assignee:me', ['via:voice', 'custom_field_12:gold', 'assignee:me']],
    ['prin* email:*', [':prin*', 'email:*']],
    ['', []],
    [':: "" - <', [':::', ':-', ':<']],
  ])('%s', (text, expected) => {
    expect(terms(text)).toEqual(expected);
  });

  it.each([
    ['fire', undefined],
    ['type:ticket fire', ['ticket']],
    ['type:user type:organization', ['user', 'organization']],
    ['-type:ticket', ['user', 'organization', 'group']],
    ['type:article', []],
  ])('types of %s', (text, expected) => {
    expect(parseQuery(text).types).toEqual(expected);
  });

  it('takes the order out of the terms', () => {
    expect(parseQuery('fire order_by:created_at sort:asc')).toMatchObject({
      terms: [{ text: 'fire' }],
      orderBy: 'created_at',
      descending: false,
    });
  });
});
