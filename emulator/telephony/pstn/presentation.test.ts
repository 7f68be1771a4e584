import { expect, test } from 'vitest';
import { forwardedPresentation, presentationOf, shownNumber } from './presentation.ts';

test('a number is shown and asserted', () => {
  expect(presentationOf('+14155550100')).toEqual({ number: '+14155550100', withheld: false, asserted: '+14155550100', diversions: [] });
});

test('a withheld caller is still known to the network, unless said otherwise', () => {
  const withheld = presentationOf({ number: '+14155550100', withheld: true });
  expect(withheld.asserted).toBe('+14155550100');
  expect(shownNumber(withheld)).toBeNull();
  expect(presentationOf({ number: null }).asserted).toBeNull();
  expect(presentationOf({ number: null, asserted: '+14155550100' }).asserted).toBe('+14155550100');
});

test.each(['4155550100', '+0155', '+1415555010012345', 'anonymous'])('%s is no E.164 number', (number) => {
  expect(() => presentationOf(number)).toThrow(`the caller's number is "${number}", expected E.164`);
});

test('forwarding adds the line as the newest diversion and keeps the caller, or shows another number', () => {
  const first = presentationOf({ number: '+14155550100', withheld: true, diversions: [{ number: '+14155550111', reason: 'no-answer' }] });
  expect(forwardedPresentation(first, '+14155550150')).toEqual({
    ...first,
    diversions: [
      { number: '+14155550150', reason: 'unconditional' },
      { number: '+14155550111', reason: 'no-answer' },
    ],
  });
  expect(forwardedPresentation(first, '+14155550150', { showAs: '+14155550150' })).toMatchObject({
    number: '+14155550150',
    withheld: false,
    asserted: '+14155550150',
  });
});
