import type { TestServer } from '../../emulator/zendesk/support/testing/test-server.ts';
import type { Call } from './support-drive-bulk.ts';

/** Uses the objects of an account that are neither tickets nor people. */
export async function driveObjects(server: TestServer, call: Call): Promise<void> {
  server.support.helpCenter.setLocales('acme', ['en-us', 'de']);
  await driveFields(call);
  await driveAccountObjects(call);
  await driveHappenings(server, call);
  await driveSchedules(call);
  await driveHelpCenter(call);
}

/** Ratings, the activity stream, suspended tickets and the account's settings. */
async function driveHappenings(server: TestServer, call: Call): Promise<void> {
  const { tickets, users, suspended } = server.support;
  const amy = users.create('acme', { name: 'Amy', role: 'agent' }, server.api);
  const own = { requester_id: server.ownerId, assignee_id: server.ownerId };
  const { ticket } = tickets.create('acme', { comment: 'x', ...own }, { userId: amy.id, via: 'web' });
  tickets.update('acme', ticket.id, { comment: 'y' }, { userId: amy.id, via: 'web' });
  for (const path of ['/activities', '/activities?page[size]=1', '/activities/count']) await call('GET', path);
  const { activities } = (await call('GET', '/activities')) as unknown as { activities: { id: number }[] };
  await call('GET', `/activities/${activities[0]?.id}`);
  await call('POST', `/tickets/${ticket.id}/satisfaction_rating`, { satisfaction_rating: { score: 'good' } });
  tickets.update('acme', ticket.id, { status: 'solved' }, server.api);
  const { satisfaction_rating: rating } = await call('POST', `/tickets/${ticket.id}/satisfaction_rating`, {
    satisfaction_rating: { score: 'bad', comment: 'c', reason_code: 5 },
  });
  const { trigger } = await call('POST', '/triggers', {
    trigger: {
      title: 'Ask',
      all: [{ field: 'update_type', value: 'Create' }],
      actions: [{ field: 'satisfaction_score', value: 'offered' }],
    },
  });
  const { ticket: offered } = await call('POST', '/tickets', { ticket: { comment: 'x', assignee_id: server.ownerId } });
  for (const path of [`/tickets/${offered?.id}`, `/tickets/${offered?.id}/audits`, '/satisfaction_ratings?score=offered']) await call('GET', path); // prettier-ignore
  await call('DELETE', `/triggers/${trigger?.id}`);
  await call('DELETE', `/tickets/${offered?.id}`);
  for (const path of ['', '?page[size]=1', '/count', `/${rating?.id}`, '?score=great']) await call('GET', `/satisfaction_ratings${path}`);
  await call('GET', `/tickets/${ticket.id}`);
  const { reasons } = (await call('GET', '/satisfaction_reasons')) as unknown as { reasons: { id: number }[] };
  await call('GET', `/satisfaction_reasons/${reasons[0]?.id}`);
  await call('DELETE', `/tickets/${ticket.id}`);
  const attachments = [{ file_name: 'a.txt', content_type: 'text/plain', content: 'YQ==' }];
  const [one, two, three, four] = ['a', 'b', 'c', 'd'].map((name) => suspended.suspend('acme', { author: { email: `${name}@s.example` }, content: name, attachments }).id); // prettier-ignore
  await call('GET', '/suspended_tickets');
  await call('GET', `/suspended_tickets/${one}`);
  await call('PUT', `/suspended_tickets/${one}/recover`);
  await call('PUT', `/suspended_tickets/recover_many?ids=${two}`);
  await call('POST', `/suspended_tickets/attachments?id=${three}`);
  await call('POST', '/suspended_tickets/export');
  await call('DELETE', `/suspended_tickets/${three}`);
  await call('PUT', `/suspended_tickets/bulk_recover?ids=${four},1`, { author: { email: 'hank@nowhere.example' } });
  const { job_status: job } = await call('PUT', `/suspended_tickets/bulk_recover?ids=${four},1`, { author: { id: amy.id } });
  server.advance(1_000);
  await call('GET', `/job_statuses/${job?.id}`);
  await call('DELETE', `/suspended_tickets/destroy_many?ids=${three}`);
  await call('GET', '/account/settings');
  await call('PUT', '/account/settings', { settings: { tickets: { tagging: false } } });
  await call('GET', '/account/email_settings');
  await call('PUT', '/account/email_settings', { settings: { email: { no_mail_delimiter: false } } });
  await call('GET', '/sharing_agreements');
}

