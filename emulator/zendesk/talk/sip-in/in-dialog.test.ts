import { describe, expect, it } from 'vitest';
import { infoDigit } from './in-dialog.ts';

describe('digits in INFO', () => {
  it.each([
    ['application/dtmf-relay', 'Signal=5\r\nDuration=160', '5'],
    ['application/dtmf-relay', 'signal = #\n', '#'],
    ['application/dtmf', '*', '*'],
    ['Application/DTMF', ' d ', 'D'],
    ['application/dtmf-relay', 'Signal=12', undefined],
    ['application/dtmf', '', undefined],
    ['text/plain', '5', undefined],
  ])('%s %j: %s', (type, body, digit) => {
    expect(infoDigit(type, new TextEncoder().encode(body))).toBe(digit);
  });
});
