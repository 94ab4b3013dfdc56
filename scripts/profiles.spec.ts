import fs from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { deadlineTexts } from '#contracts/deadline-names.js';
import { stepDocumentTexts } from '#contracts/rule-profile-kinds.js';
import { ruleProfileJsonSchema } from '#contracts/rule-profile-schema.js';
import * as policy from '#libs/policy';
import { profileFiles } from './profile-files.mjs';

describe('the shipped profiles as files', () => {
  const written = profileFiles({ ...policy, deadlineTexts, stepDocumentTexts, ruleProfileJsonSchema });

  it.each(Object.entries(written))(
    '%s is what libs/policy says; run node scripts/profiles.mjs when not',
    (file, text) => {
      expect(fs.readFileSync(file, 'utf8') === text).toBe(true);
    },
  );

  it('can be read back, schema reference and all', () => {
    for (const profile of policy.shippedProfiles) {
      const file = JSON.parse(fs.readFileSync(`libs/policy/profiles/${profile.id}.json`, 'utf8'));
      const { $schema: _, ...rest } = { ...policy.readProfile(file).profile! };
      expect(rest).toEqual(profile);
    }
  });

  it('say in a schema what each field is called', () => {
    const text = JSON.stringify(ruleProfileJsonSchema(policy.fieldName));
    expect(text).toContain('"title":"Số người tối đa","description":"Most people"');
    expect(text).toContain('"$schema":"https://json-schema.org/draft/2020-12/schema"');
  });
});
