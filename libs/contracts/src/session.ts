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
    /** Of the authenticator application, or one of the recovery codes; asked for by SECOND_FACTOR_REQUIRED. */
    code: z.string().max(40).optional(),
  })
  .meta({ id: 'SignIn' });
export type SignInBody = z.output<typeof signInBody>;

/** By which ways people sign in here. */
export const signInWays = z
  .object({ local: z.boolean(), provider: z.object({ name: z.string() }).nullable() })
  .meta({ id: 'SignInWays' });
export type SignInWays = z.output<typeof signInWays>;
/** `to`: the path to come back to; anything that is not a page of this site leads to the first one. */
export const beginProviderBody = z.object({ to: z.string().max(2000) }).meta({ id: 'BeginProviderSignIn' });
export type BeginProvider = z.output<typeof beginProviderBody>;
/** What a provider posts when somebody signed out there; fields beside the token are allowed by its specification. */
export const backChannelLogoutBody = z
  .looseObject({ logout_token: z.string().min(1).max(20_000) })
  .meta({ id: 'BackChannelLogout' });
export type BackChannelLogout = z.output<typeof backChannelLogoutBody>;
export const providerAddress = z.object({ url: z.string() }).meta({ id: 'ProviderAddress' });
export type ProviderAddress = z.output<typeof providerAddress>;

export const changePasswordBody = z
  .object({
    currentPassword: z.string().min(1).max(passwordMaxLength),
    newPassword: z.string().min(passwordMinLength).max(passwordMaxLength),
  })
  .meta({ id: 'ChangePassword' });
export type ChangePasswordBody = z.output<typeof changePasswordBody>;

/** What a session may have to give before it opens anything: the code of a second factor, or the second factor itself. */
export const sessionAwaits = ['secondFactorCode', 'secondFactorSetUp'] as const;
export type SessionAwaits = (typeof sessionAwaits)[number];

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
    /** The day the province works on: where a page of days opens. */
    today: z.iso.date(),
    sessionExpiresAt: z.iso.datetime(),
    /** Signed in through the identity provider: signing out leads there too. */
    byProvider: z.boolean(),
    /** This installation is tried out: whoever is signed in may move its time on. */
    trial: z.boolean(),
    /** Set: until that is given, every other route answers SECOND_FACTOR_REQUIRED or SECOND_FACTOR_SET_UP_REQUIRED. */
    awaits: z.enum(sessionAwaits).nullable(),
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

/** Absent for whoever signed in through the provider: a sign-in of a moment ago stands for the password. */
const proof = { currentPassword: z.string().min(1).max(passwordMaxLength).optional() };
export const proofBody = z.object(proof).meta({ id: 'Proof' });
export type ProofBody = z.output<typeof proofBody>;
export const secondFactorStatus = z
  .object({ enabled: z.boolean(), codesLeft: z.int() })
  .meta({ id: 'SecondFactorStatus' });
export type SecondFactorStatus = z.output<typeof secondFactorStatus>;
/** `uri`: what the application scans, otpauth://…; `secret`: the same to type. */
export const secondFactorSetUp = z.object({ secret: z.string(), uri: z.string() }).meta({ id: 'SecondFactorSetUp' });
export type SecondFactorSetUp = z.output<typeof secondFactorSetUp>;
export const secondFactorCodeBody = z.object({ code: z.string().max(40) }).meta({ id: 'SecondFactorCode' });
export type SecondFactorCode = z.output<typeof secondFactorCodeBody>;
export const recoveryCodeList = z.object({ codes: z.array(z.string()) }).meta({ id: 'RecoveryCodes' });
/** Both: for what a browser left open must not do. */
export const bothFactorsBody = z.object({ ...proof, code: z.string().min(1).max(40) }).meta({ id: 'BothFactors' });
export type BothFactors = z.output<typeof bothFactorsBody>;

export const issuedLink = z
  .object({ kind: z.enum(['invitation', 'reset']), url: z.string(), expiresAt: z.iso.datetime() })
  .meta({ id: 'IssuedLink' });
export type IssuedLink = z.output<typeof issuedLink>;
export const sentLink = z.object({ kind: z.enum(['invitation', 'reset']) }).meta({ id: 'SentLink' });
export type SentLink = z.output<typeof sentLink>;
export const passwordResetBody = z
  .object({ email: z.string().trim().min(3).max(254) })
  .meta({ id: 'RequestPasswordReset' });
export type PasswordResetBody = z.output<typeof passwordResetBody>;
export const redeemLinkBody = z
  .object({ token: z.string().length(43), newPassword: z.string().min(passwordMinLength).max(passwordMaxLength) })
  .meta({ id: 'RedeemLink' });
export type RedeemLink = z.output<typeof redeemLinkBody>;
