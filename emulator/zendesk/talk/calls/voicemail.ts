import type { LiveCall } from './live-call.ts';
import { note, type TalkRooms } from './rooms.ts';
import { sound } from './sounds.ts';

/** The voicemail greeting plays, then the caller speaks until they hang up or the limit is over. */
export function voicemail(rooms: TalkRooms, call: LiveCall): void {
  const settings = rooms.settings.get(call.account);
  call.move('voicemail');
  call.side.connect();
  call.side.play(sound('voicemail'));
  note(rooms, call, 'call.voicemail', 'voicemail takes the call', {});
  rooms.records.save(call);
  call.options.onChange(call);
  call.after('voicemail', rooms.core.clock, settings.greetings.voicemailMs, () => {
    call.recordingVoicemail = true;
    call.side.play(undefined);
    note(rooms, call, 'call.voicemail_recording', 'the caller is being recorded', {});
    const limit = settings.voicemailLimitSeconds * 1_000;
    call.after('voicemail', call.options.clock, limit, () => rooms.steps.end(call, { by: 'talk', cause: 'normal' }));
  });
}