async function driveAccountObjects(call: Call): Promise<void> {
  const { custom_status: status } = await call('POST', '/custom_statuses', {
    custom_status: { status_category: 'open', agent_label: 'In work' },
  });
  await call('PUT', `/custom_statuses/${status?.id}`, { custom_status: { agent_label: 'At work' } });
  const { custom_statuses: statuses } = (await call('GET', '/custom_statuses?status_categories=open')) as unknown as { custom_statuses: { id: number }[] }; // prettier-ignore
  await call('PUT', '/custom_status/default', { ids: String(status?.id) });
  await call('DELETE', `/custom_statuses/${status?.id}`);
  await call('PUT', '/custom_status/default', { ids: String(statuses.find(({ id }) => id !== status?.id)?.id) });
  await call('DELETE', `/custom_statuses/${status?.id}`);
  const { ticket_form: form } = await call('POST', '/ticket_forms', { ticket_form: { name: 'Repair' } });
  await call('PUT', `/ticket_forms/${form?.id}`, { ticket_form: { end_user_visible: true } });
  await call('POST', `/ticket_forms/${form?.id}/clone`, {});
  await call('PUT', '/ticket_forms/reorder', { ticket_form_ids: [form?.id] });
  const one = `/ticket_forms/${form?.id}/ticket_form_statuses`;
  type Rows = { ticket_form_statuses: { id: string }[] };
  const { custom_status: extra } = await call('POST', '/custom_statuses', {
    custom_status: { status_category: 'open', agent_label: 'Extra' },
  });
  await call('POST', one, { ticket_form_status: [{ custom_status_id: extra?.id }] });
  await call('POST', one, { ticket_form_status: [{ custom_status_id: 1 }] });
  await call('PUT', one, { ticket_form_status: [{ custom_status_id: statuses[0]?.id }] });
  const { ticket_form_statuses: rows } = (await call('GET', one)) as unknown as Rows;
  await call('GET', '/ticket_form_statuses');
  await call('GET', `/ticket_form_statuses/show_many?ids=${rows[0]?.id}`);
  await call('PUT', `${one}/${rows[0]?.id}`, { ticket_form_status: [{ custom_status_id: extra?.id }] });
  await call('DELETE', `${one}/${rows[0]?.id}`);
  await call('DELETE', one, { id: [rows[1]?.id] });
  await call('POST', `/custom_statuses/${extra?.id}/ticket_form_statuses`, { ticket_form_status: [{ ticket_form_id: form?.id }] });
  await call('DELETE', `/custom_statuses/${extra?.id}`);
  await call('DELETE', `/ticket_forms/${form?.id}`);
  const { brand } = await call('POST', '/brands', { brand: { name: 'Acme Pro', subdomain: 'acmepro' } });
  await call('POST', '/brands', { brand: { name: 'Twin', subdomain: 'acmepro' } });
  const { brands } = (await call('GET', '/brands')) as unknown as { brands: { id: number; default: boolean }[] };
  await call('PUT', `/brands/${brand?.id}`, { brand: { name: 'Pro', default: true } });
  await call('PUT', `/brands/${brands.find((each) => each.default)?.id}`, { brand: { default: true } });
  const head = 'Content-Disposition: form-data; name="brand[logo][uploaded_data]"; filename="l.gif"\r\nContent-Type: image/gif';
  await call('PUT', `/brands/${brand?.id}/logo`, `--b\r\n${head}\r\n\r\nGIF89a\u0002\0\u0001\0\r\n--b--\r\n`, {
    'content-type': 'multipart/form-data; boundary=b',
  });
  await call('DELETE', `/brands/${brand?.id}/logo`);
  await call('DELETE', `/brands/${brand?.id}`);
}

