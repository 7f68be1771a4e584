import type { Core } from '../core/core.ts';
import type { IncomingCall } from '../telephony/sip/index.ts';

/**
 * Turns down, with 404, an INVITE that no room takes: for a host that no SIP-IN line has, as a wrong transfer URI has it, or for a
 * telephone number (calls from the bridge to the telephone network are not emulated).
 */
export function refuseUnclaimed(core: Core, call: IncomingCall): void {
  const { uri } = call.request;
  const remote = `${call.remote.host}:${call.remote.port}`;
  const because = `no SIP-IN line is at ${uri}, and that is not this listener's own address either`;
  core.journal.append({
    kind: 'call.rejected',
    from: 'talk',
    to: 'bridge',
    account: null,
    thread: `call-id:${call.id}`,
    label: `SIP-IN turns the call down with 404: ${because}`,
    data: { status: 404, because, uri, remote },
  });
  call.reject(404);
}
