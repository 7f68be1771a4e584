/**
 * `node:http` and `node:https`, taken without an import statement: that one reads every export of theirs, and some load
 * Node's fetch (37 ms and 14 MB at the start of a process, for nothing that is used here).
 */
export const http = process.getBuiltinModule('node:http');
export const https = process.getBuiltinModule('node:https');