async function driveFields(call: Call): Promise<void> {
  const options = [{ name: 'Red', value: 'red' }];
  for (const [owner, type] of [
    ['ticket', 'tagger'],
    ['user', 'dropdown'],
  ] as const) {
    const key = `${owner}_field`;
    const field = (await call('POST', `/${key}s`, { [key]: { type, title: 'Colour', key: 'colour', custom_field_options: options } }))[key];
    const root = `/${key}s/${field?.id}`;
    await call('POST', `/${key}s`, { [key]: { type: 'regexp', title: 'x', regexp_for_validation: '[' } });
    await call('GET', `/${key}s/show_many?keys=colour`);
    const { custom_field_option: option } = await call('POST', `${root}/options`, { custom_field_option: { name: 'Blue', value: 'blue' } });
    await call('POST', `${root}/options`, { custom_field_option: { id: option?.id, name: 'Sky', value: 'sky' } });
    await call('GET', `${root}/options`);
    await call('GET', `${root}/options/${option?.id}`);
    await call('DELETE', `${root}/options/${option?.id}`);
    await call('PUT', root, { [key]: { title: 'Paint' } });
    await call('PUT', `/${key}s/reorder`, { [`${key}_ids`]: [field?.id] });
    await call('DELETE', root);
  }
  await call('PUT', '/organization_fields/reorder', { organization_field_ids: [] });
}

/** Each path with and without a locale. */
async function driveHelpCenter(call: Call): Promise<void> {
  const idOf = async (path: string, body: unknown): Promise<number> => Object.values(await call('POST', path, body))[0]?.id ?? 0;
  for (const root of ['/help_center', '/help_center/en-us']) {
    const category = await idOf(`${root}/categories`, { category: { name: 'Shop' } });
    const section = await idOf(`${root}/categories/${category}/sections`, { section: { name: 'Orders' } });
    const article = await idOf(`${root}/sections/${section}/articles`, { article: { title: 'Returns', body: 'Within a month' } });
    await call('POST', `${root}/sections/${section}/articles`, { article: { title: '' } });
    const parents = ['', `/sections/${section}`, `/categories/${category}`].map((parent) => `${parent}/articles`);
    for (const path of ['/categories', '/sections', `/categories/${category}/sections`, ...parents]) await call('GET', root + path);
    for (const [key, id] of [
      ['article', article],
      ['section', section],
      ['category', category],
    ] as const) {
      const plural = key === 'category' ? 'categories' : `${key}s`;
      await call('GET', `${root}/${plural}/${id}?include=translations,users`);
      await call('PUT', `${root}/${plural}/${id}`, { [key]: { position: 2 } });
      await call('GET', `${root}/${plural}/99`);
    }
    await call('GET', `${root}/articles/search?query=returns`);
    await call('GET', `${root}/articles/${article}/labels`);
    if (root === '/help_center') await driveTexts(call, { article, section, category });
    await driveReactions(call, `${root}/articles/${article}`);
    await driveFiles(call, `${root}/articles/${article}`);
    for (const content of [`articles/${article}`, `sections/${section}`]) await driveSubscriptions(call, `${root}/${content}`);
    await call('DELETE', `${root}/articles/${article}`);
    await call('DELETE', `${root}/sections/${section}`);
    await call('DELETE', `${root}/categories/${category}`);
  }
}

/** Who follows an article or a section. */
async function driveSubscriptions(call: Call, content: string): Promise<void> {
  const { subscription } = await call('POST', `${content}/subscriptions`, { subscription: { source_locale: 'en-us' } });
  await call('POST', `${content}/subscriptions`, { subscription: { source_locale: 'xx' } });
  await call('GET', `${content}/subscriptions?include=users,articles,sections`);
  await call('GET', `${content}/subscriptions/${subscription?.id}`);
  await call('GET', '/help_center/users/me/subscriptions');
  await call('DELETE', `${content}/subscriptions/${subscription?.id}`);
}

/** Files of an article. */
async function driveFiles(call: Call, article: string): Promise<void> {
  const part = (name: string, more: string, text: string): string =>
    `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${text}\r\n`;
  const form = `${part('file', '; filename="a.txt"', 'text')}${part('inline', '', 'true')}--b--\r\n`;
  const type = { 'content-type': 'multipart/form-data; boundary=b' };
  const made = (await call('POST', '/help_center/articles/attachments', form, type))['article_attachment'];
  await call('GET', `/help_center/articles/attachments/${made?.id}`);
  await call('POST', `${article}/bulk_attachments`, { attachment_ids: [made?.id] });
  for (const kind of ['', '/inline', '/block']) await call('GET', `${article}/attachments${kind}`);
  if (article.startsWith('/help_center/articles')) {
    await call('POST', `${article}/attachments`, form, type);
    await call('GET', `${article}/attachments/${made?.id}`);
  }
  await call('DELETE', `/help_center/articles/attachments/${made?.id}`);
}

