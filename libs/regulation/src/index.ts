export { CalendarBook, liveChanges } from './calendar-book.js';
export {
  lockCalendar,
  mayChangeCountry,
  type ProposedCalendar,
  proposeCalendar,
  rowsOfYear,
  shownCalendarChanges,
  storeCalendarChange,
} from './calendar-changes.js';
export { regulationEntities } from './entities.js';
export { focalCodeOn, ProfileBook, versionInForce } from './profile-book.js';
export { RegulationService } from './regulation.service.js';
export { readForProvince } from './rule-versions.js';
export { requireUnmarkedContent, requireUnmarkedEvent, secrecyOfFile, secrecyOfWords } from './unclassified.js';
