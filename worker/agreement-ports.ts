/** How routes and housing agreements reach each other: both are workflows, and Temporal itself is the way. */
import type { Client } from '@temporalio/client';
import type { AgreementPorts, GrantedPlace } from '../activities/agreement-activities.ts';
import { PartnerFailed } from '../activities/ports.ts';
import type { ReservationView } from '../contracts/housing-agreement-views.ts';
import { derivedId } from '../platform/derived-id.ts';
import { agreementLine, unreachable, type Answer } from './agreement-line.ts';

/** @param client - of the same namespace, with the same encryption */
export function agreementPorts(client: Client): AgreementPorts {
  const { give, tell, carriedBy } = agreementLine(client);

  /** Tells a route of the place that it was granted. Where there is no such route, the place goes to the next at once. */
  async function tellGrant(routeId: string, place: GrantedPlace, news: object): Promise<void> {
    if (await tell(routeId, { ...news, kind: 'place-granted', place })) return;
    const { region, year, reservationId, until } = place;
    const command = { kind: 'release-of-route', routeId };
    await give(region, year, `${reservationId}:${until}:held-by-nobody`, command);
  }

  return {
    async reserve({ requestId, routeId, municipality, region, housingForm, waitingSince }) {
      const wishes = { municipalities: [municipality], ...(housingForm && { housingForms: [housingForm] }) };
      // Whoever leaves a shelter, a women's shelter or sheltered living is urgent by law (Huisvestingswet art. 12(3)).
      const asked = { routeId, municipality, wishes, urgentByLaw: true, waitingSince };
      const year = yearOf(new Date());
      for (const of of [year, year + 1]) {
        const reservationId = derivedId([`${region}/${of}`, routeId, requestId]);
        const command = { kind: 'reserve', request: { reservationId, ...asked }, asHeld: true };
        const answer = await give(region, of, `${requestId}:${of}`, command);
        const isClosed = answer?.outcome === 'refused' && answer.kind === 'agreement-closed';
        if (isClosed) continue;
        if (!answer && of === year) {
          await tell(routeId, noAgreement(requestId));
          return;
        }
        if (answer?.outcome === 'refused')
          throw new PartnerFailed('PartnerUnreachable', `The agreement of ${of} refuses: ${answer.kind}`);
        const place = answer?.reservation && placeIn(answer.reservation, { region, year: of });
        if (place) await tellGrant(routeId, place, grant(place, requestId));
        // After a relapse: the home of this year is counted, and the next one is sought beside the agreement.
        if (answer?.reservation?.status === 'realised') await tell(routeId, noAgreement(requestId));
        if (answer) return;
      }
      throw new PartnerFailed(
        'PartnerUnreachable',
        `The agreement of ${year} is closed, the next is not there`,
      );
    },
    async release({ key, routeId, region }) {
      // A queue goes on to the next year with everybody in it.
      const year = yearOf(new Date());
      for (const of of [year - 1, year, year + 1]) {
        const answer = await give(region, of, `${key}:${of}`, { kind: 'release-of-route', routeId });
        if (answer?.outcome === 'refused')
          throw new PartnerFailed('PartnerUnreachable', `The agreement of ${of} refuses: ${answer.kind}`);
      }
    },
    async keep(key, { region, year, reservationId }) {
      const kept = answered(year, await give(region, year, key, { kind: 'keep', reservationId }));
      const place = kept && placeIn(kept, { region, year });
      if (place) await tellGrant(kept.routeId, place, { eventId: `housing-agreement:${key}` });
    },
    async realise(key, { region, year, reservationId, neighbourhood }) {
      const where = neighbourhood ? { neighbourhood } : {};
      const command = { kind: 'confirm', reservationId, ...where, asItIs: true };
      answered(year, await give(region, year, key, command));
    },
    async tellRoute(news) {
      const { routeId, reservationId } = news;
      const eventId = `housing-agreement:${news.key}`;
      if (news.what === 'place-ended') {
        const ended = { reservationId, ...(news.until && { until: news.until }) };
        await tell(routeId, { eventId, kind: 'place-ended', ended, reason: news.reason });
        return;
      }
      const { region, year, place, until } = news;
      await tellGrant(routeId, { region, year, reservationId, ...place, until }, { eventId });
    },
    async carryOver(message) {
      const { key, region, year, places } = message;
      const brought = { places, queue: await carriedBy(message) };
      const answer = await give(region, year, `carry-over:${key}`, { kind: 'take-over', brought });
      if (!answer) throw unreachable(`The agreement of ${year}`);
      // Whoever was released while this was on its way, at this attempt or one before, may have been brought all the same.
      const still = new Set((await carriedBy(message)).map(({ reservationId }) => reservationId));
      for (const { reservationId } of message.queue)
        if (!still.has(reservationId))
          await give(region, year, `carry-over:${key}:${reservationId}`, { kind: 'release', reservationId });
    },
  };
}

/** The reservation that a route counts on, as its ledger has it now. */
function answered(year: number, answer: Answer | undefined): ReservationView | undefined {
  // Its term passed in the last moment, and the place went to another: that is for people to set right.
  if (answer?.outcome === 'refused')
    throw new PartnerFailed('PartnerRejected', `The agreement of ${year} refuses: ${answer.kind}`);
  return answer?.reservation;
}

/** The year in which an Amsterdam clock stands. */
const yearOf = (moment: Date): number =>
  Number(moment.toLocaleString('en', { timeZone: 'Europe/Amsterdam', year: 'numeric' }));

/** In a region without an agreement for the year a home is sought without a place. */
const noAgreement = (requestId: string) => ({
  eventId: `housing-agreement:${requestId}:none`,
  kind: 'step-completed',
  requestId,
  reason: 'no-housing-agreement',
});

const grant = ({ until }: GrantedPlace, requestId: string) => ({
  eventId: `housing-agreement:${requestId}:${until}`,
  requestId,
});

function placeIn(
  { reservationId, status, place, until }: ReservationView,
  of: { region: string; year: number },
): GrantedPlace | undefined {
  if (status !== 'reserved' || !place || !until) return undefined;
  const { neighbourhood, ...where } = place;
  return { ...of, reservationId, ...where, ...(neighbourhood && { neighbourhood }), until };
}
