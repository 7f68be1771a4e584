import { describe, expect, it } from 'vitest';
import { SipHeaders } from './headers.ts';

const sample = () =>
  new SipHeaders([
    ['v', 'SIP/2.0/UDP a;branch=1, SIP/2.0/UDP b;branch=2'],
    ['FROM', '<sip:a@b>;tag=1'],
    ['Via', 'SIP/2.0/UDP c;branch=3'],
    ['X-Odd', 'one'],
  ]);

describe('SipHeaders', () => {
  it('finds names in any case and in compact form', () => {
    const headers = sample();
    expect(headers.get('from')).toBe('<sip:a@b>;tag=1');
    expect(headers.get('f')).toBe('<sip:a@b>;tag=1');
    expect(headers.getAll('Via')).toEqual(['SIP/2.0/UDP a;branch=1, SIP/2.0/UDP b;branch=2', 'SIP/2.0/UDP c;branch=3']);
    expect(headers.get('Subject')).toBeUndefined();
  });

  it('splits comma lists across rows', () => {
    expect(sample().values('Via')).toEqual(['SIP/2.0/UDP a;branch=1', 'SIP/2.0/UDP b;branch=2', 'SIP/2.0/UDP c;branch=3']);
  });

  it('does not split inside quotes or brackets', () => {
    const headers = new SipHeaders([['Contact', '"Smith, J" <sip:a@b;x=1,2>;q=1, <sip:c@d>']]);
    expect(headers.values('Contact')).toEqual(['"Smith, J" <sip:a@b;x=1,2>;q=1', '<sip:c@d>']);
  });

  it('keeps order and case on the wire', () => {
    expect(sample().toString()).toBe(
      'v: SIP/2.0/UDP a;branch=1, SIP/2.0/UDP b;branch=2\r\nFROM: <sip:a@b>;tag=1\r\nVia: SIP/2.0/UDP c;branch=3\r\nX-Odd: one\r\n',
    );
  });

  it('sets in place, keeping the name as written, and drops the doubles', () => {
    const headers = sample();
    headers.set('via', 'SIP/2.0/UDP z');
    expect(headers.entries().map(({ name, value }) => `${name}=${value}`)).toEqual([
      'v=SIP/2.0/UDP z',
      'FROM=<sip:a@b>;tag=1',
      'X-Odd=one',
    ]);
  });

  it('changes only the first row with setFirst', () => {
    const headers = sample();
    headers.setFirst('Via', 'x');
    expect(headers.getAll('Via')).toEqual(['x', 'SIP/2.0/UDP c;branch=3']);
  });

  it('appends, prepends, deletes and copies', () => {
    const headers = sample();
    headers.append('X-Last', '2');
    headers.prepend('X-First', '1');
    headers.delete('Via');
    expect(headers.entries().map(({ name }) => name)).toEqual(['X-First', 'FROM', 'X-Odd', 'X-Last']);
    const other = new SipHeaders();
    other.copy('From', headers);
    expect(other.toString()).toBe('FROM: <sip:a@b>;tag=1\r\n');
  });

  it('clones without sharing the list', () => {
    const headers = sample();
    const copy = headers.clone();
    copy.delete('From');
    expect(headers.has('From')).toBe(true);
  });
});