/** What readers make of an article. */
async function driveReactions(call: Call, article: string): Promise<void> {
  const { comment } = await call('POST', `${article}/comments`, { comment: { body: 'Thanks', locale: 'en-us' } });
  await call('POST', `${article}/comments`, { comment: { body: '' } });
  const one = `${article}/comments/${comment?.id}`;
  await call('GET', `${article}/comments?include=users,articles`);
  await call('GET', one);
  await call('PUT', one, { comment: { body: 'Thank you' } });
  const { vote } = await call('POST', `${article}/up`, { vote: {} });
  await call('GET', `${article}/votes`);
  await call('GET', `${one}/votes`);
  if (article.startsWith('/help_center/articles')) {
    for (const way of ['up', 'down']) await call('POST', `${one}/${way}`);
    await call('POST', `${article}/down`);
    for (const of of ['comments', 'votes']) await call('GET', `/help_center/users/me/${of}`);
  }
  await call('GET', `/help_center/votes/${vote?.id}`);
  await call('DELETE', `/help_center/votes/${vote?.id}`);
  await call('DELETE', one);
}

async function driveTexts(call: Call, ids: { article: number; section: number; category: number }): Promise<void> {
  for (const [kind, plural] of [
    ['article', 'articles'],
    ['section', 'sections'],
    ['category', 'categories'],
  ] as const) {
    const root = `/help_center/${plural}/${ids[kind]}`;
    const { translation } = await call('POST', `${root}/translations`, { translation: { locale: 'de', title: 'x' } });
    await call('POST', `${root}/translations`, { translation: { locale: 'xx', title: 'x' } });
    await call('DELETE', `/help_center/translations/${translation?.id}`);
    await call('GET', `${root}/translations`);
    await call('GET', `${root}/translations/missing`);
    await call('GET', `${root}/translations/en-us`);
    await call('PUT', `${root}/translations/en-us`, { translation: { body: 'b' } });
    await call('PUT', `${root}/source_locale`, { [`${kind}_locale`]: 'en-us' });
  }
  const { label } = await call('POST', `/help_center/articles/${ids.article}/labels`, { label: { name: 'l' } });
  for (const path of [
    '/articles/labels',
    `/articles/labels/${label?.id}`,
    '/locales',
    '/incremental/articles?start_time=0',
    '/users/1/articles',
  ])
    await call('GET', `/help_center${path}`);
  await call('DELETE', `/help_center/articles/${ids.article}/labels/${label?.id}`);
  await call('GET', '/guide/search?filter[locales]=en-us');
  const { user_segment: segment } = await call('POST', '/help_center/user_segments', { user_segment: { name: 'S', user_type: 'staff' } });
  await call('PUT', `/help_center/user_segments/${segment?.id}`, { user_segment: { or_tags: ['a'] } });
  for (const path of ['user_segments/applicable', 'users/me/user_segments']) await call('GET', `/help_center/${path}`);
  await call('DELETE', `/help_center/user_segments/${segment?.id}`);
  for (const [path, key] of [
    ['/help_center/user_segments', 'user_segments'],
    ['/guide/permission_groups', 'permission_groups'],
  ] as const) {
    const rows = (await call('GET', path))[key] as unknown as { id: number }[];
    await call('GET', `${path}/${rows[0]?.id}`);
  }
}

async function driveSchedules(call: Call): Promise<void> {
  const root = '/business_hours/schedules';
  const { schedule } = await call('POST', root, { schedule: { name: 'Europe', time_zone: 'Berlin' } });
  const one = `${root}/${schedule?.id}`;
  await call('POST', root, { schedule: { name: 'Mars', time_zone: 'Mars' } });
  await call('GET', root);
  await call('GET', one);
  await call('PUT', one, { schedule: { name: 'EMEA' } });
  await call('PUT', `${one}/workweek`, { workweek: { intervals: [{ start_time: 0, end_time: 60 }] } });
  const { holiday } = await call('POST', `${one}/holidays`, { holiday: { name: 'H', start_date: '2026-12-24', end_date: '2026-12-24' } });
  await call('GET', `${one}/holidays`);
  await call('GET', `${one}/holidays/${holiday?.id}`);
  await call('PUT', `${one}/holidays/${holiday?.id}`, { holiday: { name: 'Eve' } });
  await call('DELETE', `${one}/holidays/${holiday?.id}`);
  await call('DELETE', one);
}
