import type { CaseStory, RevisionSummary, RevisionView } from '#contracts/case-story.js';
import type {
  AbroadQuery,
  HouseView,
  PlanActuals,
  Statistics,
  TravellerYears,
  TripsAbroad,
} from '#contracts/overview.js';
import type { SessionPrincipal } from '#libs/organisation';
import { listAbroad, listTravellers } from './abroad.js';
import type { CaseDependencies } from './case-dependencies.js';
import { listRevisions, readRevision, readStory } from './case-story.js';
import { readHouse } from './house-view.js';
import { readPlanActuals } from './plan-actuals.js';
import { readStatistics } from './statistics.js';

/** What people look at beside a decision: the way of one case, and many cases together. Reads only. */
export class OverviewService {
  constructor(private readonly dependencies: CaseDependencies) {}

  story(principal: SessionPrincipal, caseId: string): Promise<CaseStory> {
    return readStory(this.dependencies, { principal, caseId });
  }

  revisions(principal: SessionPrincipal, caseId: string): Promise<RevisionSummary[]> {
    return listRevisions(this.dependencies, { principal, caseId });
  }

  revision(principal: SessionPrincipal, one: { caseId: string; revision: number }): Promise<RevisionView> {
    return readRevision(this.dependencies, { principal, ...one });
  }

  abroad(principal: SessionPrincipal, query: AbroadQuery): Promise<TripsAbroad> {
    return listAbroad(this.dependencies, principal, query);
  }

  travellers(principal: SessionPrincipal, year: number): Promise<TravellerYears> {
    return listTravellers(this.dependencies, principal, year);
  }

  statistics(principal: SessionPrincipal, year: number): Promise<Statistics> {
    return readStatistics(this.dependencies, principal, year);
  }

  planActuals(principal: SessionPrincipal, planId: string): Promise<PlanActuals> {
    return readPlanActuals(this.dependencies, principal, planId);
  }

  house(principal: SessionPrincipal): Promise<HouseView> {
    return readHouse(this.dependencies, principal);
  }
}
