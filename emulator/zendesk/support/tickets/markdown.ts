import { createRequire } from 'node:module';
import type Library from 'markdown-it';
import type { MarkdownIt } from 'markdown-it';

/** What only Markdown has; a text without is shown as it stands. */
const MARKS = /[*_`~\\]|\]\(|^ {0,3}(?:[#>]|[-+]\s|\d+[.)]\s|---)/m;

let loaded: MarkdownIt | undefined;

/**
 * HTML of a text that has Markdown in it, with Zendesk's attributes; undefined for any other. How far Zendesk's Markdown goes
 * is inferred: CommonMark with line breaks kept and without what plain texts have by chance (signatures, indentation).
 */
export function markdown(text: string): string | undefined {
  if (!MARKS.test(text)) return undefined;
  // Loaded with the first text that needs it.
  loaded ??= (createRequire(import.meta.url)('markdown-it') as typeof Library)({ breaks: true }).disable(['lheading', 'code', 'table']);
  return loaded
    .render(text)
    .replace(/(<br>|<\/?(?:p|[uo]l|li|h[1-6]|hr|blockquote|pre)\b[^>]*>)\n/g, '$1')
    .replace(/<(p|[uo]l|h[1-6])(?=[ >])/g, '<$1 dir="auto"');
}
