import { Collection } from '../../emulator/core/collection.ts';
import { frozen } from '../../emulator/core/memo.ts';
import { StagedRows } from '../../emulator/core/staged-rows.ts';

/**
 * Setup of every test file: a document that waits for its table is shared by whoever wrote it and whoever reads it, and one that
 * was read by its key by all who read it, so that nobody may change it any more. Here whoever does is told at once.
 */
const set = StagedRows.prototype.set; // oxlint-disable-line typescript/unbound-method
StagedRows.prototype.set = function (account, key, row) {
  frozen(row?.doc);
  set.call(this, account, key, row);
};

const get = Collection.prototype.get; // oxlint-disable-line typescript/unbound-method
Collection.prototype.get = function (account, key) {
  return frozen(get.call(this, account, key));
};
