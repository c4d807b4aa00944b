/** The handlers of a route's messages. They delegate to the domain; a refusal fails the message, never the route. */
import { ApplicationFailure, currentUpdateInfo, log, setHandler } from '@temporalio/workflow';
import type { CommandEnvelope } from '../domain/command.ts';
import { carryOut, handledBefore } from '../domain/commands.ts';
import type { PartnerNews } from '../domain/news.ts';
import { refuseStrangers } from '../domain/part-in-route.ts';
import { receive, type Judgement } from '../domain/partner-news.ts';
import { envelopeOf } from '../domain/operations/typed-repair.ts';
import { Refused } from '../domain/refusal.ts';
import { changed } from '../domain/route-state.ts';
import {
  command,
  leaveNews,
  MOVING_ON,
  REFUSED,
  repair,
  REPAIR_REFUSED,
  rollOver,
  routeState,
  tellAllNews,
  tellNews,
  type CommandAnswer,
} from './outflow-route.messages.ts';
import type { Route } from './route.ts';

/** Sets every handler, before the first await: what came earlier is buffered. */
export function handleMessages(route: Route): void {
  setHandler(routeState, () => route.state, { description: 'De hele toestand van de route' });
  const mustGoOn: (told: unknown) => void = () => {
    if (route.isOver) throw movingOn();
  };
  // One that is refused leaves nothing in the history. Where one of many is, whoever tells them tells each by itself.
  const mustBeOwn = (told: readonly PartnerNews[]) => {
    mustGoOn(told);
    refusing(() => refuseStrangers(route.state, told));
  };
  setHandler(tellNews, (news) => hear(route, news, 'update'), {
    description: 'Nieuws van een partner, met ontvangstbewijs',
    validator: (news) => mustBeOwn([news]),
  });
  setHandler(tellAllNews, (all) => all.map((news) => hear(route, news, 'update')), {
    description: 'Nieuws van partners dat tegelijk kwam, met een ontvangstbewijs voor elk',
    validator: mustBeOwn,
  });
  // The run is never over then: see `Route.endsNow`.
  setHandler(leaveNews, (news) => void hear(route, news), {
    description: 'Nieuws van een partner dat niemand meteen kon beoordelen',
  });
  const continueOnOtherCode = () => {
    route.rolledOver = true;
    route.arrived();
  };
  setHandler(rollOver, continueOnOtherCode, {
    description: 'Verder in een nieuwe run, zodra er een worker met andere code is',
  });
  setHandler(command, (envelope) => obey(route, envelope), {
    description:
      'Opdracht van een medewerker: herstel (docs/runbook.md), besluit, antwoord of wacht; een geweigerde laat niets na',
    // Refuses before anything is written: a refused command leaves no trace in the history. It changes nothing, and
    // judges at the moment at which the handler will: the workflow's own time.
    validator: (envelope) => {
      mustGoOn(envelope);
      refusing(() => void carryOut(route.state, envelope, new Date().toISOString()));
    },
  });
  const typed = (said: unknown) =>
    refusing(() => envelopeOf(said, currentUpdateInfo()!.id, route.state), 'ui');
  setHandler(repair, (said) => obey(route, typed(said), 'ui'), {
    description: repairDescription,
    validator: (said) => {
      mustGoOn(said);
      const envelope = typed(said);
      refusing(() => void carryOut(route.state, envelope, new Date().toISOString()), 'ui');
    },
  });
}

/** What the Temporal UI shows beside the name of the Update. */
const repairDescription =
  'Reparatie door beheer, als JSON: {"do":"redo","step":"debt.arrangement","because":"request-lost","by":"ops-1"}';

/**
 * Hears news, whatever it is. Nothing may be thrown: that would fail the whole workflow task, over and over, and the route
 * would stand still for what one message says.
 */
function hear(route: Route, news: PartnerNews, by?: 'update'): Judgement {
  let judgement: Judgement | undefined;
  route.arrived(by);
  try {
    route.change((state, now) => {
      const heard = receive(state, news, now);
      judgement = heard.judgement;
      return heard.state;
    });
  } catch (error) {
    return unreadable(route, error);
  }
  // Nobody would hear of a Signal any more: then the workflow task must fail, where operations see it.
  if (!judgement) throw by ? movingOn() : new Error('News came to a run that is over');
  if (judgement.receipt === 'duplicate') route.moves += 1; // it stands in the history all the same
  return judgement;
}

/**
 * What came together with an Update may have ended the run before the Update is looked at, or between that and its turn:
 * it is for the next run.
 */
const movingOn = (): ApplicationFailure =>
  ApplicationFailure.create({
    message: 'This run is over: tell the next one',
    type: MOVING_ON,
    nonRetryable: true,
  });

function unreadable(route: Route, error: unknown): Judgement {
  log.error('News that can not be read was left', {
    error: error instanceof Error ? error.name : 'unknown',
  });
  const entry = { what: 'news-unreadable', by: 'calendar' };
  route.change((state, now) => changed(state, now, entry, {}));
  return { receipt: 'late', reason: 'unreadable' };
}

function obey(route: Route, envelope: CommandEnvelope, from: From = 'api'): CommandAnswer {
  route.arrived('update');
  refusing(() => route.change((state, now) => carryOut(state, envelope, now)), from);
  const handled = handledBefore(route.state, envelope.id);
  if (!handled) throw movingOn();
  return { fingerprint: handled.fingerprint, revision: route.state.revision };
}

/** Where a command was given: the API has its own words for most refusals, the Temporal UI shows them as they are. */
type From = 'api' | 'ui';

function refusing<T>(act: () => T, from: From = 'api'): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { kind, nl } = error;
    const details = nl === undefined ? [kind] : [kind, nl];
    const message = from === 'ui' && nl !== undefined ? nl : error.message;
    const type = from === 'ui' ? REPAIR_REFUSED : REFUSED;
    const failure = ApplicationFailure.create({ message, type, details, nonRetryable: true });
    failure.stack = ''; // the Temporal UI would show it below the refusal: it says nothing of the route
    throw failure;
  }
}
