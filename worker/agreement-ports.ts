/** How routes and housing agreements reach each other: both are workflows, and Temporal itself is the way. */
import {
  ApplicationFailure,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
} from '@temporalio/client';
import type { AgreementPorts, GrantedPlace } from '../activities/agreement-activities.ts';
import { PartnerFailed } from '../activities/ports.ts';
import type { ReservationView } from '../contracts/housing-agreement-views.ts';
import { derivedId } from '../platform/derived-id.ts';

/** The Signal by which a route hears news that nobody judges at once: `leaveNews` of the route's messages. */
const leaveNews = 'partnerNewsQueued';
/** The Update by which a ledger takes commands: `agreementCommands` of workflows/housing-agreement.messages.ts. */
const commands = 'commands';
const answeredWithinMs = 10_000;

/** What a ledger answers; `AgreementAnswer` of the domain, as far as it is needed here. */
type Answer =
  | { readonly outcome: 'done'; readonly reservation?: ReservationView }
  | { readonly outcome: 'refused'; readonly kind: string };

/** @param client - of the same namespace, with the same encryption */
export function agreementPorts(client: Client): AgreementPorts {
  const within = <T>(call: () => Promise<T>) => client.withDeadline(Date.now() + answeredWithinMs, call);

  /** Gives a ledger a command. @returns undefined when there is no such ledger */
  async function give(
    region: string,
    year: number,
    id: string,
    command: object,
  ): Promise<Answer | undefined> {
    const envelope = { id, fingerprint: id, actor: { subject: 'route' }, command };
    const ledger = client.workflow.getHandle(`housing-agreement/${region}/${year}`);
    try {
      const answers = await within(() =>
        ledger.executeUpdate<Answer[], [object[]]>(commands, { args: [[envelope]] }),
      );
      return answers[0];
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      const refused = refusedBy(error);
      if (refused) return refused;
      throw unreachable(`The agreement of ${year}`, error);
    }
  }

  async function tell(routeId: string, news: object): Promise<void> {
    const told = { party: 'housing-agreement', ...news };
    try {
      const route = client.workflow.getHandle(`route/${routeId}`);
      await within(() => route.signal(leaveNews, told));
    } catch (error) {
      // It has ended, or there never was such a route: its place lapses by its term.
      if (!(error instanceof WorkflowNotFoundError)) throw unreachable('The route', error);
    }
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
        if (!answer && of === year) return tell(routeId, noAgreement(requestId));
        if (answer?.outcome === 'refused')
          throw new PartnerFailed('PartnerUnreachable', `The agreement of ${of} refuses: ${answer.kind}`);
        const place = answer?.reservation && placeIn(answer.reservation, { region, year: of });
        if (place) await tell(routeId, grant(place, requestId));
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
    async realise(key, { region, year, reservationId }) {
      const answer = await give(region, year, key, { kind: 'confirm', reservationId });
      if (answer?.outcome !== 'refused') return;
      // Its term passed in the last moment, and the place went to another: that is for people to set right.
      throw new PartnerFailed('PartnerRejected', `The agreement of ${year} refuses: ${answer.kind}`);
    },
    tellRoute(news) {
      const { what: kind, routeId, reservationId } = news;
      const eventId = `housing-agreement:${news.key}`;
      if (news.what === 'place-ended') {
        const ended = { reservationId, ...(news.until && { until: news.until }) };
        return tell(routeId, { eventId, kind, ended, reason: news.reason });
      }
      const { region, year, place, until } = news;
      return tell(routeId, { eventId, kind, place: { region, year, reservationId, ...place, until } });
    },
    async carryOver({ key, region, year, places, queue }) {
      const brought = { places, queue };
      const answer = await give(region, year, `carry-over:${key}`, { kind: 'take-over', brought });
      if (!answer) throw unreachable(`The agreement of ${year}`, undefined);
    },
  };
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

const grant = (place: GrantedPlace, requestId: string) => ({
  eventId: `housing-agreement:${requestId}:${place.until}`,
  kind: 'place-granted',
  requestId,
  place,
});

function placeIn(
  { reservationId, status, place, until }: ReservationView,
  of: { region: string; year: number },
): GrantedPlace | undefined {
  if (status !== 'reserved' || !place || !until) return undefined;
  const { neighbourhood, ...where } = place;
  return { ...of, reservationId, ...where, ...(neighbourhood && { neighbourhood }), until };
}

function refusedBy(error: unknown): Answer | undefined {
  if (!(error instanceof WorkflowUpdateFailedError) || !(error.cause instanceof ApplicationFailure))
    return undefined;
  const { type, details } = error.cause;
  return type === 'AllRefused' ? (details![0] as Answer[])[0] : undefined;
}

function unreachable(who: string, cause: unknown): PartnerFailed {
  const isMissing = cause === undefined || cause instanceof WorkflowNotFoundError;
  return new PartnerFailed('PartnerUnreachable', `${who} ${isMissing ? 'is not there' : 'does not answer'}`, {
    cause,
  });
}
