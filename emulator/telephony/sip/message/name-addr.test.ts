import { describe, expect, it } from 'vitest';
import { formatNameAddr, parseNameAddr, tagOf, uriOf } from './name-addr.ts';

describe('parseNameAddr', () => {
  it.each([
    ['<sip:a@b>;tag=1', undefined, 'sip:a@b', '1'],
    ['sip:+14155550100@h;tag=x', undefined, 'sip:+14155550100@h', 'x'],
    ['"Smith, John" <sip:a@b> ; tag = y', 'Smith, John', 'sip:a@b', 'y'],
    ['"J \\"Bob\\" S" <sip:a@b>', 'J "Bob" S', 'sip:a@b', undefined],
    ['WIRELESS CALLER <sip:a@b>;tag=1', 'WIRELESS CALLER', 'sip:a@b', '1'],
    ['"" <sip:a@b>', '', 'sip:a@b', undefined],
    ['"+1415"<sip:a@b>', '+1415', 'sip:a@b', undefined],
    ['caller<sip:a@b>;tag=323', 'caller', 'sip:a@b', '323'],
    ['Smith, John <sip:a@b>', 'Smith, John', 'sip:a@b', undefined],
    ['"a <b>" <sip:a@b>', 'a <b>', 'sip:a@b', undefined],
    ['"anonymous" <anonymous@anonymous.invalid>', 'anonymous', 'anonymous@anonymous.invalid', undefined],
    ['<sip:A@h;tag=evil>;tag=real', undefined, 'sip:A@h;tag=evil', 'real'],
    ['"Mr. J. User <sip:j@b>', 'Mr. J. User', 'sip:j@b', undefined],
    ['"Watson, Thomas" < sip:t@b >', 'Watson, Thomas', 'sip:t@b', undefined],
    ['<tel:+14155550100>;tag=z', undefined, 'tel:+14155550100', 'z'],
    ['', undefined, '', undefined],
  ])('reads %s', (value, displayName, uri, tag) => {
    const address = parseNameAddr(value);
    expect([address.displayName, address.uri, address.params.get('tag')]).toEqual([displayName, uri, tag]);
    expect(tagOf(value)).toBe(tag);
    expect(uriOf(value)).toBe(uri);
  });
});

it('writes what it reads', () => {
  const address = {
    displayName: 'J "Bob" S',
    uri: 'sip:a@b',
    params: new Map([
      ['tag', '1'],
      ['lr', undefined],
    ] as const),
  };
  expect(formatNameAddr(address)).toBe('"J \\"Bob\\" S" <sip:a@b>;tag=1;lr');
  expect(parseNameAddr(formatNameAddr(address)).displayName).toBe('J "Bob" S');
});
