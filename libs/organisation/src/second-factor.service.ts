import { AppError } from '#contracts/errors.js';
import type { SecondFactorSetUp, SecondFactorStatus } from '#contracts/session.js';
import type { Clock } from '#libs/calendar';
import type { Tx, UnitOfWork } from '#libs/persistence';
import { addPersonalMessage, recordAudit } from '#libs/runtime';
import { requireRole, type SessionPrincipal } from './permissions.js';
import { PersonEntity } from './person.entity.js';
import { type Proof, Reauthentication } from './reauthentication.js';
import { RecoveryCodeEntity } from './recovery-code.entity.js';
import { type SealingKey, seal, unseal } from './sealed.js';
import { SecondFactorEntity } from './second-factor.entity.js';
import {
  authenticatorOf,
  newSecret,
  readSecondFactor,
  replaceRecoveryCodes,
  stepOf,
  takeSecondFactor,
} from './second-factor.js';

type Given = Proof & { readonly requestId: string | null };

/** Setting up and taking away the codes of an authenticator application. Time is that of browsers: codes follow the telephone. */
export class SecondFactorService {
  private readonly again: Reauthentication;

  constructor(
    private readonly room: {
      readonly unitOfWork: UnitOfWork;
      readonly clock: Clock;
      readonly wallClock: Clock;
      readonly keys: readonly SealingKey[];
    },
  ) {
    this.again = new Reauthentication(room);
  }

  status({ personId }: SessionPrincipal): Promise<SecondFactorStatus> {
    return this.room.unitOfWork.run((tx) => readSecondFactor(tx, personId));
  }

  /**
   * A new secret to put into the application; it is asked for only after `confirm`. Throws SIGN_IN_FAILED (password), SIGN_IN_AGAIN,
   * DUPLICATE when one is in use, UNAVAILABLE without DATA_KEYS.
   */
  async begin(principal: SessionPrincipal, proof: Given): Promise<SecondFactorSetUp> {
    const { personId } = principal;
    const person = await this.again.prove(principal, proof);
    const secret = newSecret();
    const sealedSecret = seal(this.room.keys, { text: secret, belongsTo: personId });
    if (sealedSecret === null) throw noKeys();
    await this.room.unitOfWork.run(async (tx) => {
      if ((await readSecondFactor(tx, personId)).enabled) throw new AppError('DUPLICATE');
      const createdAt = this.room.wallClock.now();
      const fresh = { confirmedAt: null, lastStep: 0, recoverySalt: null };
      await tx.upsert(SecondFactorEntity, { personId, sealedSecret, createdAt, ...fresh }, ['personId']);
    });
    return { secret, uri: authenticatorOf({ secret, email: person.email }).toString() };
  }

  /** The first code of the application switches it on. Returns the codes to print, shown this once. Throws SECOND_FACTOR_WRONG. */
  confirm(principal: SessionPrincipal, given: { code: string; requestId: string | null }): Promise<string[]> {
    const { personId } = principal;
    const now = this.room.wallClock.now();
    return this.room.unitOfWork.run(async (tx) => {
      const factor = await tx.findOne(SecondFactorEntity, { where: { personId }, lock: { mode: 'pessimistic_write' } });
      if (factor === null || factor.confirmedAt !== null) throw new AppError('NOT_FOUND');
      const secret = unseal(this.room.keys, { sealed: factor.sealedSecret, belongsTo: personId });
      const step = stepOf({ secret, code: given.code, lastStep: 0, now });
      if (step === null) throw new AppError('SECOND_FACTOR_WRONG');
      await tx.update(SecondFactorEntity, { personId }, { confirmedAt: now, lastStep: step });
      const codes = await replaceRecoveryCodes(tx, personId);
      await this.note(tx, principal, { action: 'secondFactor.enabled', personId, requestId: given.requestId });
      return codes;
    });
  }

  /** Throws SIGN_IN_FAILED (password), SIGN_IN_AGAIN and SECOND_FACTOR_WRONG: a browser left open does not take it away. */
  remove(principal: SessionPrincipal, proof: Given & { code: string }): Promise<void> {
    const { personId } = principal;
    const { requestId } = proof;
    return this.proved(principal, proof, (tx) => this.takeAway(tx, principal, { personId, requestId }));
  }

  /** Ten new codes for the paper; those of before open nothing any more. Throws as `remove`. */
  renewCodes(principal: SessionPrincipal, proof: Given & { code: string }): Promise<string[]> {
    const { personId } = principal;
    const { requestId } = proof;
    return this.proved(principal, proof, async (tx) => {
      await this.note(tx, principal, { action: 'secondFactor.codesRenewed', personId, requestId });
      return replaceRecoveryCodes(tx, personId);
    });
  }

  /** By password and code, both. */
  private async proved<Result>(
    principal: SessionPrincipal,
    proof: Given & { code: string },
    act: (tx: Tx) => Promise<Result>,
  ): Promise<Result> {
    const { personId } = principal;
    await this.again.prove(principal, proof);
    const { keys, wallClock } = this.room;
    return this.room.unitOfWork.run(async (tx) => {
      const answer = await takeSecondFactor(tx, { personId, code: proof.code, keys, now: wallClock.now() });
      if (answer === 'notAsked') throw new AppError('NOT_FOUND');
      if (answer !== 'right') throw new AppError('SECOND_FACTOR_WRONG');
      return act(tx);
    });
  }

  /** For somebody who lost the telephone and the paper. Throws FORBIDDEN, NOT_FOUND. */
  async removeFor(principal: SessionPrincipal, given: { personId: string; requestId: string | null }): Promise<void> {
    requireRole(principal, { role: 'administrator' });
    const { provinceId } = principal;
    await this.room.unitOfWork.run(async (tx) => {
      const person = await tx.findOneBy(PersonEntity, { id: given.personId, provinceId });
      if (person === null || !(await readSecondFactor(tx, person.id)).enabled) throw new AppError('NOT_FOUND');
      await this.takeAway(tx, principal, given);
    });
  }

  private async takeAway(tx: Tx, principal: SessionPrincipal, given: { personId: string; requestId: string | null }) {
    const { personId } = given;
    await tx.delete(RecoveryCodeEntity, { personId });
    await tx.delete(SecondFactorEntity, { personId });
    await this.note(tx, principal, { action: 'secondFactor.removed', ...given });
  }

  private async note(
    tx: Tx,
    { provinceId, personId: principalId }: SessionPrincipal,
    { action, personId, requestId }: { action: string; personId: string; requestId: string | null },
  ): Promise<void> {
    const at = this.room.wallClock.now();
    await addPersonalMessage(tx, { provinceId, personId, template: 'secondFactorChanged', at: this.room.clock.now() });
    await recordAudit(tx, { kind: 'session', action, at, provinceId, subjectId: personId, principalId, requestId });
  }
}

function noKeys(): AppError {
  return new AppError('UNAVAILABLE', {
    text: {
      vi: 'Máy chủ chưa có khóa dữ liệu (DATA_KEYS) nên chưa bật được xác thực hai bước.',
      en: 'The server has no data key (DATA_KEYS), so the second factor cannot be switched on.',
    },
  });
}
