import { AppError } from '#contracts/errors.js';
import type { SecondFactorSetUp, SecondFactorStatus } from '#contracts/session.js';
import type { Clock } from '#libs/calendar';
import type { Tx, UnitOfWork } from '#libs/persistence';
import { addPersonalMessage, recordAudit } from '#libs/runtime';
import { verifyPassword } from './password.js';
import { requireRole, type SessionPrincipal } from './permissions.js';
import { PersonEntity } from './person.entity.js';
import { RecoveryCodeEntity } from './recovery-code.entity.js';
import { type SealingKey, seal, unseal } from './sealed.js';
import { SecondFactorEntity } from './second-factor.entity.js';
import {
  authenticatorOf,
  newRecoveryCodes,
  newSecret,
  readSecondFactor,
  recoveryCodeHash,
  stepOf,
  takeSecondFactor,
} from './second-factor.js';
import { SignInLimiter } from './sign-in-limiter.js';

interface Proof {
  readonly currentPassword: string;
  readonly address: string;
  readonly requestId: string | null;
}

/** Setting up and taking away the codes of an authenticator application. Time is that of browsers: codes follow the telephone. */
export class SecondFactorService {
  private readonly limiter: SignInLimiter;

  constructor(
    private readonly room: {
      readonly unitOfWork: UnitOfWork;
      readonly clock: Clock;
      readonly wallClock: Clock;
      readonly keys: readonly SealingKey[];
    },
  ) {
    this.limiter = new SignInLimiter(room);
  }

  status({ personId }: SessionPrincipal): Promise<SecondFactorStatus> {
    return this.room.unitOfWork.run((tx) => readSecondFactor(tx, personId));
  }

  /**
   * A new secret to put into the application; it is asked for only after `confirm`. Throws SIGN_IN_FAILED (password), DUPLICATE when
   * one is in use, UNAVAILABLE without DATA_KEYS.
   */
  async begin(principal: SessionPrincipal, proof: Proof): Promise<SecondFactorSetUp> {
    const { personId } = principal;
    const person = await this.provePassword(personId, proof);
    const secret = newSecret();
    const sealedSecret = seal(this.room.keys, { text: secret, belongsTo: personId });
    if (sealedSecret === null) throw noKeys();
    await this.room.unitOfWork.run(async (tx) => {
      if ((await readSecondFactor(tx, personId)).enabled) throw new AppError('DUPLICATE');
      const createdAt = this.room.wallClock.now();
      await tx.upsert(SecondFactorEntity, { personId, sealedSecret, createdAt, confirmedAt: null, lastStep: 0 }, [
        'personId',
      ]);
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
      const codes = newRecoveryCodes();
      await tx.delete(RecoveryCodeEntity, { personId });
      await tx.insert(
        RecoveryCodeEntity,
        codes.map((code) => ({ personId, codeHash: recoveryCodeHash(code), usedAt: null })),
      );
      await this.note(tx, principal, { action: 'secondFactor.enabled', personId, requestId: given.requestId });
      return codes;
    });
  }

  /** Throws SIGN_IN_FAILED (password) and SECOND_FACTOR_WRONG: a browser left open does not take it away. */
  async remove(principal: SessionPrincipal, proof: Proof & { code: string }): Promise<void> {
    const { personId } = principal;
    await this.provePassword(personId, proof);
    const { keys, wallClock } = this.room;
    await this.room.unitOfWork.run(async (tx) => {
      const answer = await takeSecondFactor(tx, { personId, code: proof.code, keys, now: wallClock.now() });
      if (answer === 'notAsked') throw new AppError('NOT_FOUND');
      if (answer !== 'right') throw new AppError('SECOND_FACTOR_WRONG');
      await this.takeAway(tx, principal, { personId, requestId: proof.requestId });
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

  private async provePassword(personId: string, { currentPassword, address }: Proof): Promise<PersonEntity> {
    const attempt = { account: personId, address, countsAlone: true };
    await this.limiter.take(attempt);
    const person = await this.room.unitOfWork.run((tx) => tx.findOneByOrFail(PersonEntity, { id: personId }));
    if (!(await verifyPassword({ stored: person.passwordHash, password: currentPassword })))
      throw new AppError('SIGN_IN_FAILED');
    await this.limiter.clear(attempt);
    return person;
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
