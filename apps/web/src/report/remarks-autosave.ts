import { useEffect, useRef, useState } from 'react';
import type { UnitRemarks, UnitReportView } from '#contracts/report-round.js';
import { ApiProblem } from '../api/client';
import { useSaveRemarks } from '../api/report-rounds';
import { useLeaveWarning } from '../parts/leave-warning';
import { isSame, joined } from './joined-remarks';

const pauseMs = 1_200;

export type RemarksState = 'saved' | 'unsaved' | 'saving' | 'failed';

/** Keeps what the unit writes, a moment after the last key and when the page is left; one save at a time. */
export function useRemarksAutosave(report: UnitReportView) {
  const { save, readFresh } = useSaveRemarks(report.id);
  const [remarks, setRemarks] = useState(report.remarks);
  const [state, setState] = useState<RemarksState>('saved');
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const [isJoined, setJoined] = useState(false);
  const kept = useRef({ remarks: report.remarks, revision: report.remarksRevision });
  const latest = useRef(report.remarks);
  const timer = useRef<number>(undefined);
  const busy = useRef(false);

  const flush = async (): Promise<void> => {
    window.clearTimeout(timer.current);
    const mine = latest.current;
    if (busy.current || isSame(kept.current.remarks, mine)) return;
    busy.current = true;
    setState('saving');
    try {
      const { revision } = await save({ remarks: mine, revision: kept.current.revision });
      kept.current = { remarks: mine, revision };
      setProblem(null);
      setState(isSame(latest.current, mine) ? 'saved' : 'unsaved');
    } catch (cause) {
      const refused = cause instanceof ApiProblem ? cause : new ApiProblem(0, {});
      if (refused.status === 412) await meet();
      else {
        setProblem(refused);
        setState('failed');
      }
    } finally {
      busy.current = false;
      if (!isSame(kept.current.remarks, latest.current)) later();
    }
  };

  const later = () => {
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => void flush(), pauseMs);
  };

  const meet = async () => {
    const fresh = await readFresh().catch(() => null);
    if (fresh === null) return setState('failed');
    const both = joined({ base: kept.current.remarks, mine: latest.current, theirs: fresh.remarks });
    kept.current = { remarks: fresh.remarks, revision: fresh.remarksRevision };
    latest.current = both;
    setRemarks(both);
    setJoined(true);
    setState(isSame(fresh.remarks, both) ? 'saved' : 'unsaved');
  };

  const change = (written: UnitRemarks) => {
    latest.current = written;
    setRemarks(written);
    if (isSame(kept.current.remarks, written)) return;
    setState('unsaved');
    later();
  };

  useLeaveWarning(state !== 'saved');
  const leave = useRef(flush);
  leave.current = flush;
  useEffect(() => {
    const hidden = () => document.visibilityState === 'hidden' && void leave.current();
    document.addEventListener('visibilitychange', hidden);
    return () => {
      document.removeEventListener('visibilitychange', hidden);
      void leave.current();
    };
  }, []);
  return { remarks, state, problem, isJoined, change };
}
