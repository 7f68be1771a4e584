import { describe, expect, it } from 'vitest';
import { eventJson } from './event-json.ts';

describe('eventJson', () => {
  it('prints as recorded: three spaces, sorted keys, a space in the empty object, a newline at the end', () => {
    const body = eventJson({
      type: 'zen:event-type:user.deleted',
      account_id: 18525119,
      event: {},
      detail: { id: '6164069643162', email: '' },
    });
    expect(body).toBe(
      '{\n   "account_id": 18525119,\n   "detail": {\n      "email": "",\n      "id": "6164069643162"\n   },\n' +
        '   "event": { },\n   "type": "zen:event-type:user.deleted"\n}\n',
    );
  });

  it('prints lists one item a line and keeps their order', () => {
    expect(eventJson({ tags: ['b', 'a'], none: [], nothing: null })).toBe(
      '{\n   "none": [ ],\n   "nothing": null,\n   "tags": [\n      "b",\n      "a"\n   ]\n}\n',
    );
  });

  it('is JSON', () => {
    const value = { text: 'line\n"quoted" \u2028', deep: { list: [{ a: 1 }, {}], flag: true } };
    expect(JSON.parse(eventJson(value))).toEqual(value);
  });

  it('leaves texts alone that end as empty values do, and sorts what lies within', () => {
    const text = '{}\u2028[]\n{},';
    expect(eventJson({ b: [{ d: text, c: [{}] }], a: '{}' })).toBe(
      '{\n   "a": "{}",\n   "b": [\n      {\n         "c": [\n            { }\n         ],\n' +
        `         "d": ${JSON.stringify(text)}\n      }\n   ]\n}\n`,
    );
  });
});
