import type { Collection } from '../../../core/collection.ts';
import type { SupportContext } from '../context.ts';
import { blank, recordNotFound } from '../errors.ts';
import { labelNames } from './articles.ts';
import type { Article, Label } from './entities.ts';
import type { Shelf } from './shelf.ts';

/** Labels of articles (vendor reference "Article Labels"). One that no article has any more is gone (inferred). */
export class Labels {
  readonly #context: SupportContext;
  readonly #labels: Collection<Label>;
  readonly #articles: Shelf<Article>;

  constructor(context: SupportContext, articles: Shelf<Article>) {
    this.#context = context;
    this.#articles = articles;
    this.#labels = context.core.store.collection<Label>({
      name: 'guide_labels',
      key: ({ id }) => id,
      indexes: { name: ({ name }) => name },
    });
  }

  /** Gives names that are new an id. */
  note(account: string, names: readonly string[]): void {
    for (const name of names) this.#named(account, name);
  }

  list(account: string): Label[] {
    const used = new Set(this.#articles.list(account).flatMap(({ label_names }) => label_names));
    return this.#labels.find(account).filter(({ name }) => used.has(name));
  }

  /** @throws ApiError 404 */
  expect(account: string, id: number): Label {
    const label = this.list(account).find((each) => each.id === id);
    if (!label) throw recordNotFound();
    return label;
  }

  /** In the order of the article's names. */
  of(account: string, article: Article): Label[] {
    return article.label_names.map((name) => this.#named(account, name));
  }

  /** Inside a transaction. @throws ApiError 404, 422 */
  add(account: string, articleId: number, name: string): Label {
    const article = this.#articles.expect(account, articleId);
    const [wanted] = labelNames([name]);
    if (wanted === undefined) throw blank('name', 'Name');
    this.#articles.keep(account, { ...article, label_names: labelNames([...article.label_names, wanted]) });
    return this.#named(account, wanted);
  }

  /** Inside a transaction. @throws ApiError 404 */
  remove(account: string, articleId: number, labelId: number): void {
    const article = this.#articles.expect(account, articleId);
    const name = this.expect(account, labelId).name;
    if (!article.label_names.includes(name)) throw recordNotFound();
    this.#articles.keep(account, { ...article, label_names: article.label_names.filter((each) => each !== name) });
  }

  #named(account: string, name: string): Label {
    const known = this.#labels.first(account, { where: { name } });
    if (known) return known;
    const now = this.#context.now(account);
    const label: Label = { id: this.#context.ids(account)(), name, created_at: now, updated_at: now };
    this.#labels.insert(account, label);
    return label;
  }
}
