import { textFromHtml } from '../tickets/comment-text.ts';
import type { Article, Translation } from './entities.ts';

/** Characters of a snippet. */
const SNIPPET = 200;
/** What a word counts in the title, in a label and in the body (inferred). */
const WEIGHTS = { title: 5, label: 3, body: 1 } as const;
/** Words of a query that count (inferred). */
const MOST_TERMS = 20;

export interface ArticleHit {
  readonly score: number;
  /** The part of the text that matches, its words between `<em>` tags (documented). */
  readonly snippet: string;
}

/**
 * What an article is to a query: words, and phrases in quotation marks. Any word will do, more words come first; phrases
 * have to be there (relevance inferred). An empty query matches every article, one
 * without a word none.
 */
export function articleMatcher(query: string): (article: Article, translation: Translation) => ArticleHit | undefined {
  const phrases = [...query.matchAll(/(["'])(.+?)\1/g)].map((match) => (match[2] ?? '').toLowerCase());
  const terms = [...new Set((query.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []).map(stem))].slice(0, MOST_TERMS);
  const patterns = terms.map((term) => new RegExp(`(?<![\\p{L}\\p{N}_])${term}`, 'iu'));
  const anywhere = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${terms.join('|')})[\\p{L}\\p{N}_]*`, 'giu');
  return (article, translation) => {
    const text = textOf(translation);
    if (terms.length === 0) return query.trim() === '' ? { score: 0, snippet: escaped(text.slice(0, SNIPPET)) } : undefined;
    const all = phrases.length > 0 ? `${translation.title}\n${text}`.toLowerCase() : '';
    if (!phrases.every((phrase) => all.includes(phrase))) return undefined;
    const parts = { title: translation.title, label: article.label_names.join(' '), body: text };
    let score = 0;
    for (const pattern of patterns) {
      for (const [part, weight] of Object.entries(WEIGHTS)) if (pattern.test(parts[part as keyof typeof parts])) score += weight;
    }
    return score === 0 ? undefined : { score, snippet: snippetOf(text, anywhere) };
  };
}

/** A plural finds its singular, and any word those that begin with it. */
function stem(word: string): string {
  return word.length > 3 ? word.replace(/s$/, '') : word;
}

/** Plain texts of bodies; translations are shared and never changed, so that each is read once. */
const texts = new WeakMap<Translation, string>();

function textOf(translation: Translation): string {
  const known = texts.get(translation);
  if (known !== undefined) return known;
  const text = textFromHtml(translation.body).plain_body;
  texts.set(translation, text);
  return text;
}

function snippetOf(text: string, words: RegExp): string {
  const from = Math.max(0, text.search(words) - SNIPPET / 4);
  const shown = text.slice(from, from + SNIPPET);
  let at = 0;
  let result = '';
  for (const match of shown.matchAll(words)) {
    result += `${escaped(shown.slice(at, match.index))}<em>${escaped(match[0])}</em>`;
    at = match.index + match[0].length;
  }
  return `${from > 0 ? '...' : ''}${result}${escaped(shown.slice(at))}${from + SNIPPET < text.length ? '...' : ''}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
