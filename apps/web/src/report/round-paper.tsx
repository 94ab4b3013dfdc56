import { App, Button } from 'antd';
import { useState } from 'react';
import type { RoundView } from '#contracts/report-round.js';
import { ApiProblem } from '../api/client';
import { roundSignedCopy, useNumberRoundAgain, useSignRound, useVoidRoundNumber } from '../api/report-rounds';
import { useLanguage } from '../language';
import { SignedCopyButton } from '../parts/signed-copy-button';
import { texts } from '../texts';
import { DecisionDialog } from './round-dialogs';
import { roundTexts } from './round-texts';

/** The issued report as a paper: its signed copy, the numbers it had before, and what the clerk may do with them. */
export function RoundPaper({ round }: { readonly round: RoundView }) {
  const { t, say } = useLanguage();
  const { message } = App.useApp();
  const { document, mayPaper, voidedDocuments } = round;
  const sign = useSignRound(round.id);
  const [asked, ask] = useState<'void' | 'number' | null>(null);
  if (document === null && voidedDocuments.length === 0) return null;
  const failed = (problem: Error) => {
    message.error(problem instanceof ApiProblem ? say(problem.text) : t('failed'));
  };
  return (
    <div className="stack" style={{ gap: 8 }}>
      {voidedDocuments.map(({ number, reason }) => (
        <p key={number} className="sentence">
          {say(roundTexts.voided).replace('{number}', number).replace('{reason}', reason)}
        </p>
      ))}
      <div className="row">
        {document?.signedCopy && (
          <a href={roundSignedCopy(round.id)} download>{`${t('signedCopyOf')}: ${document.signedCopy}`}</a>
        )}
        {mayPaper.attachSigned && (
          <SignedCopyButton loading={sign.isPending} send={(file) => sign.mutateAsync(file).catch(failed)} />
        )}
        {mayPaper.void && (
          <Button className="no-print" danger onClick={() => ask('void')}>
            {t('voidNumber')}
          </Button>
        )}
        {mayPaper.number && (
          <Button className="no-print" onClick={() => ask('number')}>
            {say(roundTexts.numberAgain)}
          </Button>
        )}
      </div>
      {asked === 'void' && <VoidDialog id={round.id} close={() => ask(null)} />}
      {asked === 'number' && <NumberDialog id={round.id} close={() => ask(null)} />}
    </div>
  );
}

interface Asked {
  readonly id: string;
  readonly close: () => void;
}

function VoidDialog({ id, close }: Asked) {
  const { say } = useLanguage();
  const decision = useVoidRoundNumber(id);
  return (
    <DecisionDialog
      action={texts.voidNumber}
      asks="reason"
      decision={decision}
      decide={({ reason = '' }, done) => decision.mutate(reason, { onSuccess: done })}
      close={close}
    >
      <p>{say(roundTexts.voidAsk)}</p>
    </DecisionDialog>
  );
}

function NumberDialog({ id, close }: Asked) {
  const decision = useNumberRoundAgain(id);
  return (
    <DecisionDialog
      action={roundTexts.numberAgain}
      asks="number"
      decision={decision}
      decide={({ startAt }, done) =>
        decision.mutate(typeof startAt === 'number' ? { startAt } : {}, { onSuccess: done })
      }
      close={close}
    />
  );
}
