import type { OAuthClient } from '../../account/index.ts';

/** What the consent page hands on from the request to the decision. */
export type Hidden = Readonly<Record<string, string>>;

/** The page that asks a user whether an application may act for them. Plain: no script, no style but a few lines. */
export function consentPage(client: OAuthClient, scopes: readonly string[], hidden: Hidden, problem?: string): string {
  const maker = client.company ? ` by ${text(client.company)}` : '';
  const fields = Object.entries(hidden).map(([name, value]) => `<input type="hidden" name="${text(name)}" value="${text(value)}">`);
  return page(
    `Authorize ${text(client.name)}`,
    `<h1>Allow ${text(client.name)}${maker} to access your account?</h1>
${client.description ? `<p>${text(client.description)}</p>` : ''}
<p>It asks for:</p>
<ul>${scopes.map((scope) => `<li><code>${text(scope)}</code></li>`).join('') || '<li>nothing in particular</li>'}</ul>
${problem === undefined ? '' : `<p role="alert">${text(problem)}</p>`}
<form method="post" action="../authorizations">
${fields.join('\n')}
<label>E-mail <input name="email" type="email" autocomplete="username"></label>
<label>Password, or the account's API token <input name="password" type="password" autocomplete="current-password"></label>
<button name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button>
</form>`,
  );
}

/** What cannot be told the application, because it is not known where it lives (RFC 6749 §4.1.2.1). */
export function problemPage(problem: string): string {
  return page('Invalid authorization request', `<h1>Invalid authorization request</h1>\n<p role="alert">${text(problem)}</p>`);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:3rem auto}label{display:block;margin:.5rem 0}input{width:100%}</style></head>
<body>
${body}
</body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function text(value: string): string {
  return value.replace(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark);
}
