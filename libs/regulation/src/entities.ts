import { CalendarChangeEntity } from './calendar-change.entity.js';
import { RuleVersionEntity } from './rule-version.entity.js';
import { TravelRestrictionEntity } from './travel-restriction.entity.js';

/** For the data source. */
export const regulationEntities = [RuleVersionEntity, TravelRestrictionEntity, CalendarChangeEntity];
