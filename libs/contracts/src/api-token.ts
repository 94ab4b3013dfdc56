import { z } from 'zod';
import type { Text } from './text.js';

/** What a system may be let in for. Reading only; whatever is not listed stays closed to it. */
export const apiScopes = [
  'cases:read',
  'plans:read',
  'reports:read',
  'organisations:read',
  'audit:read',
  'metrics:read',
] as const;
export type ApiScope = (typeof apiScopes)[number];

export const apiScopeTexts = {
  'cases:read': { vi: 'Đọc hồ sơ đoàn ra', en: 'Read cases' },
  'plans:read': { vi: 'Đọc kế hoạch năm', en: 'Read annual plans' },
  'reports:read': { vi: 'Đọc báo cáo, thống kê', en: 'Read reports and statistics' },
  'organisations:read': { vi: 'Đọc cơ quan, nhân sự', en: 'Read organisations and people' },
  'audit:read': { vi: 'Đọc nhật ký kiểm tra', en: 'Read the audit records' },
  'metrics:read': { vi: 'Đọc số đo vận hành (/metrics)', en: 'Read operating figures (/metrics)' },
} satisfies Record<ApiScope, Text>;

/** Longest life of a token, in days: giả định. */
export const apiTokenMaxDays = 366;

export const createApiTokenBody = z
  .object({
    name: z.string().trim().min(1).max(100),
    scopes: z.array(z.enum(apiScopes)).min(1).max(apiScopes.length),
    days: z.int().min(1).max(apiTokenMaxDays),
  })
  .meta({ id: 'CreateApiToken' });
export type CreateApiToken = z.output<typeof createApiTokenBody>;

export const apiTokenView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    scopes: z.array(z.enum(apiScopes)),
    createdAt: z.iso.datetime(),
    /** Null: made at the command line. */
    createdBy: z.string().nullable(),
    expiresAt: z.iso.datetime(),
    /** To five minutes. */
    lastUsedAt: z.iso.datetime().nullable(),
    revokedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ApiToken' });
export type ApiTokenView = z.output<typeof apiTokenView>;
export const apiTokenList = z.object({ items: z.array(apiTokenView) }).meta({ id: 'ApiTokenList' });

/** `token` is shown this once. */
export const createdApiToken = z
  .object({ id: z.uuid(), token: z.string(), expiresAt: z.iso.datetime() })
  .meta({ id: 'CreatedApiToken' });
export type CreatedApiToken = z.output<typeof createdApiToken>;
