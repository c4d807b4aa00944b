/** The handlers of a ledger's messages. They delegate to the domain. */
import { ApplicationFailure, setHandler } from '@temporalio/workflow';
import {
  carryOutInLedger,
  type AgreementAnswer,
  type AgreementEnvelope,
} from '../../domain/housing-agreement/commands.ts';
import type { AgreementState } from '../../domain/housing-agreement/state.ts';
import { agreementCommands, agreementState, ALL_REFUSED } from '../housing-agreement.messages.ts';
import type { Ledger } from './ledger.ts';

/** An Update is accepted and completed, in a workflow task of its own. */
const eventsOfUpdate = 5;

/** Sets every handler, before the first await: what came earlier is buffered. */
export function handleAgreementMessages(ledger: Ledger): void {
  setHandler(agreementState, () => ledger.state, {
    description: 'De hele toestand van de prestatieafspraak',
  });
  setHandler(
    agreementCommands,
    (envelopes) => {
      const { state, answers } = carryOutAll(ledger.state, envelopes);
      ledger.move(state, eventsOfUpdate);
      return answers;
    },
    {
      description: 'Opdrachten: reserveren, bevestigen, vrijgeven, wijzigen, sluiten',
      // Refuses before anything is written: refused commands leave no trace, unless another came with them.
      validator: (envelopes) => {
        const { answers } = carryOutAll(ledger.state, envelopes, ({ outcome }) => outcome === 'done');
        if (answers.every(({ outcome }) => outcome === 'refused'))
          throw ApplicationFailure.create({
            type: ALL_REFUSED,
            message: 'Every command was refused',
            details: [answers],
            nonRetryable: true,
          });
      },
    },
  );
}

/** Carries commands out one after the other, until an answer is enough. */
function carryOutAll(
  before: AgreementState,
  envelopes: readonly AgreementEnvelope[],
  isEnough: (answer: AgreementAnswer) => boolean = () => false,
): { state: AgreementState; answers: AgreementAnswer[] } {
  const now = new Date().toISOString(); // the workflow's own time: the same in a replay
  let state = before;
  const answers: AgreementAnswer[] = [];
  for (const envelope of envelopes) {
    const done = carryOutInLedger(state, envelope, now);
    state = done.state;
    answers.push(done.answer);
    if (isEnough(done.answer)) break;
  }
  return { state, answers };
}
