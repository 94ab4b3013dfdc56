import type { Command } from '../command.js';
import { exportAudit, sealAudit, verifyAudit } from './audit.js';
import { makeBackup, restore } from './backup.js';
import { calendarAdd, calendarAffected, calendarList, calendarWithdraw } from './calendar.js';
import { listKeys, retention, rotateDataKeys } from './data.js';
import { checkFigures, recountFigures } from './figures.js';
import { replayInstance, showInstance } from './instance.js';
import { listMail, resendMail } from './mail.js';
import { createPerson } from './person.js';
import { importPlan, previewPlan } from './plan.js';
import { checkPolicy, policySchema, validatePolicy } from './policy.js';
import { prepareSystem, seedDemo } from './system.js';
import { dueTimers } from './timers.js';
import { createToken, listTokens, revokeToken } from './token.js';

/** In the order the help shows them. */
export const commands: readonly Command[] = [
  previewPlan,
  importPlan,
  showInstance,
  replayInstance,
  verifyAudit,
  sealAudit,
  rotateDataKeys,
  listKeys,
  retention,
  checkFigures,
  recountFigures,
  exportAudit,
  makeBackup,
  restore,
  createPerson,
  createToken,
  listTokens,
  revokeToken,
  checkPolicy,
  validatePolicy,
  policySchema,
  dueTimers,
  calendarList,
  calendarAdd,
  calendarWithdraw,
  calendarAffected,
  listMail,
  resendMail,
  seedDemo,
  prepareSystem,
];
