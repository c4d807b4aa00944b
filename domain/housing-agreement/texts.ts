/** A ledger in sentences. */
import type { QueueReason } from '../../contracts/housing-agreement-views.ts';
import type { Language } from '../../contracts/vocabulary.ts';
import { allWaiting } from './closure.ts';
import { linesOf } from './places.ts';
import type { Held } from './queue.ts';
import { nextLapse } from './reservations.ts';
import type { AgreementState, Asked } from './state.ts';

/** Why somebody stands where they stand. */
export function queueSentence(asked: Asked, reason: QueueReason, language: Language): string {
  const since = asked.waitingSince.slice(0, 10);
  const dutch: Record<QueueReason, string> = {
    first: asked.urgentByLaw
      ? `Eerste: urgent volgens de wet (Huisvestingswet art. 12 lid 3), wacht sinds ${since}.`
      : `Eerste: niemand met urgentie volgens de wet wacht, en niemand wacht langer dan sinds ${since}.`,
    'urgency-in-law': 'Wie ervoor staat, is urgent volgens de wet (Huisvestingswet art. 12 lid 3).',
    'waiting-time': `Wie ervoor staat, wacht langer dan sinds ${since}.`,
    'order-of-arrival': `Wie ervoor staat, wacht even lang (sinds ${since}) en was eerder aangemeld.`,
  };
  const english: Record<QueueReason, string> = {
    first: asked.urgentByLaw
      ? `First: urgent by law (Huisvestingswet art. 12(3)), waiting since ${since}.`
      : `First: nobody who is urgent by law waits, and nobody waits longer than since ${since}.`,
    'urgency-in-law': 'Who stands in front is urgent by law (Huisvestingswet art. 12(3)).',
    'waiting-time': `Who stands in front waits longer than since ${since}.`,
    'order-of-arrival': `Who stands in front waits as long (since ${since}) and came earlier.`,
  };
  return (language === 'nl' ? dutch : english)[reason];
}

/** Why there is no place for somebody now. */
export function heldBackSentence({ why, neighbourhood, maximum }: Held, language: Language): string {
  const dutch: Record<Held['why'], string> = {
    'nothing-agreed': 'Over zulke plekken is in deze afspraak niets afgesproken.',
    'no-place-free': 'Er is geen passende plek vrij.',
    'spread-reached': `Er zijn plekken vrij, maar buurt ${neighbourhood} heeft er al ${maximum}, het afgesproken maximum voor de spreiding.`,
    'agreement-closed': 'De afspraak van dit jaar is gesloten.',
  };
  const english: Record<Held['why'], string> = {
    'nothing-agreed': 'Nothing was agreed about such places.',
    'no-place-free': 'No place that suits is free.',
    'spread-reached': `Places are free, but neighbourhood ${neighbourhood} has ${maximum} already, the maximum agreed for the spread.`,
    'agreement-closed': "This year's agreement is closed.",
  };
  return (language === 'nl' ? dutch : english)[why];
}

/** Lines of the agreement that are shown one by one. */
const linesShown = 30;

/** The ledger for operations, in Markdown: it stands in the Temporal UI. */
export function agreementDetails(state: AgreementState): string {
  const lines = linesOf(state);
  const total = (figure: 'free' | 'reserved' | 'realised') =>
    lines.reduce((sum, line) => sum + line[figure], 0);
  const lapse = nextLapse(state);
  return [
    `**Prestatieafspraak ${state.region} ${state.year}**${state.closed ? ' (gesloten)' : ''}, versie ${state.version}`,
    `${total('reserved')} gereserveerd, ${total('realised')} gerealiseerd, ${total('free')} vrij; ${allWaiting(state).length} wachten.`,
    lapse ? `Eerstvolgende reservering vervalt op ${lapse}.` : 'Geen reservering loopt af.',
    ...(state.notCarriedOver
      ? [`${state.notCarriedOver} plekken van het vorige jaar pasten er niet bij en zijn niet overgenomen.`]
      : []),
    ...(state.outbox.length > 0 ? [`${state.outbox.length} berichten moeten nog worden verteld.`] : []),
    ...lines
      .slice(0, linesShown)
      .map(
        ({ key, agreed, carriedOver, withdrawn, carriedOn, reserved, realised, free }) =>
          `- ${key}: ${agreed + carriedOver - withdrawn} plekken, ${reserved} gereserveerd, ${realised} gerealiseerd, ${free} vrij${carriedOn > 0 ? `, ${carriedOn} naar het volgende jaar` : ''}`,
      ),
    ...(lines.length > linesShown ? [`- en ${lines.length - linesShown} andere`] : []),
  ].join('\n');
}
