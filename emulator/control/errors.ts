/** An answer of the control plane that is not a success. Services throw it, the app writes it. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly status: number;
  readonly code: string;
  readonly hint: string;

  constructor(status: number, code: string, message: string, hint: string) {
    super(message);
    this.status = status;
    this.code = code;
    this.hint = hint;
  }
}

const listed = (names: readonly string[]): string => (names.length > 0 ? names.join(', ') : 'none');

/** One function per error of docs/control-api.md. */
export const controlErrors = {
  invalidJson: (detail: string): ControlError =>
    new ControlError(400, 'invalid_json', `the body is not JSON: ${detail}`, 'send a JSON object with Content-Type: application/json'),
  invalidBody: (schema: string, detail: string): ControlError =>
    new ControlError(
      400,
      'invalid_body',
      `the body does not fit the schema "${schema}": ${detail}`,
      `GET /control/schemas/${schema} shows it`,
    ),
  invalidField: (name: string, value: unknown, expected: string): ControlError =>
    new ControlError(
      400,
      'invalid_body',
      `${name} is ${JSON.stringify(value) ?? 'missing'}: expected ${expected}`,
      `give ${name} in the JSON body`,
    ),
  invalidQuery: (name: string, value: string, expected: string): ControlError =>
    new ControlError(
      400,
      'invalid_query',
      `?${name}=${value} cannot be read: expected ${expected}`,
      `leave ${name} out, or give ${expected}`,
    ),
  unknownRoute: (method: string, path: string): ControlError =>
    new ControlError(404, 'unknown_route', `the control plane has no ${method} ${path}`, 'docs/control-api.md lists the routes'),
  unknownAccount: (name: string, known: readonly string[]): ControlError =>
    new ControlError(404, 'unknown_account', `there is no account "${name}"`, `accounts here: ${listed(known)}`),
  noAccount: (): ControlError => new ControlError(404, 'unknown_account', 'there are no accounts here', 'POST /control/accounts makes one'),
  unknownJourney: (id: string): ControlError =>
    new ControlError(404, 'unknown_journey', `there is no journey "${id}"`, 'GET /control/journeys lists them; a reset forgets them'),
  unknownAgent: (id: string): ControlError =>
    new ControlError(404, 'unknown_agent', `there is no agent ${id}`, 'GET /control/agents lists them; POST /control/agents adds one'),
  unknownTicket: (account: string, id: number): ControlError =>
    new ControlError(404, 'unknown_ticket', `${account} has no ticket ${id}`, 'make one over its REST API, or call'),
  unknownFault: (id: string): ControlError =>
    new ControlError(404, 'unknown_fault', `there is no fault "${id}"`, 'GET /control/faults lists those in force'),
  unknownSnapshot: (account: string, name: string): ControlError =>
    new ControlError(
      404,
      'unknown_snapshot',
      `${account} has no snapshot "${name}"`,
      `POST /control/accounts/${account}/snapshot saves one`,
    ),
  snapshotFile: (account: string, isMissing: boolean, message: string): ControlError =>
    new ControlError(
      isMissing ? 404 : 422,
      isMissing ? 'unknown_snapshot' : 'invalid_snapshot',
      message,
      `POST /control/accounts/${account}/snapshot with "file" writes one; nothing has changed`,
    ),
  unknownRecording: (journey: string, party: string, known: readonly string[]): ControlError =>
    new ControlError(
      404,
      'unknown_recording',
      `${journey} has no recording of ${party}`,
      known.length === 0
        ? 'only calls dialled with "record": true are recorded, and only the latest are kept'
        : `recorded: ${listed(known)}`,
    ),
  unknownLine: (account: string, which: string, known: readonly string[]): ControlError =>
    new ControlError(404, 'unknown_line', `${account} has no line ${which}`, `its lines: ${listed(known)}`),
  unknownSchema: (name: string, known: readonly string[]): ControlError =>
    new ControlError(404, 'unknown_route', `there is no schema "${name}"`, `schemas: ${listed(known)}`),
  unknownCarrier: (name: string, known: readonly string[]): ControlError =>
    new ControlError(422, 'unknown_carrier', `there is no carrier profile "${name}"`, `profiles: ${listed(known)}`),
  unknownGroup: (account: string, name: string, known: readonly string[]): ControlError =>
    new ControlError(422, 'unknown_group', `${account} has no group "${name}"`, `its groups: ${listed(known)}`),
  invalidSeed: (message: string): ControlError =>
    new ControlError(422, 'invalid_seed', message, 'GET /control/schemas/seed and docs/control-api.md describe seeds'),
  noLine: (account: string): ControlError =>
    new ControlError(404, 'unknown_line', `${account} has no phone line to call`, 'give "to", or seed the account with talk.lines'),
  taken: (message: string): ControlError =>
    new ControlError(409, 'taken', message, 'choose another, or leave it out: one that is free is made up'),
  takenSince: (account: string, what: string, holder: string): ControlError =>
    new ControlError(
      409,
      'taken',
      `${account} cannot have its ${what} back: ${holder} has it now`,
      `DELETE /control/accounts/${holder} first, or do this in another emulator; nothing has changed`,
    ),
  liveCalls: (account: string, count: number): ControlError =>
    new ControlError(
      409,
      'live_calls',
      `${account} has ${count} live ${count === 1 ? 'call' : 'calls'}; a restore would tear the ground from under ${count === 1 ? 'it' : 'them'}`,
      'hang up first (POST /control/journeys/{id}/hangup), or reset the account',
    ),
  wrongState: (message: string, hint: string): ControlError => new ControlError(409, 'wrong_state', message, hint),
  noToneLeft: (message: string): ControlError =>
    new ControlError(409, 'wrong_state', message, 'callers and agents speak a tone each, and an account has some 200 of them'),
  tooLarge: (): ControlError =>
    new ControlError(413, 'too_large', 'the body exceeds 10 MB', 'seed in several accounts, or over the REST API'),
  internal: (message: string): ControlError =>
    new ControlError(500, 'internal', message, 'this is a defect of Ringback; please report it with the message'),
};
