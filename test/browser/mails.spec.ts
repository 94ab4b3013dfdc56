import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { mailTemplates, type RenderMailInput, renderMail } from '#libs/delegation';
import { graveViolations, launchBrowser, overflowPx } from './people.js';

const explanation = {
  vi: '3 ngày làm việc, tính từ 12/01/2023 (không tính ngày 11/01); bỏ qua 14–15/01 (cuối tuần), 20–26/01 (nghỉ Tết Nguyên đán)',
  en: '3 working days, counted from 12/01/2023 (11/01 is not counted); skipping 14–15/01 (weekend), 20–26/01 (Lunar New Year)',
};
const dueAt = new Date('2023-01-17T10:00:00Z');
const instanceId = '6f1c7a3e-0000-4000-8000-000000000001';
const base: Omit<RenderMailInput, 'template' | 'language'> = {
  caseCode: 'DR-2023-0007',
  instanceId,
  publicUrl: 'https://thong-hanh.tuyenquang.gov.example',
  data: {},
  task: { kind: 'appraise', dueAt, explanation },
  deadline: { name: 'appraisalDeadline', dueAt, explanation },
  also: [{ template: 'decisionIssued', data: {} }],
};
const task = { taskId: instanceId, instanceId, caseCode: 'DR-2023-0007', caseVersion: 3, dueAt, explanation };
const note = { instanceId, caseCode: 'DR-2023-0008', template: 'completed', data: {}, deadline: null };
const digest = {
  day: '2023-01-17',
  tasks: [
    { ...task, kind: 'appraise', urgency: 'overdue' as const },
    { ...task, kind: 'notifyMofa', urgency: 'today' as const },
    { ...task, kind: 'submitReport', urgency: 'soon' as const },
    { ...task, kind: 'returnPassports', urgency: 'later' as const },
  ],
  notes: [note],
  counts: { overdue: 1, today: 1, soon: 1, later: 1, notes: 1 },
  others: 7,
};

/** A telephone, the reading pane of a desk, and a wide window. */
const widths = [320, 600, 1280];

describe('a mail as people see it', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  it.each(['vi', 'en'] as const)(
    'fits a telephone, a pane and a window, in %s, with every template',
    async (language) => {
      const page = await browser.newPage();
      const all = [
        ...mailTemplates.map((template) => renderMail({ ...base, template, language })),
        renderMail({ ...base, template: 'digest', language, digest }),
      ];
      for (const { subject, html } of all) {
        for (const width of widths) {
          await page.setViewportSize({ width, height: 800 });
          await page.setContent(html);
          expect([subject, width, await overflowPx(page)]).toEqual([subject, width, 0]);
          const letter = await page.locator('table table').first().boundingBox();
          expect(letter?.width).toBeLessThanOrEqual(600);
          expect(letter?.width).toBeGreaterThanOrEqual(Math.min(600, width - 40));
        }
      }
      await page.close();
    },
  );

  it('can be read by everybody: contrast, language, names of links', async () => {
    const page = await browser.newPage();
    for (const template of ['taskOpened', 'deadlineOverdue', 'completed', 'digest']) {
      const { html } = renderMail({ ...base, template, language: 'vi', ...(template === 'digest' && { digest }) });
      await page.setContent(html);
      expect([template, await graveViolations(page)]).toEqual([template, []]);
    }
    await page.close();
  });
});
