import { describe, expect, it } from 'vitest';
import { readCredentials } from './credentials.ts';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

describe('readCredentials', () => {
  it('reads e-mail and API token', () => {
    expect(readCredentials(basic('ada@acme.example/token:s:e:c'))).toEqual({ kind: 'token', email: 'ada@acme.example', token: 's:e:c' });
  });

  it('takes the scheme in any case', () => {
    expect(readCredentials(basic('a@b.example/token:t').replace('Basic', 'bAsIc')).kind).toBe('token');
    expect(readCredentials('bearer abc')).toEqual({ kind: 'bearer', token: 'abc' });
  });

  it('tells a password from a token', () => {
    expect(readCredentials(basic('ada@acme.example:secret'))).toEqual({ kind: 'password', email: 'ada@acme.example', password: 'secret' });
  });

  it.each([basic('no colon'), 'Digest x', 'Basic', 'Bearer', 'nonsense'])('calls %s malformed', (header) => {
    expect(readCredentials(header).kind).toBe('malformed');
  });

  it('knows silence', () => {
    expect(readCredentials(undefined).kind).toBe('none');
    expect(readCredentials('').kind).toBe('none');
  });
});
