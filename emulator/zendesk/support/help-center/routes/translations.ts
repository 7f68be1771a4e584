import type { Request, Response, Router } from 'express';
import { sendJson } from '../../../account/index.ts';
import { recordNotFound } from '../../errors.ts';
import type { Support } from '../../index.ts';
import { actorOf, idOf, queryOf } from '../../routes/http.ts';
import { arrayListing } from '../../routes/listing.ts';
import { sendPage } from '../../routes/page.ts';
import { permit, type Shape } from '../../routes/permit.ts';
import type { AnyContent, ContentKind, TranslationDraft } from '../entities.ts';
import { localeName, translationIn } from '../translations.ts';
import { plural, wireTranslation } from '../wire.ts';
import { list } from './filters.ts';
import { expectShown, guideOf } from './guide.ts';

/** A translation to write. */
export const TRANSLATION: Shape = { locale: 'text', title: 'text', body: 'text', draft: 'boolean', hidden: 'boolean', outdated: 'boolean' };

/** Languages and translations (vendor reference "Translations"). */
export function translationRoutes(router: Router, support: Support): void {
  const { helpCenter } = support;

  router.get('/help_center/locales', (req, res) => {
    const { locales, default_locale } = guideOf(support, req, res).settings;
    sendJson(res, 200, { locales, default_locale });
  });

  router.delete('/help_center/translations/:translation_id', (req, res) => {
    const { account } = guideOf(support, req, res);
    helpCenter.deleteTranslation(account, idOf(req, 'translation_id', 'translations/destroy'), actorOf(req, res));
    res.status(204).end();
  });

  for (const kind of ['article', 'section', 'category'] as const) {
    const root = `/help_center/${plural(kind)}/:${kind}_id/translations`;

    router.get(root, (req, res) => {
      const content = contentOf(req, res, kind, 'index');
      const query = queryOf(req);
      const locales = list(query.get('locales')).map(localeName);
      const rows = content.translations.filter(
        (each) => (locales.length === 0 || locales.includes(each.locale)) && flagged(query, 'draft', each.draft) && flagged(query, 'outdated', each.outdated),
      ); // prettier-ignore
      const guide = guideOf(support, req, res);
      const spec = { key: 'translations', action: 'translations/index', perPage: 30, numbered: true };
      sendPage(req, res, spec, arrayListing(rows, ['locale', 'created_at', 'updated_at']), (each) => wireTranslation(guide, content, each));
    });

    router.get(`${root}/missing`, (req, res) => {
      const content = contentOf(req, res, kind, 'missing');
      const { locales } = guideOf(support, req, res).settings;
      sendJson(res, 200, { locales: locales.filter((locale) => !translationIn(content, locale)) });
    });

    router.post(root, (req, res) => {
      const { account } = guideOf(support, req, res);
      const draft = permit<TranslationDraft>(res, req.body, 'translation', TRANSLATION, 'translations/create');
      const id = idOf(req, `${kind}_id`, 'translations/create');
      send(req, res, 201, helpCenter.addTranslation(account, kind, id, draft, actorOf(req, res)), localeName(draft.locale ?? ''));
    });

    router.get(`${root}/:translation_locale`, (req, res) => {
      const content = contentOf(req, res, kind, 'show');
      send(req, res, 200, content, String(req.params['translation_locale']));
    });

    router.put(`${root}/:translation_locale`, (req, res) => {
      const { account } = guideOf(support, req, res);
      const patch = permit<TranslationDraft>(res, req.body, 'translation', TRANSLATION, 'translations/update');
      const locale = String(req.params['translation_locale']);
      const id = idOf(req, `${kind}_id`, 'translations/update');
      send(req, res, 200, helpCenter.updateTranslation(account, kind, id, locale, patch, actorOf(req, res)), locale);
    });
  }

  function contentOf(req: Request, res: Response, kind: ContentKind, action: string): AnyContent {
    const { account } = guideOf(support, req, res);
    return helpCenter.expect(account, kind, idOf(req, `${kind}_id`, `translations/${action}`));
  }

  /** As far as the reader may see it. */
  function send(req: Request, res: Response, status: number, content: AnyContent, locale: string): void {
    const guide = guideOf(support, req, res);
    if (!translationIn(content, locale)) throw recordNotFound();
    const { translation } = expectShown({ ...guide, locale }, content);
    sendJson(res, status, { translation: wireTranslation(guide, content, translation) });
  }
}

function flagged(query: URLSearchParams, name: string, value: boolean): boolean {
  const wanted = query.get(name);
  return wanted === null || (wanted === 'true') === value;
}
