import { textFromHtml } from '../tickets/comment-text.ts';
import type { Article, Translation } from './entities.ts';

/** Characters of a snippet. */
const SNIPPET = 200;
/** What a word counts in the title, in a label and in the body (inferred). */
const WEIGHTS = { title: 5, label: 3, body: 1 } as const;

export interface ArticleHit {
  readonly score: number;
  /** The part of the text that matches, its words between `<em>` tags (documented). */
  readonly snippet: string;
}

/**
 * What an article is to a query: words, and phrases in quotation marks. Any word will do, more words come first; phrases
 * have to be there (relevance inferred). Without words every article matches.
 */
export function articleMatcher(query: string): (article: Article, translation: Translation) => ArticleHit | undefined {
  const phrases = [...query.matchAll(/(["'])(.+?)\1/g)].map((match) => (match[2] ?? '').toLowerCase());
  const terms = wordsOf(query).map(({ stem }) => stem);
  return (article, { title, body }) => {
    const text = textFromHtml(body).plain_body;
    if (terms.length === 0) return { score: 0, snippet: escaped(text.slice(0, SNIPPET)) };
    const all = `${title}\n${text}`.toLowerCase();
    if (!phrases.every((phrase) => all.includes(phrase))) return undefined;
    const parts = { title: wordsOf(title), label: wordsOf(article.label_names.join(' ')), body: wordsOf(text) };
    let score = 0;
    for (const term of terms) {
      for (const [part, weight] of Object.entries(WEIGHTS)) {
        if (parts[part as keyof typeof parts].some(({ stem }) => stem.startsWith(term))) score += weight;
      }
    }
    return score === 0 ? undefined : { score, snippet: snippetOf(text, parts.body, terms) };
  };
}

interface Word {
  readonly stem: string;
  readonly at: number;
  readonly length: number;
}

/** A plural finds its singular. */
function wordsOf(text: string): Word[] {
  return [...text.matchAll(/[\p{L}\p{N}_]+/gu)].map((match) => {
    const word = match[0].toLowerCase();
    return { stem: word.length > 3 ? word.replace(/s$/, '') : word, at: match.index, length: match[0].length };
  });
}

function snippetOf(text: string, words: readonly Word[], terms: readonly string[]): string {
  const hits = words.filter(({ stem }) => terms.some((term) => stem.startsWith(term)));
  const from = Math.max(0, (hits[0]?.at ?? 0) - SNIPPET / 4);
  let at = from;
  let result = '';
  for (const hit of hits) {
    if (hit.at + hit.length > from + SNIPPET) break;
    result += `${escaped(text.slice(at, hit.at))}<em>${escaped(text.slice(hit.at, hit.at + hit.length))}</em>`;
    at = hit.at + hit.length;
  }
  return `${from > 0 ? '...' : ''}${result}${escaped(text.slice(at, from + SNIPPET))}${from + SNIPPET < text.length ? '...' : ''}`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
