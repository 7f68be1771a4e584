import { expect, test } from 'vitest';
import { Redactor } from './redact.ts';

test('credentials keep their scheme only, known secrets are blanked anywhere, other headers stay', () => {
  const redactor = new Redactor();
  redactor.add('s3cret-token');
  redactor.add('short');
  expect(
    redactor.headers({ Authorization: 'Basic YWJj', 'X-Api-Key': 'abc', Accept: '*/*', 'X-Note': 'has s3cret-token', Gone: undefined }),
  ).toEqual({ Authorization: 'Basic [REDACTED]', 'X-Api-Key': '[REDACTED]', Accept: '*/*', 'X-Note': 'has [REDACTED]' });
  expect(redactor.headers({ 'Content-Length': 12, Via: ['a', 'has s3cret-token'] })).toEqual({
    'Content-Length': '12',
    Via: 'a, has [REDACTED]',
  });
  expect(redactor.text('s3cret-token')).toBe('[REDACTED]');
  expect(redactor.text('a short text')).toBe('a short text');
});

test('tokens of 64 hexadecimal digits are blanked however many there are, others stay', () => {
  const redactor = new Redactor();
  const token = (index: number): string => index.toString(16).padStart(64, '0');
  for (let index = 0; index < 20_000; index++) redactor.add(token(index));
  expect(redactor.text(`a=${token(19_999)}&b=${token(20_000)}`)).toBe(`a=[REDACTED]&b=${token(20_000)}`);
  expect(redactor.text(`${token(1)}0`)).toBe(`${token(1)}0`);
});
