import { SYSTEM } from '../context.ts';
import type { Actor } from '../entities.ts';
import type { ArticleDraft, ContentDraft, SectionDraft } from './entities.ts';
import type { HelpCenter } from './help-center.ts';

/** The part of a seed that fills the Help Center. */
export interface HelpCenterSeed {
  /** Languages, the default one first; `en-us` only unless given. */
  locales?: readonly string[];
  categories?: readonly (ContentDraft & { sections?: readonly (SectionDraft & { articles?: readonly ArticleDraft[] })[] })[];
}

/** Lays down a Help Center's content; the account's owner has written it. */
export function layHelpCenter(helpCenter: HelpCenter, account: string, seed: HelpCenterSeed, ownerId: number | null): void {
  const actor: Actor = { ...SYSTEM, userId: ownerId };
  if (seed.locales) helpCenter.setLocales(account, seed.locales);
  for (const { sections = [], ...category } of seed.categories ?? []) {
    const { id: categoryId } = helpCenter.createCategory(account, category, actor);
    for (const { articles = [], ...section } of sections) {
      const { id: sectionId } = helpCenter.createSection(account, categoryId, section, actor);
      for (const article of articles) helpCenter.createArticle(account, sectionId, article, actor);
    }
  }
}
