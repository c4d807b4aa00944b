/** What each refusal of a housing agreement is to a client, and how it is said, with its particulars. */
import { t, type Text } from '../contracts/text.ts';
import type { AgreementRefusalKind, Particulars } from '../domain/housing-agreement/refusal.ts';
import type { ProblemKind } from './problem-kinds.ts';
import { ApiProblem } from './problems.ts';

interface Refusal {
  readonly problem: ProblemKind;
  readonly say: (about: Particulars) => Text;
}

const said = (problem: ProblemKind, say: Refusal['say']): Refusal => ({ problem, say });

const refusals: Readonly<Record<AgreementRefusalKind, Refusal>> = {
  'agreement-closed': said('agreement-closed', ({ year }) =>
    t(
      `De prestatieafspraak van ${year} is gesloten: reserveer in die van het volgende jaar.`,
      `The housing agreement of ${year} is closed: reserve in that of the next year.`,
    ),
  ),
  'agreement-changed': said('agreement-changed', ({ version }) =>
    t(
      `De afspraak is inmiddels gewijzigd, in versie ${version}: lees haar opnieuw.`,
      `The agreement has been amended meanwhile, in version ${version}: read it again.`,
    ),
  ),
  'below-taken': said('below-taken', ({ corporation, municipality, housingForm, agreed, atLeast, taken }) =>
    t(
      `Van ${corporation}, ${municipality}, ${housingForm} zijn ${taken} plekken gereserveerd of gerealiseerd: ${agreed} is te weinig, ${atLeast} is het minste.`,
      `${taken} places of ${corporation}, ${municipality}, ${housingForm} are reserved or realised: ${agreed} are too few, ${atLeast} is the least.`,
    ),
  ),
  'reservation-unknown': said('unknown-reservation', () =>
    t('Er is geen reservering met dit id.', 'There is no reservation with this id.'),
  ),
  'reservation-exists': said('reservation-exists', ({ reservationId }) =>
    t(
      `De route heeft al reservering ${reservationId}, met andere wensen: geef die eerst vrij.`,
      `The route has reservation ${reservationId} already, with other wishes: release that first.`,
    ),
  ),
  'reservation-ended': said('reservation-ended', ({ ending }) =>
    ending === 'lapsed'
      ? t(
          'De reservering is vervallen: haar termijn is voorbij.',
          'The reservation has lapsed: its term passed.',
        )
      : ending === 'closed'
        ? t(
            'De afspraak is gesloten en haar wachtrij niet overgedragen: reserveer in die van het volgende jaar.',
            'The agreement is closed and its queue was not carried over: reserve in that of the next year.',
          )
        : t('De reservering is vrijgegeven.', 'The reservation has been released.'),
  ),
  'not-reserved': said('not-reserved', () =>
    t('De route wacht nog op een plek.', 'The route waits for a place still.'),
  ),
  'already-realised': said('already-realised', () =>
    t('De plek is al een woning geworden.', 'The place has become a home already.'),
  ),
  'spread-reached': said('spread-reached', ({ neighbourhood, maximum }) =>
    t(
      `Buurt ${neighbourhood} heeft al ${maximum} plekken, het afgesproken maximum voor de spreiding.`,
      `Neighbourhood ${neighbourhood} has ${maximum} places already, the maximum agreed for the spread.`,
    ),
  ),
  'queue-full': said('queue-full', ({ queued }) =>
    t(`Er wachten al ${queued} routes.`, `${queued} routes wait already.`),
  ),
  'term-not-valid': said('term-not-valid', ({ days }) =>
    t(
      `Het einde van de reservering moet in de toekomst liggen, hooguit ${days} dagen.`,
      `The end of the reservation must be in the future, ${days} days at the most.`,
    ),
  ),
  'waiting-since-not-valid': said('waiting-since-not-valid', () =>
    t('Niemand wacht sinds een moment in de toekomst.', 'Nobody waits since a moment in the future.'),
  ),
  'behind-with-telling': said('too-many-in-flight', ({ untold }) =>
    t(
      `Er zijn nog ${untold} berichten over plekken te bezorgen: kom zo terug.`,
      `${untold} messages about places are to be delivered still: come back in a moment.`,
    ),
  ),
};

/** The problem of what a housing agreement refused. */
export function problemOfAgreementRefusal(kind: AgreementRefusalKind, particulars: Particulars): ApiProblem {
  const { problem, say } = refusals[kind];
  return new ApiProblem(problem, say(particulars));
}
