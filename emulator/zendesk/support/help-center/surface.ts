import type { SurfaceRow } from '../../account/index.ts';
import { CONTRACT, partly, row } from '../surface-rows.ts';

const TESTS = ['emulator/zendesk/support/help-center/routes/help-center.test.ts', CONTRACT];
const TEXTS = ['emulator/zendesk/support/help-center/routes/translations.test.ts', CONTRACT];
const FILES = ['emulator/zendesk/support/help-center/routes/attachments.test.ts', CONTRACT];
const FOLLOWING = ['emulator/zendesk/support/help-center/routes/subscriptions.test.ts', CONTRACT];
const SEGMENTS = ['emulator/zendesk/support/help-center/routes/segments.test.ts', CONTRACT];
const REACTIONS = ['emulator/zendesk/support/help-center/routes/reactions.test.ts', CONTRACT];
const SEARCH = ['emulator/zendesk/support/help-center/routes/search.test.ts', CONTRACT];

type Method = SurfaceRow['method'];

const MAIL = 'no mail goes out: the journal has what subscribers would be told';
const RELEVANCE = 'articles only; relevance is ours';
const BUILT_IN = 'those that every Help Center has';

/** A path without and with a locale. */
const both = (methods: readonly Method[], path: string, tests = TESTS): SurfaceRow[] =>
  ['/help_center', '/help_center/{locale}'].flatMap((root) => methods.map((method) => row(method, root + path, 'documented', tests)));

/** The Help Center API is documented apart from the Support API; the vendor's description of that does not hold it. */
export const HELP_CENTER: readonly SurfaceRow[] = [
  ...both(['GET', 'POST'], '/categories'),
  ...both(['GET', 'PUT', 'DELETE'], '/categories/{category_id}'),
  ...both(['GET'], '/sections'),
  ...both(['GET', 'POST'], '/categories/{category_id}/sections'),
  ...both(['GET', 'PUT', 'DELETE'], '/sections/{section_id}'),
  ...both(['GET'], '/articles'),
  ...both(['GET', 'POST'], '/sections/{section_id}/articles'),
  ...both(['GET'], '/categories/{category_id}/articles'),
  ...both(['GET', 'PUT', 'DELETE'], '/articles/{article_id}'),
  ...['category', 'section', 'article'].flatMap((kind) => {
    const one = `/help_center/${kind === 'category' ? 'categories' : `${kind}s`}/{${kind}_id}`;
    return [
      row('PUT', `${one}/source_locale`, 'documented', TEXTS),
      row('GET', `${one}/translations`, 'documented', TEXTS),
      row('POST', `${one}/translations`, 'documented', TEXTS),
      row('GET', `${one}/translations/missing`, 'documented', TEXTS),
      row('GET', `${one}/translations/{translation_locale}`, 'documented', TEXTS),
      row('PUT', `${one}/translations/{translation_locale}`, 'documented', TEXTS),
    ];
  }),
  row('DELETE', '/help_center/translations/{translation_id}', 'documented', TEXTS),
  row('GET', '/help_center/locales', 'documented', TEXTS),
  row('GET', '/help_center/users/{user_id}/articles', 'documented', TESTS),
  partly(row('GET', '/help_center/incremental/articles', 'documented', SEARCH), 'archived articles are left out'),
  partly(row('GET', '/help_center/articles/search', 'documented', SEARCH), RELEVANCE),
  partly(row('GET', '/help_center/{locale}/articles/search', 'inferred', SEARCH), RELEVANCE),
  partly(row('GET', '/guide/search', 'documented', SEARCH), RELEVANCE),
  row('GET', '/help_center/articles/labels', 'documented', TESTS),
  row('GET', '/help_center/articles/labels/{label_id}', 'documented', TESTS),
  ...both(['GET'], '/articles/{article_id}/labels'),
  row('POST', '/help_center/articles/{article_id}/labels', 'documented', TESTS),
  row('DELETE', '/help_center/articles/{article_id}/labels/{label_id}', 'documented', TESTS),
  ...['', '/inline', '/block'].flatMap((kind) => both(['GET'], `/articles/{article_id}/attachments${kind}`, FILES)),
  ...both(['POST'], '/articles/{article_id}/bulk_attachments', FILES),
  ...['/articles/attachments', '/articles/{article_id}/attachments'].flatMap((path) => [
    partly(
      row('POST', `/help_center${path}`, 'documented', FILES),
      '`file` alone: there is no media library that `guide_media_id` could name; what waits for its article is kept for three days (inferred)',
    ),
    row('GET', `/help_center${path}/{article_attachment_id}`, 'documented', FILES),
  ]),
  row('DELETE', '/help_center/articles/attachments/{article_attachment_id}', 'documented', FILES),
  ...both(['GET', 'POST'], '/articles/{article_id}/comments', REACTIONS),
  ...both(['GET', 'PUT', 'DELETE'], '/articles/{article_id}/comments/{comment_id}', REACTIONS),
  ...both(['GET'], '/articles/{article_id}/votes', REACTIONS),
  ...both(['POST'], '/articles/{article_id}/up', REACTIONS),
  row('POST', '/help_center/articles/{article_id}/down', 'documented', REACTIONS),
  ...both(['GET'], '/articles/{article_id}/comments/{comment_id}/votes', REACTIONS),
  ...['article', 'section'].flatMap((kind) => [
    ...both(['GET'], `/${kind}s/{${kind}_id}/subscriptions`, FOLLOWING),
    ...both(['POST'], `/${kind}s/{${kind}_id}/subscriptions`, FOLLOWING).map((each) => partly(each, MAIL)),
    ...both(['GET', 'DELETE'], `/${kind}s/{${kind}_id}/subscriptions/{subscription_id}`, FOLLOWING),
  ]),
  row('GET', '/help_center/users/{user_id}/subscriptions', 'documented', FOLLOWING),
  ...['up', 'down'].map((way) => row('POST', `/help_center/articles/{article_id}/comments/{comment_id}/${way}`, 'documented', REACTIONS)),
  ...['comments', 'votes'].map((of) => row('GET', `/help_center/users/{user_id}/${of}`, 'documented', REACTIONS)),
  ...(['GET', 'DELETE'] as const).map((method) => row(method, '/help_center/votes/{vote_id}', 'documented', REACTIONS)),
  ...(['GET', 'POST'] as const).map((method) => row(method, '/help_center/user_segments', 'documented', SEGMENTS)),
  ...(['GET', 'PUT', 'DELETE'] as const).map((method) =>
    row(method, '/help_center/user_segments/{user_segment_id}', 'documented', SEGMENTS),
  ),
  ...['/user_segments/applicable', '/users/{user_id}/user_segments'].map((path) =>
    row('GET', `/help_center${path}`, 'documented', SEGMENTS),
  ),
  partly(row('GET', '/guide/permission_groups', 'documented', TESTS), BUILT_IN),
  partly(row('GET', '/guide/permission_groups/{permission_group_id}', 'documented', TESTS), BUILT_IN),
];
