import fs from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { deadlineTexts } from '#contracts/deadline-names.js';
import { taskNames } from '#workflows/outbound-delegation/names.js';
import { holderOf, type Outline, outline, permittedFor, ruleText } from '#workflows/outbound-delegation/outline.js';
import { drawStatechart } from './statechart-svg.mjs';
import { describeWorkflow } from './statechart-tables.mjs';

const committed = (file: string) => fs.readFileSync(new URL(`../docs/${file}`, import.meta.url), 'utf8');

describe('the picture and the tables of the workflow', () => {
  it('are what the machine says; run node scripts/statechart.mjs when they are not', () => {
    const drawn: string = drawStatechart(outline());
    expect(drawn === committed('statechart.svg')).toBe(true);
    expect(describeWorkflow({ outline, holderOf, permittedFor, ruleText, taskNames, deadlineTexts })).toBe(
      committed('workflow.md'),
    );
  });

  it('change when the machine changes', () => {
    const { states, transitions } = outline();
    const other: Outline = { states, transitions: transitions.filter(({ event }) => event.type !== 'SUBMIT') };
    expect(drawStatechart(other)).not.toBe(committed('statechart.svg'));
  });

  it('is well-formed, with each of the five phases and each ending by its Vietnamese name', () => {
    const drawn: string = drawStatechart(outline());
    const tops = outline().states.filter(({ parentId }) => parentId === null);
    expect(tops).toHaveLength(10);
    for (const { text } of tops) expect(drawn).toContain(text.vi);
    expect(drawn.match(/<text/g)?.length).toBe(drawn.match(/<\/text>/g)?.length);
  });
});
