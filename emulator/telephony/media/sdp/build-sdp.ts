import type { SdpAttribute, SdpConnection, SessionDescription } from './session-description.ts';

/** The text of a description, lines in the order of RFC 8866 §5. */
export function buildSdp(session: SessionDescription): string {
  const lines = ['v=0'];
  const { origin } = session;
  if (origin) lines.push(`o=${origin.username} ${origin.sessionId} ${origin.version} IN IP${origin.family} ${origin.address}`);
  lines.push(`s=${session.name || '-'}`, ...connectionLines(session.connection), 't=0 0', ...attributeLines(session.attributes));
  for (const media of session.media) {
    lines.push(`m=${media.kind} ${media.port} ${media.protocol} ${media.formats.join(' ')}`);
    lines.push(...connectionLines(media.connection), ...attributeLines(media.attributes));
  }
  return `${lines.join('\r\n')}\r\n`;
}

function connectionLines(connection: SdpConnection | undefined): string[] {
  return connection ? [`c=IN IP${connection.family} ${connection.address}`] : [];
}

function attributeLines(attributes: readonly SdpAttribute[]): string[] {
  return attributes.map(({ name, value }) => (value === undefined ? `a=${name}` : `a=${name}:${value}`));
}
