import { lendableRoles } from '#contracts/substitution.js';

/** `x` is a substitution, `r` a role assignment: whether the role is within its scope. One wording for sign-in, mail and signing. */
export const isLent = `r.person_id = x.person_id and (x.role is null or x.role = r.role)
        and (x.organisation_id is null or x.organisation_id = r.organisation_id)
        and r.role in (${lendableRoles.map((role) => `'${role}'`).join(', ')})`;

/** Whether the substitution `x` holds on the day of that parameter. Nothing ends it but the day after its last one, or a revocation. */
export const isRunning = (day: '$1' | '$2' | '$3') =>
  `x.revoked_at is null and x.first_day <= ${day}::date and x.last_day >= ${day}::date`;
