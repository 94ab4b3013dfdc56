import { ReportRoundEntity, UnitReportEntity } from './report-round.entity.js';

export { ReportRoundService } from './report-round.service.js';
export { ReportingService } from './reporting.service.js';
export { UnitReportService } from './unit-report.service.js';

/** For the data source. */
export const reportingEntities = [ReportRoundEntity, UnitReportEntity];
