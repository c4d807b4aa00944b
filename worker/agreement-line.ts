/** The calls between routes and housing agreements: what Temporal carries from one workflow to another. */
import {
  ApplicationFailure,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
} from '@temporalio/client';
import type { CarryOver } from '../activities/agreement-activities.ts';
import { PartnerFailed } from '../activities/ports.ts';
import type { ReservationView } from '../contracts/housing-agreement-views.ts';

/** The Signal by which a route hears news that nobody judges at once: `leaveNews` of the route's messages. */
const leaveNews = 'partnerNewsQueued';
/** The Update by which a ledger takes commands: `agreementCommands` of workflows/housing-agreement.messages.ts. */
const commands = 'commands';
/** The Query that shows a ledger: `agreementState` of the same. */
const agreementState = 'agreementState';
const answeredWithinMs = 10_000;

/** What a ledger answers; `AgreementAnswer` of the domain, as far as it is needed here. */
export type Answer =
  | { readonly outcome: 'done'; readonly reservation?: ReservationView }
  | { readonly outcome: 'refused'; readonly kind: string };

/**
 * Each call is done within ten seconds, or throws PartnerFailed.
 * @param client - of the same namespace, with the same encryption
 */
export function agreementLine(client: Client) {
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

  /** @returns false when the route has ended, or there never was one */
  async function tell(routeId: string, news: object): Promise<boolean> {
    const told = { party: 'housing-agreement', ...news };
    try {
      const route = client.workflow.getHandle(`route/${routeId}`);
      await within(() => route.signal(leaveNews, told));
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw unreachable('The route', error);
    }
  }

  /** Who is still carried over by a message: whoever was released meanwhile was struck from it. */
  async function carriedBy({ key, region, year, queue }: CarryOver): Promise<CarryOver['queue']> {
    const ledger = client.workflow.getHandle(`housing-agreement/${region}/${year - 1}`);
    try {
      const { outbox } = await within(() => ledger.query<{ outbox: CarryOver[] }>(agreementState));
      return outbox.find((each) => each.key === key)?.queue ?? queue;
    } catch (error) {
      throw unreachable(`The agreement of ${year - 1}`, error);
    }
  }

  return { give, tell, carriedBy };
}

function refusedBy(error: unknown): Answer | undefined {
  if (!(error instanceof WorkflowUpdateFailedError) || !(error.cause instanceof ApplicationFailure))
    return undefined;
  const { type, details } = error.cause;
  return type === 'AllRefused' ? (details![0] as Answer[])[0] : undefined;
}

/** @param cause - left out: it is not there */
export function unreachable(who: string, cause?: unknown): PartnerFailed {
  const isMissing = cause === undefined || cause instanceof WorkflowNotFoundError;
  return new PartnerFailed('PartnerUnreachable', `${who} ${isMissing ? 'is not there' : 'does not answer'}`, {
    cause,
  });
}
