import { markdown } from './markdown.ts';

/** Bodies above 64 kB are cut silently (vendor article "Ticket comments"). */
const LONGEST_BODY = 65_535;

export interface CommentText {
  readonly body: string;
  readonly html_body: string;
  readonly plain_body: string;
}

/** What was asked for last: a comment is packed for the store right after it is made. */
let latest: { readonly of: string; readonly text: CommentText } | undefined;

/** From a body, which may be Markdown (vendor article "Ticket comments", Bodies). */
export function textFromBody(body: string): CommentText {
  if (latest?.of === body) return latest.text;
  const plain = textFromPlain(body);
  const html = markdown(plain.body);
  latest = {
    of: body,
    text: html === undefined || wrapped(html) === plain.html_body ? plain : { ...textOf(html), body: plain.body },
  };
  return latest.text;
}

/** From a text that nobody wrote as Markdown: tags are stripped, blank lines part paragraphs. */
export function textFromPlain(body: string): CommentText {
  const text = cut(stripTags(body));
  return { body: text, html_body: wrapped(paragraphs(text)), plain_body: text };
}

/** From HTML as a client wrote it. */
export function textFromHtml(html: string): CommentText {
  return textOf(cut(withoutElements(withoutElements(html, 'script'), 'style')));
}

function textOf(html: string): CommentText {
  const broken = html.replace(/<br\s*\/?>|<\/(?:p|div|li|h[1-6])>/gi, '\n');
  const text = unescaped(stripTags(broken))
    .replace(/\n{3,}/g, '\n\n')
    .trim();
  return { body: text, html_body: wrapped(html), plain_body: text };
}

/** The recorded frame of `html_body`. */
function wrapped(html: string): string {
  return `<div class="zd-comment" dir="auto">${html}</div>`;
}

function paragraphs(text: string): string {
  const parts = text.includes('\n\n') ? text.split(/\n{2,}/) : [text];
  return parts.map((part) => `<p dir="auto">${escaped(part).replaceAll('\n', '<br>')}</p>`).join('');
}

/** Without the elements of that name and what is in them. By hand: a regular expression takes quadratic time where they are not closed. */
function withoutElements(html: string, name: string): string {
  const lower = html.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  let text = '';
  let from = 0;
  for (;;) {
    const start = lower.indexOf(`<${name}`, from);
    const end = start < 0 ? -1 : lower.indexOf(`</${name}>`, start);
    if (end < 0) return text + html.slice(from);
    const isElement = !/\w/.test(lower.charAt(start + name.length + 1));
    text += html.slice(from, isElement ? start : start + name.length + 1);
    from = isElement ? end + name.length + 3 : start + name.length + 1;
  }
}

function stripTags(text: string): string {
  return text.includes('<') ? text.replace(/<\/?[a-z][^<>]*>/gi, '') : text;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text as it stands in HTML. */
export function escaped(text: string): string {
  return /[&<>"]/.test(text) ? text.replace(/[&<>"]/g, (mark) => ENTITIES[mark] ?? mark) : text;
}

function unescaped(text: string): string {
  const named = Object.entries(ENTITIES).reduce(
    (result, [mark, entity]) => (mark === '&' ? result : result.replaceAll(entity, mark)),
    text,
  );
  return named.replaceAll('&nbsp;', ' ').replaceAll('&#39;', "'").replaceAll('&amp;', '&');
}

/** Cuts by bytes without splitting a character. */
function cut(text: string): string {
  if (text.length <= LONGEST_BODY / 4) return text;
  const bytes = Buffer.from(text, 'utf8');
  return bytes.length <= LONGEST_BODY
    ? text
    : bytes
        .subarray(0, LONGEST_BODY)
        .toString('utf8')
        .replace(/\uFFFD$/, '');
}
