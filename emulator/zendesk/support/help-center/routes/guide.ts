import type { Request, Response } from 'express';
import { accountOf, principalOf } from '../../../account/index.ts';
import { recordNotFound } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { scopeOf } from '../../routes/http.ts';
import { arrayListing } from '../../routes/listing.ts';
import { sendPage } from '../../routes/page.ts';
import type { AnyContent, Translation } from '../entities.ts';
import { localeName } from '../translations.ts';
import { type Viewer, visible } from '../visibility.ts';
import type { GuideScope } from '../wire.ts';

/** Lists show so many rows unless told otherwise (recorded). */
const PER_PAGE = 30;
/** Of a list; its offset answers tell page and page count too (recorded). */
export const NUMBERED = { perPage: PER_PAGE, numbered: true };

/** What every handler of the Help Center works with. */
export interface Guide extends GuideScope, Viewer {
  readonly account: string;
  /** Of the path. */
  readonly locale: string | undefined;
}

/** @throws ApiError 404 for a language that the Help Center does not have, and when its brand was deleted (both inferred) */
export function guideOf(support: Support, req: Request, res: Response): Guide {
  const { account, base } = scopeOf(res);
  if (support.brands.isGuideGone(account)) throw recordNotFound();
  const settings = support.helpCenter.settings(account);
  const named = req.params['locale'];
  const locale = named === undefined ? undefined : localeName(String(named));
  if (locale !== undefined && !settings.locales.includes(locale)) throw recordNotFound();
  const principal = principalOf(res);
  const viewer = support.helpCenter.viewer(account, principal.kind === 'token' ? principal.userId : null);
  return { account, base, site: `https://${accountOf(res).name}.zendesk.com`, ...viewer, locale };
}

/** Content with the translation that the reader sees of it, and what it is sorted by. */
export interface Shown<Content extends AnyContent = AnyContent> {
  readonly id: number;
  readonly content: Content;
  readonly translation: Translation;
  readonly position: number;
  readonly title: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly edited_at: string;
}

/** What the reader may see of the rows. */
export function shownTo<Content extends AnyContent>(guide: Guide, rows: readonly Content[]): Shown<Content>[] {
  return rows.flatMap((content) => {
    const translation = visible(guide, content, guide.locale);
    return translation ? [row(content, translation)] : [];
  });
}

function row<Content extends AnyContent>(content: Content, translation: Translation): Shown<Content> {
  const { id, position, created_at, updated_at } = content;
  const edited = content.kind === 'article' ? content.edited_at : translation.updated_at;
  return { id, content, translation, position, title: translation.title.toLowerCase(), created_at, updated_at, edited_at: edited };
}

/** @throws ApiError 404 for what the reader cannot see */
export function expectShown<Content extends AnyContent>(guide: Guide, content: Content): Shown<Content> {
  const [shown] = shownTo(guide, [content]);
  if (!shown) throw recordNotFound();
  return shown;
}

/** Sorting and paging as the Help Center has them; offset answers tell page, page count and order too (recorded). */
export function sendContent<Content extends AnyContent>(
  req: Request,
  res: Response,
  key: string,
  rows: readonly Shown<Content>[],
  wire: (row: Shown<Content>) => unknown,
  beside?: (rows: readonly Shown<Content>[]) => Record<string, unknown>,
): void {
  const listing = arrayListing(rows, ['position', 'title', 'created_at', 'updated_at', 'edited_at']);
  const spec = { key, action: `help_center/${key}/index`, order: { by: 'position', descending: false }, ...NUMBERED };
  sendPage(req, res, { ...spec, ...(beside ? { beside } : {}) }, listing, wire);
}
