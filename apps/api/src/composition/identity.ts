import type { Provider } from '@nestjs/common';
import type { ErrorCode } from '#contracts/errors.js';
import type { Clock } from '#libs/calendar';
import type { AppConfig } from '#libs/config';
import { type IdentityProvider, isProviderRefusal, openIdentityProvider } from '#libs/identity-provider';
import {
  AccountLinkService,
  ApiTokenService,
  DirectoryService,
  ProviderSignInService,
  SecondFactorService,
  SessionService,
} from '#libs/organisation';
import type { PreparedReader, UnitOfWork } from '#libs/persistence';
import { clockToken, preparedReaderToken, unitOfWorkToken } from '../tokens.js';

function providerOf({ identityProvider, publicUrl }: AppConfig): IdentityProvider | null {
  if (identityProvider === undefined) return null;
  const redirectUri = `${publicUrl}/api/v1/sign-in/callback`;
  return openIdentityProvider({ ...identityProvider, redirectUri, afterSignOutUri: `${publicUrl}/` });
}

const refusals = {
  unreachable: 'PROVIDER_UNREACHABLE',
  refused: 'PROVIDER_REFUSED',
  invalid: 'PROVIDER_ANSWER_INVALID',
} as const;

function refusalOf(error: unknown): ErrorCode | null {
  return isProviderRefusal(error) ? refusals[error.providerRefusal] : null;
}

/** Who signs in, by what, and for how long. */
export function identity(config: AppConfig, wallClock: Clock): Provider[] {
  return [
    {
      provide: SessionService,
      useFactory: (reader: PreparedReader, unitOfWork: UnitOfWork, clock: Clock) =>
        new SessionService({
          unitOfWork,
          reader,
          clock,
          wallClock,
          sessionTtlHours: config.sessionTtlHours,
          sessionIdleMinutes: config.sessionIdleMinutes,
          keys: config.dataKeys,
          localSignIn: config.localSignIn,
          secondFactor: config.secondFactor,
        }),
      inject: [preparedReaderToken, unitOfWorkToken, clockToken],
    },
    {
      provide: SecondFactorService,
      useFactory: (unitOfWork: UnitOfWork, clock: Clock) => {
        return new SecondFactorService({ unitOfWork, clock, wallClock, keys: config.dataKeys });
      },
      inject: [unitOfWorkToken, clockToken],
    },
    {
      provide: AccountLinkService,
      useFactory: (unitOfWork: UnitOfWork, clock: Clock) => {
        return new AccountLinkService({ unitOfWork, clock, wallClock, localSignIn: config.localSignIn });
      },
      inject: [unitOfWorkToken, clockToken],
    },
    {
      provide: ApiTokenService,
      useFactory: (unitOfWork: UnitOfWork, reader: PreparedReader) =>
        new ApiTokenService({ unitOfWork, reader, wallClock }),
      inject: [unitOfWorkToken, preparedReaderToken],
    },
    {
      provide: ProviderSignInService,
      useFactory: (unitOfWork: UnitOfWork, sessions: SessionService) =>
        new ProviderSignInService({ unitOfWork, wallClock, sessions, provider: providerOf(config), refusalOf }),
      inject: [unitOfWorkToken, SessionService],
    },
    {
      provide: DirectoryService,
      useFactory: (unitOfWork: UnitOfWork, clock: Clock) => new DirectoryService({ unitOfWork, clock, wallClock }),
      inject: [unitOfWorkToken, clockToken],
    },
  ];
}
