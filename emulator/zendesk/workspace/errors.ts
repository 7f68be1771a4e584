import { ANSWERS, PRESENCES } from './entities.ts';

/** A wrong use of the workspace; `status` is what an HTTP adapter answers. */
export class WorkspaceError extends Error {
  override readonly name = 'WorkspaceError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export const workspaceErrors = {
  unknownAgent: (account: string, id: number): WorkspaceError =>
    new WorkspaceError(404, `${account} has no agent ${id} in its workspace; add one first, or list the agents to see their ids`),
  presence: (value: unknown): WorkspaceError =>
    new WorkspaceError(422, `presence is ${JSON.stringify(value)}; expected one of ${PRESENCES.join(', ')}`),
  answers: (value: unknown): WorkspaceError =>
    new WorkspaceError(422, `answers is ${JSON.stringify(value)}; expected one of ${ANSWERS.join(', ')}`),
  notRinging: (name: string, activity: string): WorkspaceError =>
    new WorkspaceError(409, `no call rings at agent ${name}, who is ${activity}; wait for agent.ringing before answering or declining`),
  notOnCall: (name: string, activity: string): WorkspaceError =>
    new WorkspaceError(409, `agent ${name} is ${activity}, not on a call; there is nothing to hang up`),
  notInWrapUp: (name: string, activity: string): WorkspaceError =>
    new WorkspaceError(409, `agent ${name} is ${activity}, not in wrap-up; there is nothing to finish`),
  busy: (name: string, activity: string): WorkspaceError =>
    new WorkspaceError(409, `agent ${name} is ${activity} and cannot be offered a call`),
};
