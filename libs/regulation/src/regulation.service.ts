import type {
  NewRestriction,
  PublishProfile,
  RestrictionView,
  RuleVersionSummary,
  RuleVersionView,
} from '#contracts/regulation.js';
import type { SessionPrincipal } from '#libs/organisation';
import { addRestriction, liftRestriction, listRestrictions, type RestrictionPosition } from './restrictions.js';
import { listVersions, publishVersion, type RegulationRoom, readVersion } from './rule-versions.js';

/** The province's rules and its register of bars to travel. What each throws is said where it is written. */
export class RegulationService {
  constructor(private readonly room: RegulationRoom) {}

  versions(principal: SessionPrincipal): Promise<RuleVersionSummary[]> {
    return listVersions(this.room, principal);
  }

  version(principal: SessionPrincipal, version: number): Promise<RuleVersionView> {
    return readVersion(this.room, principal, version);
  }

  publish(
    principal: SessionPrincipal,
    given: PublishProfile & { expectedVersion: number; requestId: string | null },
  ): Promise<{ version: number }> {
    return publishVersion(this.room, principal, given);
  }

  restrictions(
    principal: SessionPrincipal,
    given: { holdingOnly?: boolean | undefined; after?: RestrictionPosition | undefined; limit: number },
  ): Promise<{ items: RestrictionView[]; next: RestrictionPosition | null }> {
    return listRestrictions(this.room, principal, given);
  }

  addRestriction(
    principal: SessionPrincipal,
    given: NewRestriction & { requestId: string | null },
  ): Promise<{ id: string }> {
    return addRestriction(this.room, principal, given);
  }

  liftRestriction(principal: SessionPrincipal, given: { id: string; requestId: string | null }): Promise<void> {
    return liftRestriction(this.room, principal, given);
  }
}
