import { AppError } from '#contracts/errors.js';
import type { WorkflowDefinition } from '#libs/engine';

/** Every machine version this server knows. A running instance keeps its version; a new one starts on the newest. */
export interface DefinitionCatalogue {
  /** AppError UNKNOWN_DEFINITION when this server does not have it. */
  exact(id: string, version: number): WorkflowDefinition;
  newest(id: string): WorkflowDefinition;
}

export function createDefinitionCatalogue(definitions: readonly WorkflowDefinition[]): DefinitionCatalogue {
  const byVersion = new Map(definitions.map((definition) => [`${definition.id}@${definition.version}`, definition]));
  const newest = new Map<string, WorkflowDefinition>();
  for (const definition of definitions) {
    const known = newest.get(definition.id);
    if (!known || known.version < definition.version) newest.set(definition.id, definition);
  }
  return {
    exact: (id, version) => byVersion.get(`${id}@${version}`) ?? unknownDefinition(id, version),
    newest: (id) => newest.get(id) ?? unknownDefinition(id, null),
  };
}

function unknownDefinition(definitionId: string, definitionVersion: number | null): never {
  throw new AppError('UNKNOWN_DEFINITION', { definitionId, definitionVersion });
}
