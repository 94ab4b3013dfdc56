import { IsNull } from 'typeorm';
import { AppError } from '#contracts/errors.js';
import type { ApplySuccession, SuccessionPlan, SuccessionPreview, SuccessionView } from '#contracts/succession.js';
import { requireRole, type SessionPrincipal, SuccessionEntity } from '#libs/organisation';
import type { UnitOfWork } from '#libs/persistence';
import { recordAudit } from '#libs/runtime';
import { enterSuccession, listSuccessions, previewSuccession, type SuccessionDependencies } from './succession.js';

/** Mergers and splits of organisations: seen first, then done in one step. */
export class SuccessionService {
  constructor(private readonly room: SuccessionDependencies & { readonly unitOfWork: UnitOfWork }) {}

  /** Throws FORBIDDEN. */
  async list(principal: SessionPrincipal): Promise<SuccessionView[]> {
    requireRole(principal, { role: ['administrator', 'inspector'] });
    return this.room.unitOfWork.run((tx) => listSuccessions(tx, principal.provinceId));
  }

  /** Throws FORBIDDEN, NOT_FOUND, VALIDATION_FAILED. */
  async preview(
    principal: SessionPrincipal,
    given: { organisationId: string; plan: SuccessionPlan },
  ): Promise<SuccessionPreview> {
    requireRole(principal, { role: ['administrator', 'inspector'] });
    const { provinceId } = principal;
    return this.room.unitOfWork.run((tx) => previewSuccession(tx, this.room, { ...given, provinceId }));
  }

  /** Throws FORBIDDEN, NOT_FOUND, VALIDATION_FAILED, VERSION_CONFLICT. */
  async enter(
    principal: SessionPrincipal,
    given: ApplySuccession & { organisationId: string; requestId: string },
  ): Promise<SuccessionView> {
    requireRole(principal, { role: 'administrator' });
    const { provinceId, personId: createdById } = principal;
    return this.room.unitOfWork.run((tx) => enterSuccession(tx, this.room, { ...given, provinceId, createdById }));
  }

  /** One whose day is still to come. Throws FORBIDDEN, NOT_FOUND. */
  async cancel(principal: SessionPrincipal, given: { id: string; requestId: string }): Promise<void> {
    requireRole(principal, { role: 'administrator' });
    const { provinceId, personId: principalId } = principal;
    const { id, requestId } = given;
    await this.room.unitOfWork.run(async (tx) => {
      const removed = await tx.delete(SuccessionEntity, { id, provinceId, appliedAt: IsNull() });
      if (!removed.affected) throw new AppError('NOT_FOUND');
      await recordAudit(tx, {
        ...{ kind: 'administration', action: 'organisation.successionCancelled', at: this.room.clock.now() },
        ...{ provinceId, subjectId: id, principalId, requestId },
      });
    });
  }
}
