import type { Response, Router } from 'express';
import { accountOf, principalOf, sendJson } from '../../account/index.ts';
import { invalidAttribute, recordNotFound } from '../errors.ts';
import type { Support } from '../index.ts';
import { type Language, languageName, languageOf, languageOfCode, LANGUAGES, spokenBy } from '../languages.ts';
import type { Json } from '../wire.ts';
import { scopeOf } from './http.ts';

/** Languages to read: all of them, one, and the caller's own. */
export function localeRoutes(router: Router, { users }: Support): void {
  const shown = (res: Response, language: Language): Json => wireLocale(language, accountOf(res).createdAt, scopeOf(res).base);
  // All that there are, for every account (inferred).
  for (const path of ['/locales', '/locales/agent', '/locales/public']) {
    router.get(path, (_req, res) => sendJson(res, 200, { locales: LANGUAGES.map((language) => shown(res, language)) }));
  }
  // The best for somebody is the one that they speak (inferred).
  for (const path of ['/locales/current', '/locales/detect_best_locale']) {
    router.get(path, (_req, res) => {
      const principal = principalOf(res);
      const user = principal.kind === 'token' ? users.get(scopeOf(res).account, principal.userId) : undefined;
      sendJson(res, 200, { locale: shown(res, spokenBy(user)) });
    });
  }
  /** By id or by name. */
  router.get('/locales/:locale_id', (req, res) => {
    const name = String(req.params['locale_id']);
    if (!/^[\w-]{1,20}$/.test(name)) throw invalidAttribute('id', 'must be an integer', 'locales/show');
    const language = languageOf(name) ?? languageOfCode(name);
    if (!language) throw recordNotFound();
    sendJson(res, 200, { locale: shown(res, language) });
  });
}

function wireLocale(language: Language, since: string, base: string): Json {
  const { id, locale } = language;
  const url = `${base}/api/v2/locales/${locale}.json`;
  return { url, id, locale, name: languageName(language), created_at: since, updated_at: since };
}
