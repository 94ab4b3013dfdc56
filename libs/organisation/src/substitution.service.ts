import type { CreateSubstitution, SubstitutionList, SubstitutionView } from '#contracts/substitution.js';
import type { Clock } from '#libs/calendar';
import type { PreparedReader, UnitOfWork } from '#libs/persistence';
import type { SessionPrincipal } from './permissions.js';
import { createSubstitution, endSubstitution, readSubstitutions } from './substitutions.js';

interface Command {
  readonly principal: SessionPrincipal;
  readonly requestId: string | null;
}

/** Who stands in for whom, as the signed-in person sees and changes it. What each throws is said where it is written. */
export class SubstitutionService {
  constructor(
    private readonly room: { readonly unitOfWork: UnitOfWork; readonly reader: PreparedReader; readonly clock: Clock },
  ) {}

  list(principal: SessionPrincipal): Promise<SubstitutionList> {
    return readSubstitutions(this.room.reader, { principal, clock: this.room.clock });
  }

  create(given: Command & { readonly command: CreateSubstitution }): Promise<SubstitutionView> {
    const { unitOfWork, clock } = this.room;
    return unitOfWork.run((tx) => createSubstitution(tx, { ...given, clock }));
  }

  end(given: Command & { readonly substitutionId: string }): Promise<void> {
    const { unitOfWork, clock } = this.room;
    return unitOfWork.run((tx) => endSubstitution(tx, { ...given, clock }));
  }
}
