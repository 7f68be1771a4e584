import type { SdpAttribute, SdpConnection, SessionDescription } from './session-description.ts';

/** The text of a description, lines in the order of RFC 8866 §5. */
export function buildSdp(session: SessionDescription): string {
  const { origin } = session;
  let text = 'v=0\r\n';
  if (origin) text += `o=${origin.username} ${origin.sessionId} ${origin.version} IN IP${origin.family} ${origin.address}\r\n`;
  text += `s=${session.name || '-'}\r\n${connectionLine(session.connection)}t=0 0\r\n${attributeLines(session.attributes)}`;
  for (const media of session.media) {
    text += `m=${media.kind} ${media.port} ${media.protocol} ${media.formats.join(' ')}\r\n`;
    text += connectionLine(media.connection) + attributeLines(media.attributes);
  }
  return text;
}

function connectionLine(connection: SdpConnection | undefined): string {
  return connection ? `c=IN IP${connection.family} ${connection.address}\r\n` : '';
}

function attributeLines(attributes: readonly SdpAttribute[]): string {
  let text = '';
  for (const { name, value } of attributes) text += value === undefined ? `a=${name}\r\n` : `a=${name}:${value}\r\n`;
  return text;
}
