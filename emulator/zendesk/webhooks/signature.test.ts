import { describe, expect, it } from 'vitest';
import { signature, TEST_SECRET } from './signature.ts';

describe('signature', () => {
  it('matches the published vector of the test secret', () => {
    expect(signature(TEST_SECRET, '2021-03-25T05:09:27Z', '{"event":"ticket.updated","id":123}')).toBe(
      'S/RDdU2ERmj7LHDDoWJ2onPYH+t7/f2+LTM4dL7UiLM=',
    );
  });

  it('covers the body byte for byte', () => {
    const signed = signature(TEST_SECRET, '1234', '{"a":1}\n');
    expect(signature(TEST_SECRET, '1234', '{"a":1}')).not.toBe(signed);
    expect(signature(TEST_SECRET, '1235', '{"a":1}\n')).not.toBe(signed);
  });

  it('signs text beyond ASCII as UTF-8', () => {
    expect(signature('s', 't', 'é')).toBe(signature('s', 't', Buffer.from([0xc3, 0xa9]).toString('utf8')));
  });
});
