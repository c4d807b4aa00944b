/** Does what the route says is its next move, for as long as it says one: so any route has to reach its end. */
import { waitingsOf, type Waiting } from '../../../domain/standing.ts';
import { stepOf } from '../../../domain/template.ts';
import { answer, give, placeNews } from './acts.ts';
import { rules } from '../../support/a-route.ts';
import type { World } from './world.ts';

const reason = { jwe: 'reason' };
const movesAtMost = 400;

/** Goes on until the route is closed or nothing more can be done about it. */
export async function finish(world: World): Promise<void> {
  world.partnersUp = true;
  await world.letPartnersAnswer();
  if (world.state.hold) await give(world, { kind: 'go-on' });
  for (let i = 0; i < movesAtMost && !world.closed; i += 1) if (!(await goOn(world))) return;
}

/** @returns whether there was anything to do, or to wait for */
export async function goOn(world: World): Promise<boolean> {
  if (world.closed) return false;
  for (const waiting of waitingsOf(world.state)) {
    const move = mover(world, waiting);
    if (!move) continue;
    await move();
    return true;
  }
  const timer = world.nextTimer();
  if (timer) await world.until(timer.at);
  return timer !== undefined;
}

/** What somebody does about one of the things that a route waits for; undefined: nothing but waiting. */
function mover(
  world: World,
  { stepId, nextMove, blocker, waitingOn, concern }: Waiting,
): (() => Promise<unknown>) | undefined {
  switch (nextMove) {
    case 'identify-person':
      return () => give(world, { kind: 'identify', person: { jwe: 'person' } });
    case 'take-decision':
      return () => give(world, { kind: 'decide', decision: { granted: true, reason } });
    case 'answer-offer': {
      const offer = world.state.offers.findLast(({ status }) => status === 'open');
      return offer && (() => give(world, { kind: 'answer-offer', offerId: offer.offerId, accepted: true }));
    }
    case 'redo-or-object':
    case 'mend-technical':
      // A partner that is away is waited for; so is one that has what it was asked, however late the route hears of it.
      return stepOf(world.state, stepId).kind === 'request' &&
        (blocker === 'refused-by-party' || world.partnersUp)
        ? () => give(world, { kind: 'redo', stepId, reason })
        : undefined;
    case 'talk-before-offer':
    case 'wait-for-answer':
    case 'ask-after-answer':
    case 'escalate':
      return () => {
        const eventId = `event-${world.told.length}`;
        if (stepId === 'housing.place') {
          const news = placeNews('place-granted', world.told.length);
          return world.tell({ ...news, eventId }, 'signal');
        }
        const kind = stepId === 'housing.offer' ? 'offer-made' : 'step-completed';
        const news = answer(world, stepId, kind, world.state.steps[stepId]!.attempt);
        return world.tell({ ...news, eventId }, 'update');
      };
    case 'adopt-rules':
      return () => give(world, { kind: 'adopt-rules', rules: rules('nl'), reason });
    case 'confirm-skip':
      return () => give(world, { kind: 'skip', stepId, reason }, 'director-9');
    case 'decide-erasure': {
      // Seldom granted: it ends the route.
      const granted = world.state.revision % 8 === 0;
      const decision = granted ? { granted } : ({ granted: false, ground: 'legal-claims' } as const);
      return () => give(world, { kind: 'decide-erasure', decision, reason }, 'director-9');
    }
    case 'ask-commitments':
      return () => give(world, { kind: 'ask-commitments', reason });
    case 'ask-consent':
      return () =>
        give(world, {
          kind: 'give-consent',
          party: 'support-provider',
          purposes: ['housing-training'],
          givenOn: '2026-11-02',
        });
    case 'bring-about-fact':
      // Support that was ended is sought anew by nobody but people.
      return blocker === 'no-support' && waitingOn === 'case-manager'
        ? () => give(world, { kind: 'redo', stepId: 'housing.support', reason })
        : undefined;
    case 'make-contact':
    case 'confirm-reopening':
    case 'follow-up-concern':
    case 'hand-over-concern': {
      const handsOver = nextMove === 'hand-over-concern';
      return () =>
        give(world, {
          kind: 'settle-concern',
          concernId: concern!.concernId,
          ...(handsOver
            ? { outcome: 'handed-over', owner: 'neighbourhood-team' }
            : { outcome: 'contact-made' }),
          reason,
        });
    }
    case 'ask-court':
      return () => give(world, { kind: 'begin-step', stepId: 'debt.compulsory-settlement', reason });
    case 'await-court':
    case 'await-commitments':
    case 'wait-for-term':
    case 'replace-supporter':
    case 'await-supporter':
    case 'await-acceptance':
    case 'ask-after-acceptance':
    case 'seek-contact':
    case 'await-release':
    case 'decide-absence':
    case 'look-at-benefit':
      return undefined;
  }
}
