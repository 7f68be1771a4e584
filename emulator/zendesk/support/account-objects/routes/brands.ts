import express, { type Request, type Response, type Router } from 'express';
import { sendJson } from '../../../account/index.ts';
import { measure } from '../../files/measure.ts';
import type { Support } from '../../index.ts';
import { bodyTooLarge } from '../../routes/attachments.ts';
import { fileIn, formOf, type FormFile } from '../../routes/form-file.ts';
import { idOf, queryOf, scopeOf } from '../../routes/http.ts';
import { arrayListing } from '../../routes/listing.ts';
import { sendPage } from '../../routes/page.ts';
import { permit, type Shape } from '../../routes/permit.ts';
import type { Brand, BrandDraft } from '../entities.ts';
import { wireBrand } from '../wire.ts';

const BRAND: Shape = {
  name: 'text',
  subdomain: 'text',
  brand_url: 'any',
  host_mapping: 'text',
  active: 'boolean',
  default: 'boolean',
  signature_template: 'text',
  ticket_form_ids: 'integers',
  has_help_center: 'any',
  help_center_state: 'any',
  // Written as a form.
  logo: 'any',
};

const LOGO = 'brand[logo][uploaded_data]';

/** Brands. */
export function brandRoutes(router: Router, support: Support): void {
  const { brands } = support;
  const send = (res: Response, status: number, brand: Brand): void =>
    sendJson(res, status, { brand: wireBrand(support, scopeOf(res), brand) });
  const sendLogo = async (res: Response, id: number, file: FormFile): Promise<void> =>
    send(res, 200, brands.setLogo(scopeOf(res).account, id, { ...file, measures: await measure(file.contentType, file.bytes) }));
  const form = express.raw({ type: 'multipart/form-data', limit: '50mb' });

  router.get('/brands', (req, res) => {
    const { account } = scopeOf(res);
    const rows = queryOf(req).get('include_deleted') === 'true' ? brands.withDeleted(account) : brands.list(account);
    // Sorted by name (documented).
    const spec = { key: 'brands', action: 'brands/index', order: { by: 'name', descending: false } };
    sendPage(req, res, spec, arrayListing(rows, ['name']), (brand) => wireBrand(support, scopeOf(res), brand));
  });

  router.post('/brands', (req, res) => {
    const brand = brands.create(scopeOf(res).account, permit<BrandDraft>(res, req.body, 'brand', BRAND, 'brands/create'));
    res.set('Location', `${scopeOf(res).base}/api/v2/brands/${brand.id}.json`);
    send(res, 201, brand);
  });

  router.get('/brands/:brand_id', (req, res) => {
    send(res, 200, brands.expect(scopeOf(res).account, idOf(req, 'brand_id', 'brands/show')));
  });

  /** A form has a logo (documented), and nothing else. */
  router.put('/brands/:brand_id', form, bodyTooLarge, async (req: Request, res: Response) => {
    const id = idOf(req, 'brand_id', 'brands/update');
    const logo = await formOf(req, LOGO, 'brands/update');
    if (logo) return sendLogo(res, id, await fileIn(logo, LOGO, 'brands/update'));
    send(res, 200, brands.update(scopeOf(res).account, id, permit<BrandDraft>(res, req.body, 'brand', BRAND, 'brands/update')));
  });

  router.put('/brands/:brand_id/logo', form, bodyTooLarge, async (req: Request, res: Response) => {
    const id = idOf(req, 'brand_id', 'brands/logo');
    await sendLogo(res, id, await fileIn(await formOf(req, LOGO, 'brands/logo'), LOGO, 'brands/logo'));
  });

  router.delete('/brands/:brand_id/logo', (req, res) => {
    brands.deleteLogo(scopeOf(res).account, idOf(req, 'brand_id', 'brands/logo'));
    res.status(204).end();
  });

  router.delete('/brands/:brand_id', (req, res) => {
    brands.delete(scopeOf(res).account, idOf(req, 'brand_id', 'brands/destroy'));
    res.status(204).end();
  });
}
