export { ReportingService } from './reporting.service.js';
