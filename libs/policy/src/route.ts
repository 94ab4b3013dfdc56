import { AppError } from '#contracts/errors.js';
import type { MemberRank } from '#contracts/ranks.js';
import type { ApprovalRoute, OpinionRow, ProvinceProfile } from './profile.js';
import { conditionHolds, highestRank, type Trip } from './trip.js';

export interface TakenRoute extends ApprovalRoute {
  readonly highestRank: MemberRank;
}

/**
 * The approval steps of a trip. Throws VALIDATION_FAILED when the profile has no route for it: a trip must never pass unapproved
 * because nobody thought of its kind.
 */
export function routeFor(trip: Trip, profile: ProvinceProfile): TakenRoute {
  const route = profile.routes.find((candidate) => conditionHolds(trip, candidate.when));
  if (!route || route.steps.length === 0) {
    throw new AppError('VALIDATION_FAILED', {
      text: {
        vi: `Quy chế "${profile.name.vi}" chưa có tuyến phê duyệt cho loại đoàn này. Quản trị cần bổ sung.`,
        en: `The rule set "${profile.name.en}" has no approval route for this kind of delegation. The administrator must add one.`,
      },
    });
  }
  return { ...route, highestRank: highestRank(trip) };
}

/** The agencies whose opinion the profile asks for this trip; not required ones are offered to the reviewer. */
export function opinionsFor(trip: Trip, profile: ProvinceProfile): readonly OpinionRow[] {
  return profile.opinions.filter((row) => conditionHolds(trip, row.when));
}
