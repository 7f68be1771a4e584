import type { Response, Router } from 'express';
import { accountOf, sendJson } from '../../account/index.ts';
import { invalidAttribute, recordNotFound } from '../errors.ts';
import type { Json } from '../wire.ts';
import { locale } from '../wire-account.ts';
import { scopeOf } from './http.ts';

/** Locales to read: the one that every account has. */
export function localeRoutes(router: Router): void {
  const shown = (res: Response): Json & { readonly id: number } => locale(accountOf(res), scopeOf(res).base);

  for (const path of ['/locales', '/locales/agent', '/locales/public']) {
    router.get(path, (_req, res) => sendJson(res, 200, { locales: [shown(res)] }));
  }
  router.get('/locales/current', (_req, res) => sendJson(res, 200, { locale: shown(res) }));
  router.get('/locales/detect_best_locale', (_req, res) => sendJson(res, 200, { locale: shown(res) }));
  /** By id or by name. */
  router.get('/locales/:locale_id', (req, res) => {
    const name = String(req.params['locale_id']);
    if (!/^[\w-]{1,20}$/.test(name)) throw invalidAttribute('id', 'must be an integer', 'locales/show');
    const only = shown(res);
    if (name !== String(only.id) && name.toLowerCase() !== 'en-us') throw recordNotFound();
    sendJson(res, 200, { locale: only });
  });
}
