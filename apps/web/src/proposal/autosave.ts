import { useEffect, useRef, useState } from 'react';
import type { CaseView } from '#contracts/case.js';
import type { ProposalView } from '#contracts/proposal.js';
import { ApiProblem } from '../api/client';
import { useFreshCase, useSaveProposal } from '../api/queries';
import { useLeaveWarning } from '../parts/leave-warning';
import {
  changedFields,
  contentOf,
  fieldsOf,
  type ProposalField,
  type ProposalValues,
  patchOf,
  valuesOf,
} from './values';

const pauseMs = 1_200;

export interface Conflict {
  readonly theirs: ProposalView;
  /** Fields both of us changed, differently. */
  readonly fields: readonly ProposalField[];
  /** Every field I changed. */
  readonly mine: readonly ProposalField[];
}

export type SaveState = 'saved' | 'changed' | 'saving' | 'failed' | 'conflict';

/**
 * Saves what changed, a moment after the last key; one save at a time. When somebody else saved first, other fields are taken over
 * and what both changed is handed to the person as a difference. `put` shows values in the form.
 */
export function useAutosave(view: CaseView, put: (values: ProposalValues) => void) {
  const save = useSaveProposal(view.id);
  const readFresh = useFreshCase(view.id);
  const saved = useRef({ revision: view.proposal.revision, fields: fieldsOf(view.proposal) });
  const latest = useRef<ProposalValues | null>(null);
  const timer = useRef<number>(undefined);
  const busy = useRef(false);
  const [state, setState] = useState<SaveState>('saved');
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);

  const differs = (): readonly ProposalField[] =>
    latest.current === null ? [] : changedFields(saved.current.fields, contentOf(latest.current));

  const flush = async (): Promise<boolean> => {
    window.clearTimeout(timer.current);
    const fields = differs();
    if (latest.current === null || fields.length === 0) {
      setState('saved');
      return true;
    }
    if (busy.current) return false;
    busy.current = true;
    setState('saving');
    const content = contentOf(latest.current);
    try {
      const receipt = await save.mutateAsync({ patch: patchOf(fields, content), revision: saved.current.revision });
      saved.current = { revision: receipt.revision, fields: content };
      setProblem(null);
      setState(differs().length === 0 ? 'saved' : 'changed');
      return true;
    } catch (cause) {
      const refused = cause instanceof ApiProblem ? cause : new ApiProblem(0, {});
      if (refused.status === 412) await meet((await readFresh()).proposal, fields);
      else {
        setProblem(refused);
        setState('failed');
      }
      return false;
    } finally {
      busy.current = false;
      if (differs().length > 0) later();
    }
  };

  const later = () => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => void flush(), pauseMs);
  };

  const meet = async (theirs: ProposalView, mine: readonly ProposalField[]) => {
    const theirFields = fieldsOf(theirs);
    const content = contentOf(latest.current ?? valuesOf(theirs));
    const moved = changedFields(saved.current.fields, theirFields);
    const fields = changedFields(theirFields, content).filter((field) => mine.includes(field) && moved.includes(field));
    if (fields.length === 0) rebase(theirs, mine);
    else {
      setConflict({ theirs, fields, mine });
      setState('conflict');
    }
  };

  /** Theirs becomes the ground; the fields of mine named here stand on it. */
  const rebase = (theirs: ProposalView, mine: readonly ProposalField[]) => {
    const content = contentOf(latest.current ?? valuesOf(theirs));
    const merged = valuesOf({ ...theirs, ...patchOf(mine, content) });
    saved.current = { revision: theirs.revision, fields: fieldsOf(theirs) };
    latest.current = merged;
    put(merged);
    setState(mine.length === 0 ? 'saved' : 'changed');
    later();
  };

  const changed = (values: ProposalValues) => {
    latest.current = values;
    if (conflict !== null || differs().length === 0) return;
    setState('changed');
    later();
  };

  const settle = (keep: 'mine' | 'theirs') => {
    if (conflict === null) return;
    const { theirs, mine, fields } = conflict;
    setConflict(null);
    rebase(theirs, keep === 'mine' ? mine : mine.filter((field) => !fields.includes(field)));
  };

  useLeaveWarning(state !== 'saved');
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return { state, problem, conflict, changed, flush, settle };
}
