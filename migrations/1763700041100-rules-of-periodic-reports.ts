import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rules that were written before the time of the periodic reports was a rule: they say what the product did until then. */
const complete = `
update rule_versions r set content = r.content || jsonb_build_object('periodicReports', coalesce(r.content->'periodicReports',
  '{"consolidation": {"amount": 5, "unit": "workingDay", "direction": "after", "source": null},
    "revision": {"amount": 3, "unit": "workingDay", "direction": "after", "source": null}}'::jsonb))
`;

/** The focal agency is reminded to ask for the reports: before the duty of the units where the rules know that one, and not yet this. */
const requests = `
update rule_versions r set content = jsonb_set(r.content, '{planReminders,yearly}', (
  select jsonb_agg(one.row order by one.at) from (
    select d.row, d.at from jsonb_array_elements(r.content#>'{planReminders,yearly}') with ordinality d(row, at)
    union all
    select n.row, d.at - 0.5 from jsonb_array_elements(r.content#>'{planReminders,yearly}') with ordinality d(row, at)
    join (values
      ('halfYearReport', '{"id": "halfYearReportRequest", "on": "05-25", "about": "thisYear", "to": ["focalReviewer"], "remindDays": [0, 5],
        "name": {"vi": "Cơ quan đầu mối yêu cầu các đơn vị báo cáo 6 tháng", "en": "The focal agency asks the units for the half-year report"},
        "source": null}'::jsonb),
      ('yearlyReport', '{"id": "yearlyReportRequest", "on": "11-10", "about": "thisYear", "to": ["focalReviewer"], "remindDays": [0, 5],
        "name": {"vi": "Cơ quan đầu mối yêu cầu các đơn vị báo cáo năm", "en": "The focal agency asks the units for the yearly report"},
        "source": null}'::jsonb)) n(after, row) on n.after = d.row->>'id'
    where not jsonb_path_exists(r.content, '$.planReminders.yearly[*] ? (@.id == $id)', jsonb_build_object('id', n.row->>'id'))
  ) one))
where jsonb_array_length(r.content#>'{planReminders,yearly}') between 1 and 28
`;

export class RulesOfPeriodicReports1763700041100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(complete);
    await runner.query(requests);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward. Restore a backup to go back.');
  }
}
