import { describe, expect, it } from 'vitest';
import { infoDigit } from './in-dialog.ts';

describe('digits in INFO', () => {
  it.each([
    ['application/dtmf-relay', 'Signal=5\r\nDuration=160', '5'],
    ['application/dtmf-relay', 'signal = #\n', '#'],
    ['application/dtmf-relay', 'Duration=160\r\n Signal=5\r\n', '5'],
    ['application/dtmf', '*', '*'],
    ['Application/DTMF', ' d ', 'D'],
    ['application/dtmf-relay', 'Signal=12', undefined],
    ['application/dtmf', '', undefined],
    ['text/plain', '5', undefined],
  ])('%s %j: %s', (type, body, digit) => {
    expect(infoDigit(type, new TextEncoder().encode(body))).toBe(digit);
  });

  it('are looked for in no time, however many lines there are', () => {
    const body = new TextEncoder().encode(`${'\r\n'.repeat(30_000)}x`);
    const start = performance.now();
    expect(infoDigit('application/dtmf-relay', body)).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});
