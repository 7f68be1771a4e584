import type { Collection } from '../../../core/collection.ts';
import { Memo } from '../../../core/memo.ts';
import type { SupportContext } from '../context.ts';
import { blank, invalidValue, recordInvalid, recordNotFound, taken } from '../errors.ts';
import type { Brand, BrandDraft } from './entities.ts';

const SUBDOMAIN = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const HOST = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;
const SIGNATURE = '{{agent.signature}}';

/** Brands (vendor article "Brands"). The account's own is the default for ever: that another becomes it is not emulated. */
export class BrandService {
  readonly #context: SupportContext;
  readonly #brands: Collection<Brand>;
  readonly #lists: Memo<readonly Brand[]>;

  constructor(context: SupportContext) {
    this.#context = context;
    this.#brands = context.core.store.collection<Brand>({ name: 'brands', key: ({ id }) => id });
    this.#lists = new Memo(this.#brands);
  }

  /** The one of a new account. */
  found(account: string): void {
    const { brand } = this.#context.accounts.expect(account);
    this.#brands.insert(account, this.#bare(account, brand.id, brand.name, account));
  }

  list(account: string): readonly Brand[] {
    return this.#all(account).filter((brand) => !brand.is_deleted);
  }

  withDeleted(account: string): readonly Brand[] {
    return this.#all(account);
  }

  isDefault(account: string, { id }: Brand): boolean {
    return this.#context.accounts.expect(account).brand.id === id;
  }

  /** @throws ApiError 404 */
  expect(account: string, id: number): Brand {
    const brand = this.list(account).find((each) => each.id === id);
    if (!brand) throw recordNotFound();
    return brand;
  }

  /** @throws ApiError 422 */
  create(account: string, draft: BrandDraft): Brand {
    return this.#keep(account, this.#bare(account, this.#context.ids(account)(), '', ''), draft);
  }

  /** @throws ApiError 404, 422 */
  update(account: string, id: number, patch: BrandDraft): Brand {
    return this.#keep(account, this.expect(account, id), patch);
  }

  /** Tickets keep it. @throws ApiError 404, or 422 for the default brand */
  delete(account: string, id: number): void {
    const brand = this.expect(account, id);
    if (this.isDefault(account, brand)) throw defaultStays('deleted');
    this.#brands.put(account, { ...brand, active: false, is_deleted: true, updated_at: this.#context.now(account) });
  }

  #all(account: string): readonly Brand[] {
    return this.#lists.get(account, () => this.#brands.find(account));
  }

  #keep(account: string, before: Brand, patch: BrandDraft): Brand {
    const name = (patch.name ?? before.name).trim();
    if (name === '') throw blank('name', 'Name');
    const subdomain = (patch.subdomain ?? before.subdomain).toLowerCase();
    if (subdomain === '') throw blank('subdomain', 'Subdomain');
    if (!SUBDOMAIN.test(subdomain)) throw invalidValue('subdomain', 'Subdomain', subdomain);
    if (this.list(account).some((each) => each.id !== before.id && each.subdomain === subdomain)) throw taken('subdomain', 'Subdomain');
    const host = patch.host_mapping === undefined ? before.host_mapping : patch.host_mapping || null;
    if (host !== null && !HOST.test(host)) throw invalidValue('host_mapping', 'Host mapping', host);
    const active = patch.active ?? before.active;
    if (!active && this.isDefault(account, before)) throw defaultStays('deactivated');
    const signature = patch.signature_template ?? before.signature_template;
    const forms = patch.ticket_form_ids ?? before.ticket_form_ids;
    const own = { name, subdomain, host_mapping: host, active, signature_template: signature, ticket_form_ids: forms };
    const brand = { ...before, ...own, updated_at: this.#context.now(account) };
    this.#brands.put(account, brand);
    return brand;
  }

  #bare(account: string, id: number, name: string, subdomain: string): Brand {
    const now = this.#context.now(account);
    const rest = { active: true, signature_template: SIGNATURE, ticket_form_ids: null, is_deleted: false };
    return { id, name, subdomain, host_mapping: null, ...rest, created_at: now, updated_at: now };
  }
}

function defaultStays(what: string): ReturnType<typeof recordInvalid> {
  return recordInvalid({ base: [{ description: `Brand: the default brand cannot be ${what}`, error: 'InvalidValue' }] });
}
