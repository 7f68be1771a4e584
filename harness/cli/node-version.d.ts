/** What is wrong with the Node that runs this, in one line that says what to do; undefined when nothing is. */
export function complaintAboutNode(version?: string): string | undefined;
