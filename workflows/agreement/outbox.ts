/** Delivers what waits in the ledger's outbox: places that were granted, and what is carried over to the next year. */
import { condition, isCancellation, proxyActivities } from '@temporalio/workflow';
import type { AgreementActivities } from '../../activities/agreement-activities.ts';
import { delivered, toBeTold } from '../../domain/housing-agreement/telling.ts';
import type { AgreementOutgoing } from '../../domain/housing-agreement/state.ts';
import type { Ledger } from './ledger.ts';

/** More at once would only wait for each other, and the server takes no more than two thousand. */
const atOnce = 20;
/** An activity is scheduled, started and completed, in a workflow task of its own. */
const eventsOfActivity = 6;

/** Runs until the run ends. What was not delivered by then waits in the state for the next run, under the same key. */
export async function keepAgreementOutbox(ledger: Ledger): Promise<never> {
  const sending = new Set<string>();
  const waiting = () => toBeTold(ledger.state, sending);
  for (;;) {
    await condition(() => !ledger.isOver && sending.size < atOnce && waiting().length > 0);
    if (ledger.isOver) continue; // it was woken together with what ends the run
    for (const each of waiting().slice(0, atOnce - sending.size)) {
      sending.add(each.key);
      ledger.delivering = sending.size;
      void deliver(each)
        .then((told) =>
          ledger.heard(told ? delivered(ledger.state, each.key) : ledger.state, eventsOfActivity),
        )
        .finally(() => {
          sending.delete(each.key);
          ledger.delivering = sending.size;
        });
    }
  }
}

/** Whether it was delivered, or given up. */
async function deliver(outgoing: AgreementOutgoing): Promise<boolean> {
  try {
    await send(outgoing);
  } catch (error) {
    if (isCancellation(error)) return false;
    // Nobody took it for a day. The failure stands in the history, the place in the reservation: it lapses by its term.
  }
  return true;
}

function send(outgoing: AgreementOutgoing): Promise<void> {
  const about = (summary: string, within = {}) =>
    proxyActivities<AgreementActivities>({ ...patient, ...within, summary });
  switch (outgoing.what) {
    case 'place-granted':
      return about(`Plek toegekend (${outgoing.routeId})`, aDay)['agreement.place-granted'](outgoing);
    case 'place-ended':
      return about(`Plek vervallen (${outgoing.routeId})`, aDay)['agreement.place-ended'](outgoing);
    case 'carry-over':
      // Places and people of the next year: these are tried for as long as it takes.
      return about(`Overgedragen aan ${outgoing.year}`)['agreement.carry-over'](outgoing);
  }
}

const aDay = { scheduleToCloseTimeout: '1 day' } as const;
const patient = {
  startToCloseTimeout: '30s',
  heartbeatTimeout: '6s',
  retry: { initialInterval: '1s', backoffCoefficient: 2, maximumInterval: '1h' },
} as const;
