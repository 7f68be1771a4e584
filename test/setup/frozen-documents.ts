import { frozen } from '../../emulator/core/memo.ts';
import { StagedRows } from '../../emulator/core/staged-rows.ts';

/**
 * Setup of every test file: a document that waits for its table is shared by whoever wrote it and whoever reads it, so that nobody
 * may change it any more. Here whoever does is told at once.
 */
const set = StagedRows.prototype.set; // oxlint-disable-line typescript/unbound-method
StagedRows.prototype.set = function (account, key, row) {
  frozen(row?.doc);
  set.call(this, account, key, row);
};
