import { describe, expect, it } from 'vitest';
import { textFromBody } from './comment-text.ts';
import { markdown } from './markdown.ts';

const html = (body: string): string =>
  /^<div class="zd-comment" dir="auto">(.*)<\/div>$/s.exec(textFromBody(body).html_body)?.[1] ?? 'no frame';

describe('Markdown in a body', () => {
  it.each([
    ['Hello **world**', '<p dir="auto">Hello <strong>world</strong></p>'],
    ['a\n*b*\n\nc', '<p dir="auto">a<br><em>b</em></p><p dir="auto">c</p>'],
    ['# Call\n- one\n- two', '<h1 dir="auto">Call</h1><ul dir="auto"><li>one</li><li>two</li></ul>'],
    ['3. c\n4. d', '<ol dir="auto" start="3"><li>c</li><li>d</li></ol>'],
    ['`a && b`', '<p dir="auto"><code>a &amp;&amp; b</code></p>'],
    ['```\na\n<p>\nb\n```', '<pre><code>a\n\nb\n</code></pre>'],
    ['> she said\n\n---', '<blockquote><p dir="auto">she said</p></blockquote><hr>'],
    ['[log](https://x.example/1)', '<p dir="auto"><a href="https://x.example/1">log</a></p>'],
    ['[log](javascript:x)', '<p dir="auto">[log](javascript:x)</p>'],
  ])('%j becomes %j', (body, expected) => {
    expect(html(body)).toBe(expected);
  });

  it('leaves the body as it was written, and is gone from the plain one', () => {
    expect(textFromBody('**Summary**\n- wants a [refund](https://x.example)')).toMatchObject({
      body: '**Summary**\n- wants a [refund](https://x.example)',
      plain_body: 'Summary\nwants a refund',
    });
  });

  it('is whole where the HTML of a body that is not cut is longer than a body may be', () => {
    const { body, html_body, plain_body } = textFromBody('**a**\n'.repeat(10_000));
    expect([body.length, plain_body.length]).toEqual([60_000, 19_999]);
    expect(html_body).toMatch(/<strong>a<\/strong><\/p><\/div>$/);
  });

  it.each(['Regards\n--\nAda', '    four spaces', 'foo_bar 2 * 3 < 7', 'C:\\temp', 'a\n\nb_c', '+1 (415) 555-0100', '5.30 pm'])(
    'is not seen in %j',
    (body) => {
      expect(textFromBody(body).plain_body).toBe(body);
      expect(html(body)).not.toMatch(/<(?!\/?p|br)/);
    },
  );

  it('takes no time worth telling for what is never closed', { timeout: 5_000 }, () => {
    for (const text of ['>', '*a ', '`a', '_a_b', '- ', '[a](']) expect(markdown(text.repeat(65_000 / text.length))).toBeDefined();
  });
});
