import type { LiveCall } from './live-call.ts';
import { limitTalk } from './longest.ts';
import { note, type TalkRooms } from './rooms.ts';

/** The agent who rang accepted: ticket, records, and both hear each other. In the transaction of the acceptance. */
export function joinAgent(rooms: TalkRooms, call: LiveCall): void {
  const { ringing } = call;
  if (!ringing || call.state !== 'queued') return;
  call.ringing = null;
  call.agent = ringing;
  rooms.waiting.remove(call);
  call.dropTimers();
  call.move('talking');
  call.answeredAt = call.now();
  limitTalk(rooms, call);
  const agent = rooms.workspace.get(call.account, ringing.agentId);
  call.record.agent_id = agent.id;
  call.record.time_to_answer = Math.round((call.answeredAt - call.arrivedAt) / 1_000);
  rooms.tickets.openAt('agent_accepted', call);
  rooms.tickets.accepted(call, agent.id);
  ringing.leg.answer();
  call.side.connect();
  call.side.join(rooms.workspace.voice(call.account, agent.id).port);
  const shown = call.ticket ? `, ticket ${call.ticket.id} shown` : '';
  const columns = { from: 'agent', to: 'talk' };
  note(rooms, call, 'call.answered', `${agent.name} answers${shown}`, { agentId: agent.id, agent: agent.name }, columns);
  rooms.records.save(call, ringing.record);
  call.options.onChange(call);
}
