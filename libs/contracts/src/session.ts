import { z } from 'zod';
import { roles } from './roles.js';

/** Longest password taken, in characters: a longer one is refused, never cut. */
export const passwordMaxLength = 256;
/** OWASP ASVS 5.0, 6.2.1 asks for at least 8 and recommends 15; 12 is ours, the same as for DEMO_PASSWORD. */
export const passwordMinLength = 12;

export const signInBody = z
  .object({
    email: z.string().trim().min(3).max(254),
    password: z.string().min(1).max(passwordMaxLength),
  })
  .meta({ id: 'SignIn' });
export type SignInBody = z.output<typeof signInBody>;

export const changePasswordBody = z
  .object({
    currentPassword: z.string().min(1).max(passwordMaxLength),
    newPassword: z.string().min(passwordMinLength).max(passwordMaxLength),
  })
  .meta({ id: 'ChangePassword' });
export type ChangePasswordBody = z.output<typeof changePasswordBody>;

/** Who is signed in, as the screens need it. Roles are those of today. */
export const me = z
  .object({
    personId: z.uuid(),
    fullName: z.string(),
    email: z.string(),
    language: z.enum(['vi', 'en']),
    province: z.object({ id: z.uuid(), code: z.string(), name: z.string() }),
    roles: z.array(
      z.object({
        role: z.enum(roles),
        organisationId: z.uuid(),
        organisationCode: z.string(),
        organisationName: z.string(),
      }),
    ),
    positions: z.array(
      z.object({ title: z.string(), rank: z.string(), organisationId: z.uuid(), organisationName: z.string() }),
    ),
    /** Whose work the person does today, besides their own; `lastDay` is the last day of it. */
    substituting: z.array(
      z.object({
        person: z.object({ id: z.uuid(), fullName: z.string() }),
        role: z.enum(roles),
        organisationId: z.uuid(),
        organisationName: z.string(),
        lastDay: z.iso.date(),
      }),
    ),
    sessionExpiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Me' });
export type Me = z.output<typeof me>;

export const sessionView = z
  .object({
    id: z.uuid(),
    createdAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    /** The session this request came with. */
    current: z.boolean(),
    /** What the browser called itself. */
    userAgent: z.string().nullable(),
  })
  .meta({ id: 'Session' });
export type SessionView = z.output<typeof sessionView>;
export const sessionList = z.object({ items: z.array(sessionView) });
