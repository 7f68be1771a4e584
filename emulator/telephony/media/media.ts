import type { Media, MediaOptions } from './types.ts';

/** The sockets and the pacing of all audio of this process. */
export declare function createMedia(options: MediaOptions): Media;
