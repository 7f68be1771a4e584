import { expect, test } from 'vitest';
import { testEmulator } from '../test-emulator.ts';
import type { AccountView } from '../world.ts';

const seed = {
  subdomain: 'globex',
  schedules: [{ name: 'Office', time_zone: 'Berlin', holidays: [{ name: 'New Year', start_date: '2026-01-01', end_date: '2026-01-01' }] }],
  suspended_tickets: [
    {
      author: { name: 'Zoe', email: 'zoe@x.example' },
      subject: 'Offer',
      content: 'Buy',
      attachments: [{ file_name: 'a.txt', content: 'YQ==' }],
    },
  ],
  help_center: {
    locales: ['en-us', 'de'],
    categories: [
      {
        name: 'Shop',
        sections: [
          {
            name: 'Orders',
            articles: [{ title: 'Returns', body: '<p>Within a month</p>', translations: [{ locale: 'de', title: 'Rückgabe' }] }],
          },
        ],
      },
    ],
  },
};

test('a seed brings a knowledge base, business hours and suspended tickets, to which reset returns', async () => {
  await using world = await testEmulator();
  const { body } = await world.send<AccountView>('POST', '/accounts', seed);
  const token = Buffer.from(`${body.account.email}/token:${body.account.apiToken}`).toString('base64');
  const call = async (method: string, path: string): Promise<Record<string, Record<string, unknown>[]>> => {
    const response = await fetch(`${body.account.url}/api/v2${path}`, { method, headers: { authorization: `Basic ${token}` } });
    const text = await response.text();
    return (text === '' ? {} : JSON.parse(text)) as Record<string, Record<string, unknown>[]>;
  };
  const seeded = async (): Promise<void> => {
    expect((await call('GET', '/help_center/articles/search?query=month'))['results']).toMatchObject([{ title: 'Returns' }]);
    expect((await call('GET', '/help_center/de/articles'))['articles']).toMatchObject([{ title: 'Rückgabe' }]);
    expect((await call('GET', '/business_hours/schedules'))['schedules']).toMatchObject([{ name: 'Office' }]);
    const [held] = (await call('GET', '/suspended_tickets'))['suspended_tickets'] ?? [];
    expect(held).toMatchObject({ subject: 'Offer', attachments: [{ file_name: 'a.txt', content_type: 'application/octet-stream' }] });
    const [file] = (held?.['attachments'] ?? []) as { content_url: string }[];
    expect(await (await fetch(file?.content_url ?? '')).text()).toBe('a');
  };
  await seeded();
  const [article] = (await call('GET', '/help_center/articles'))['articles'] ?? [];
  const form = new FormData();
  form.set('file', new Blob(['map']), 'map.txt');
  const path = `/help_center/articles/${String(article?.['id'])}/attachments`;
  const made = await fetch(`${body.account.url}/api/v2${path}`, {
    method: 'POST',
    headers: { authorization: `Basic ${token}` },
    body: form,
  });
  const { article_attachment } = (await made.json()) as { article_attachment: { content_url: string } };
  expect(await (await fetch(article_attachment.content_url)).text()).toBe('map');
  const [category] = (await call('GET', '/help_center/categories'))['categories'] ?? [];
  await call('DELETE', `/help_center/categories/${String(category?.['id'])}`);
  expect((await call('GET', '/help_center/articles'))['articles']).toEqual([]);
  await world.send('POST', '/reset', { account: 'globex' });
  await seeded();
});

test.each([
  [{ help_center: { categories: [{ name: 'C', locale: 'xx' }] } }, 422],
  [{ schedules: [{ name: 'x', time_zone: 'Mars' }] }, 422],
  [{ suspended_tickets: [{ author: { email: 'nobody' }, content: 'x' }] }, 422],
  [{ help_center: { pages: [] } }, 400],
])('%j is refused, and no account is left behind', async (part, status) => {
  await using world = await testEmulator();
  expect((await world.send('POST', '/accounts', { subdomain: 'initech', ...part })).status).toBe(status);
  const { accounts } = (await world.send<{ accounts: { account: { subdomain: string } }[] }>('GET', '/accounts')).body;
  expect(accounts.map(({ account }) => account.subdomain)).not.toContain('initech');
});
