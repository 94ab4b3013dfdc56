import { ReportRoundEntity, UnitReportEntity } from './report-round.entity.js';
import { TripFiguresEntity } from './trip-figures.entity.js';

export { ReportRoundService } from './report-round.service.js';
export { ReportingService } from './reporting.service.js';
export { RoundPaperService } from './round-paper.service.js';
export { checkTripFigures, countTrips, recountTrips } from './trip-figures.js';
export { UnitReportService } from './unit-report.service.js';

/** For the data source. */
export const reportingEntities = [ReportRoundEntity, UnitReportEntity, TripFiguresEntity];
