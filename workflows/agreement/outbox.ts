/** Delivers what waits in the ledger's outbox: places that were granted, and what is carried over to the next year. */
import { condition, isCancellation, proxyActivities } from '@temporalio/workflow';
import type { AgreementActivities } from '../../activities/agreement-activities.ts';
import { knows } from '../../domain/edition.ts';
import { delivered, toBeTold } from '../../domain/housing-agreement/telling.ts';
import type { AgreementOutgoing, AgreementState } from '../../domain/housing-agreement/state.ts';
import type { Ledger } from './ledger.ts';

/** More at once would only wait for each other, and the server takes no more than two thousand. */
const atOnce = 20;
/** An activity is scheduled, started and completed, in a workflow task of its own. */
const eventsOfActivity = 6;

/** Routes that are told in one activity: each costs a Signal, and a rush of reservations by hand has hundreds. */
const toldTogether = 50;

type Notice = Exclude<AgreementOutgoing, { what: 'carry-over' }>;
const isNotice = (each: AgreementOutgoing): each is Notice => each.what !== 'carry-over';

/** Runs until the run ends. What was not delivered by then waits in the state for the next run, under the same key. */
export async function keepAgreementOutbox(ledger: Ledger): Promise<never> {
  const sending = new Set<string>();
  let underWay = 0;
  const packs = () => packed(ledger.state, sending);
  for (;;) {
    await condition(() => !ledger.isOver && underWay < atOnce && packs().length > 0);
    if (ledger.isOver) continue; // it was woken together with what ends the run
    for (const pack of packs().slice(0, atOnce - underWay)) {
      for (const { key } of pack) sending.add(key);
      underWay += 1;
      ledger.delivering = underWay;
      void deliver(pack)
        .then((told) => ledger.heard(told.reduce(delivered, ledger.state), eventsOfActivity))
        .finally(() => {
          for (const { key } of pack) sending.delete(key);
          underWay -= 1;
          ledger.delivering = underWay;
        });
    }
  }
}

/** What can be sent now, each pack by one activity: notices together, one pack of them at a time; runs of before one by one. */
function packed(state: AgreementState, sending: ReadonlySet<string>): readonly AgreementOutgoing[][] {
  const all = toBeTold(state, sending);
  if (!knows(state, 9)) return all.map((each) => [each]);
  const isTelling = state.outbox.some((each) => isNotice(each) && sending.has(each.key));
  const notices = isTelling ? [] : all.filter(isNotice).slice(0, toldTogether);
  const others = all.filter((each) => !isNotice(each)).map((each) => [each]);
  return notices.length > 0 ? [notices, ...others] : others;
}

/** @returns keys of what was delivered, or given up */
async function deliver(pack: readonly AgreementOutgoing[]): Promise<readonly string[]> {
  const [first, ...more] = pack;
  const keys = pack.map(({ key }) => key);
  try {
    if (more.length > 0) return await tellAll(pack.filter(isNotice));
    await send(first!);
  } catch (error) {
    if (isCancellation(error)) return [];
    // Nobody took it for a day. The failure stands in the history, the place in the reservation: it lapses by its term.
  }
  return keys;
}

function tellAll(notices: readonly Notice[]): Promise<readonly string[]> {
  const summary = `${notices.length} routes over hun plek`;
  return proxyActivities<AgreementActivities>({ ...patient, ...aDay, summary })['agreement.tell'](notices);
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
