import { describe, expect, it } from 'vitest';
import { textFromBody, textFromHtml } from './comment-text.ts';
import { formatPhone, isE164, nationalDigits } from '../people/phone.ts';
import { cleanTags } from './tags.ts';
import { viaChannel, viaIdOf, viaType } from './via.ts';
import { voiceBody } from './voice-comment.ts';

describe('comment text', () => {
  it('drops scripts and styles with what is in them, and nothing that only looks like them', () => {
    const html = 'a<script src="x">1</script>b<STYLE>2</style>c<scripture>d</scripture><script>e';
    expect(textFromHtml(html).plain_body).toBe('abcde');
  });

  it('reads what is never closed in linear time', { timeout: 2_000 }, () => {
    expect(textFromBody('<a'.repeat(500_000)).body).toHaveLength(65_535);
    expect(textFromHtml('<script '.repeat(100_000)).html_body.length).toBeGreaterThan(60_000);
  });

  it('wraps paragraphs as recorded', () => {
    expect(textFromBody('Hello\nthere\n\nA & B')).toEqual({
      body: 'Hello\nthere\n\nA & B',
      html_body: '<div class="zd-comment" dir="auto"><p dir="auto">Hello<br>there</p><p dir="auto">A &amp; B</p></div>',
      plain_body: 'Hello\nthere\n\nA & B',
    });
  });

  it('strips HTML from a body, but not comparisons', () => {
    expect(textFromBody('<b>bold</b> and 1 < 2').body).toBe('bold and 1 < 2');
  });

  it('makes plain text of HTML', () => {
    const { html_body, plain_body } = textFromHtml('<p>Hello&nbsp;&lt;you&gt; &amp;lt;</p><script>x()</script><p>Bye</p>');
    expect(plain_body).toBe('Hello <you> &lt;\nBye');
    expect(html_body).not.toContain('script');
  });

  it('cuts at 64 kB without breaking a character', () => {
    const { body } = textFromBody('ä'.repeat(40_000));
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(65_535);
    expect(body).toMatch(/^ä+$/);
  });
});

describe('phones', () => {
  it.each([
    ['+14155550100', '+1 (415) 555-0100'],
    ['+16025550169', '+1 (602) 555-0169'],
    ['+61438474311', '+61 438 474 311'],
    ['+442079460018', '+44 20 7946 0018'],
    ['anonymous', 'anonymous'],
    ['', ''],
  ])('shows %s as %s', (number, shown) => {
    expect(formatPhone(number)).toBe(shown);
  });

  it('knows E.164', () => {
    expect(['+14155550100', '14155550100', '+1 415', '+0123', '+'].map(isE164)).toEqual([true, false, false, false, false]);
  });

  it('finds the national part', () => {
    expect(nationalDigits('+442079460018')).toBe('2079460018');
    expect(nationalDigits('12079460018')).toBe('2079460018');
    expect(nationalDigits('99')).toBeUndefined();
  });
});

describe('via', () => {
  it('has two vocabularies', () => {
    expect([5, 34, 33, 4].map((id) => [viaChannel(id), viaType(id)])).toEqual([
      ['api', 'web_service'],
      ['voice', 'phone_call_inbound'],
      ['voice', 'voicemail'],
      ['email', 'mail'],
    ]);
  });

  it('reads what clients write', () => {
    expect([34, 'phone_call_inbound', 'email', 'nonsense'].map(viaIdOf)).toEqual([34, 34, 4, undefined]);
  });
});

describe('tags', () => {
  it('are lower case, single and sorted', () => {
    expect(cleanTags(['VIP', 'a b', 'vip', ''])).toEqual(['a', 'b', 'vip']);
    expect(cleanTags('x, y x')).toEqual(['x', 'y']);
  });
});

describe('the text of a voice comment', () => {
  it('says Unknown for a withheld number', () => {
    expect(voiceBody({ from: null })).toBe('Call from: Unknown');
  });

  it('counts minutes', () => {
    expect(voiceBody({ from: '+14155550100', call_duration: 121 })).toContain('Length of phone call: 2 minutes, 1 second');
    expect(voiceBody({ from: '+14155550100', call_duration: 0 })).toContain('Length of phone call: 0 seconds');
  });

  it('tells afternoon from night', () => {
    expect(voiceBody({ started_at: '2021-01-07T16:36:11Z' })).toContain('Time of call: January 7, 2021 at 4:36:11 PM');
    expect(voiceBody({ started_at: '2021-01-07T00:05:00Z' })).toContain('at 12:05:00 AM');
    expect(voiceBody({ started_at: 'soon' })).toContain('Time of call: soon');
  });
});
