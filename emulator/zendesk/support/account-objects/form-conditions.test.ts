import { expect, it } from 'vitest';
import { type FormCondition, isRequiredOn, needsBy } from './form-conditions.ts';

const required = ({ is_required: asked = false }): boolean => asked;
const condition = (parent: number, value: unknown, ...ids: number[]): FormCondition => ({
  parent_field_id: parent,
  value,
  child_fields: ids.map((id) => ({ id, is_required: true })),
});

it('fields that show each other are hidden, unless something else shows one', () => {
  const ring = [condition(1, 'x', 2), condition(2, 'x', 1)];
  const need = needsBy(ring, () => 'x', required);
  expect([need(1), need(2), need(3)]).toEqual(['hidden', 'hidden', 'shown']);
  const entered = needsBy([...ring, condition(3, 'x', 1)], () => 'x', required);
  expect([entered(1), entered(2)]).toEqual(['required', 'required']);
});

it('a row of fields that show the next is followed to its end', () => {
  const row = Array.from({ length: 40 }, (_, id) => [condition(id, 'x', id + 1), condition(id, 'x', id + 1)]).flat();
  expect(needsBy(row, () => 'x', required)(40)).toBe('required');
});

it.each([
  [true, 'true', 'required'],
  [true, true, 'required'],
  [null, false, 'required'],
  [undefined, 'false', 'required'],
  [true, false, 'hidden'],
  [['a', 'b'], 'b', 'required'],
  [['a'], 'b', 'hidden'],
  [7, '7', 'required'],
  [null, 'a', 'hidden'],
])('a value of %j is what is meant by %j: %s', (value, wanted, expected) => {
  expect(needsBy([condition(1, wanted, 2)], () => value, required)(2)).toBe(expected);
});

it.each([
  [{}, false],
  [{ is_required: true }, true],
  [{ is_required: true, required_on_statuses: { type: 'NO_STATUSES' } }, false],
  [{ required_on_statuses: { type: 'ALL_STATUSES' } }, true],
  [{ required_on_statuses: { type: 'SOME_STATUSES', statuses: ['pending'] } }, false],
  [{ required_on_statuses: { type: 'SOME_STATUSES', statuses: ['solved'] } }, true],
  [{ required_on_statuses: { type: 'SOME_STATUSES', custom_statuses: [7] } }, true],
])('%j asks for a value of a solved ticket: %s', (child, asked) => {
  expect(isRequiredOn('solved', 7)({ id: 1, ...child })).toBe(asked);
});
