import type { Comment, VoiceData } from '../entities.ts';
import { escaped, textFromBody, textFromHtml, textFromPlain } from './comment-text.ts';

/** Stands for each redacted character (vendor article "Ticket comments"). */
const BLOCK = '▇';

type Text = Pick<Comment, 'body' | 'html_body' | 'plain_body'>;

const blocked = (text: string): string => text.replace(/[^\n]/gu, BLOCK);
const without = (from: string, what: string): string => (what === '' ? from : from.replaceAll(what, blocked(what)));

/** The comment without a word or string, wherever it stands; undefined when it stands nowhere. */
export function redactText(comment: Comment, text: string): Comment | undefined {
  const isMarkdown = comment.body !== comment.plain_body && comment.html_body === textFromBody(comment.body).html_body;
  const after = isMarkdown ? markdownWithout(comment.body, text) : textWithout(comment, text);
  const said = comment.data?.transcription_text;
  const data: VoiceData | undefined = said ? { ...comment.data, transcription_text: without(said, text) } : comment.data;
  const same = after.body === comment.body && after.html_body === comment.html_body && after.plain_body === comment.plain_body;
  if (same && data?.transcription_text === said) return undefined;
  return { ...comment, ...after, ...(data ? { data } : {}) };
}

function textWithout({ body, plain_body, html_body }: Text, text: string): Text {
  // In HTML lines are parted by tags, and some characters are written otherwise.
  const lines = text.split('\n').flatMap((line) => [escaped(line), line]);
  return {
    body: without(body, text),
    plain_body: without(plain_body, text),
    html_body: html_body.replace(/(<[^>]*>)|[^<]+/g, (part, tag?: string) => tag ?? lines.reduce(without, part)),
  };
}

/** What Markdown makes of the body is made anew: the text may stand in a link, or have marks in it, which then go with it (inferred). */
function markdownWithout(body: string, text: string): Text {
  const after = textFromBody(without(body, text));
  return after.plain_body.includes(text) ? textFromPlain(without(after.plain_body, text)) : after;
}

const MARKS = /<\/?redact>/gi;
/** An element that is to go itself: `<img … redact>`. */
const MARKED_TAG = /<([a-z][\w-]*)\b[^<>]*\sredact(?:="[^"]*")?(?=[\s/>])[^<>]*>/i;

/** The HTML as it was before somebody put redaction marks into it. */
export function unmarked(html: string): string {
  return html.replace(MARKS, '').replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/\sredact(?:="[^"]*")?(?=[\s/>])/gi, ''));
}

/**
 * The comment without what its HTML marks: what stands between `<redact>` and `</redact>` becomes blocks, an element with
 * the attribute `redact` goes and leaves its content behind.
 */
export function redactMarked(comment: Comment, html: string): Comment {
  const said: string[] = [];
  let marked = html.replace(/<redact>([\s\S]*?)<\/redact>/gi, (_all, inner: string) => {
    said.push(textFromHtml(inner).body);
    return inner.replace(/(<[^>]*>)|(&[a-z#\d]+;)|[^<&]+|&/gi, (part, tag?: string, entity?: string) => tag ?? (entity ? BLOCK : blocked(part))); // prettier-ignore
  });
  for (let found = MARKED_TAG.exec(marked); found; found = MARKED_TAG.exec(marked)) marked = withoutElement(marked, found);
  const plain = (text: string): string => said.reduce((rest, each) => rest.replaceAll(each, blocked(each)), text);
  // Word by word only where nothing but what is marked would go.
  const times = (text: string, each: string): boolean => text.split(each).length - 1 === said.filter((other) => other === each).length;
  const whole = said.every((each) => each !== '' && times(comment.body, each) && times(comment.plain_body, each));
  const { body } = textFromHtml(marked);
  return {
    ...comment,
    html_body: marked.replace(MARKS, ''),
    body: whole ? plain(comment.body) : body,
    plain_body: whole ? plain(comment.plain_body) : body,
  };
}

/** Takes a tag out, and the end tag that belongs to it. */
function withoutElement(html: string, { index, 0: tag, 1: name = '' }: RegExpExecArray): string {
  const rest = html.slice(index + tag.length);
  const parts = new RegExp(`<(/?)${name}\\b[^>]*>`, 'gi');
  let depth = 1;
  for (let part = parts.exec(rest); part; part = parts.exec(rest)) {
    depth += part[1] === '/' ? -1 : part[0].endsWith('/>') ? 0 : 1;
    if (depth === 0) return html.slice(0, index) + rest.slice(0, part.index) + rest.slice(part.index + part[0].length);
  }
  return html.slice(0, index) + rest;
}
