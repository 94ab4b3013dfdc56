import { useEffect, useRef, useState } from 'react';
import type { CaseView } from '#contracts/case.js';
import type { ProposalView } from '#contracts/proposal.js';
import { ApiProblem } from '../api/client';
import { useFreshCase, useSaveProposal } from '../api/queries';
import { changedFields, contentOf, fieldsOf, type ProposalField, type ProposalValues, patchOf } from './values';

const pauseMs = 1_200;

export interface Conflict {
  readonly theirs: ProposalView;
  /** Fields that differ between what I have written and what somebody else has saved. */
  readonly fields: readonly ProposalField[];
}

export type SaveState = 'saved' | 'changed' | 'saving' | 'failed' | 'conflict';

/**
 * Saves what changed, a moment after the last key; one save at a time. When somebody else saved first, nothing is overwritten: the
 * difference is handed to the person.
 */
export function useAutosave(view: CaseView) {
  const save = useSaveProposal(view.id);
  const readFresh = useFreshCase(view.id);
  const saved = useRef({ revision: view.proposal.revision, fields: fieldsOf(view.proposal) });
  const latest = useRef<ProposalValues | null>(null);
  const timer = useRef<number>(undefined);
  const busy = useRef(false);
  const [state, setState] = useState<SaveState>('saved');
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);

  const flush = async (): Promise<boolean> => {
    window.clearTimeout(timer.current);
    if (latest.current === null || busy.current) return !busy.current;
    const content = contentOf(latest.current);
    const fields = changedFields(saved.current.fields, content);
    if (fields.length === 0) {
      setState('saved');
      return true;
    }
    busy.current = true;
    setState('saving');
    try {
      const receipt = await save.mutateAsync({ patch: patchOf(fields, content), revision: saved.current.revision });
      saved.current = { revision: receipt.revision, fields: content };
      setProblem(null);
      setState('saved');
      return true;
    } catch (cause) {
      const refused = cause instanceof ApiProblem ? cause : new ApiProblem(0, {});
      if (refused.status === 412) {
        const { proposal } = await readFresh();
        setConflict({ theirs: proposal, fields: changedFields(fieldsOf(proposal), content) });
        setState('conflict');
      } else {
        setProblem(refused);
        setState('failed');
      }
      return false;
    } finally {
      busy.current = false;
    }
  };

  const changed = (values: ProposalValues) => {
    latest.current = values;
    if (state === 'conflict') return;
    setState('changed');
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => void flush(), pauseMs);
  };

  /** `mine`: what I wrote goes over theirs; otherwise the caller shows theirs. */
  const settle = (keep: 'mine' | 'theirs') => {
    if (conflict === null) return;
    saved.current = { revision: conflict.theirs.revision, fields: fieldsOf(conflict.theirs) };
    if (keep === 'theirs') latest.current = null;
    setConflict(null);
    if (keep === 'mine') void flush();
    else setState('saved');
  };

  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (state !== 'saved') event.preventDefault();
    };
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [state]);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return { state, problem, conflict, changed, flush, settle };
}
