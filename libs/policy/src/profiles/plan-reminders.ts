import type { Text } from '#contracts/text.js';
import type { PlanRecipient, PlanReminders, YearlyDuty } from '../profile.js';

/**
 * The year of the annual plan and of the periodic reports. No provincial regulation with these days was found (source null), so a
 * province sets its own; the observed days beside them are of Thái Nguyên 2019 and Đồng Nai 2024.
 */
export const assumedPlanReminders: PlanReminders = {
  itemWithoutDossier: { daysBefore: [45, 30, 20], source: null },
  yearly: [
    duty({ id: 'registrationOpens', on: '08-15', about: 'nextYear', to: ['focalReviewer', 'units'], remindDays: [0] }, [
      'Mở đăng ký kế hoạch đoàn ra năm sau',
      "Registration for next year's plan opens",
    ]),
    duty({ id: 'registrationCloses', on: '09-30', about: 'nextYear', to: ['units'], remindDays: [-14, -7, -1, 1] }, [
      'Hết hạn đăng ký kế hoạch đoàn ra năm sau',
      "Registration for next year's plan closes",
    ]),
    duty({ id: 'consolidation', on: '10-31', about: 'nextYear', to: ['focalReviewer'], remindDays: [-7, -1, 1] }, [
      'Cơ quan đầu mối tổng hợp kế hoạch đoàn ra',
      'The focal agency consolidates the plan',
    ]),
    duty({ id: 'partySubmission', on: '11-15', about: 'nextYear', to: ['focalReviewer'], remindDays: [-7, -1, 1] }, [
      'UBND tỉnh trình Tỉnh ủy kế hoạch đoàn ra',
      "The People's Committee submits the plan to the Party committee",
    ]),
    duty({ id: 'centralSubmission', on: '11-30', about: 'nextYear', to: ['focalReviewer'], remindDays: [-7, -1, 1] }, [
      'Gửi kế hoạch đoàn ra về Bộ Ngoại giao',
      'The plan goes to the Ministry of Foreign Affairs',
    ]),
    duty({ id: 'midYearAdjustment', on: '05-01', about: 'thisYear', to: ['units'], remindDays: [-14, -7, -1] }, [
      'Hết hạn đề nghị điều chỉnh kế hoạch giữa năm',
      'Mid-year adjustments of the plan are due',
    ]),
    duty({ id: 'halfYearReportRequest', on: '05-25', about: 'thisYear', to: ['focalReviewer'], remindDays: [0, 5] }, [
      'Cơ quan đầu mối yêu cầu các đơn vị báo cáo 6 tháng',
      'The focal agency asks the units for the half-year report',
    ]),
    duty({ id: 'halfYearReport', on: '06-15', about: 'thisYear', to: ['units'], remindDays: [-7, -1, 1] }, [
      'Báo cáo công tác đối ngoại 6 tháng',
      'Half-year report on foreign affairs',
    ]),
    duty({ id: 'yearlyReportRequest', on: '11-10', about: 'thisYear', to: ['focalReviewer'], remindDays: [0, 5] }, [
      'Cơ quan đầu mối yêu cầu các đơn vị báo cáo năm',
      'The focal agency asks the units for the yearly report',
    ]),
    duty({ id: 'yearlyReport', on: '12-01', about: 'thisYear', to: ['units'], remindDays: [-7, -1, 1] }, [
      'Báo cáo công tác đối ngoại năm',
      'Yearly report on foreign affairs',
    ]),
  ],
};

interface Duty {
  id: string;
  on: string;
  about: YearlyDuty['about'];
  to: readonly PlanRecipient[];
  remindDays: readonly number[];
}

function duty(given: Duty, [vi, en]: readonly [string, string]): YearlyDuty {
  const name: Text = { vi, en };
  return { ...given, name, source: null };
}
