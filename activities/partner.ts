/** The two activities of any partner: hand a request over with the least data its step needs, or withdraw it. */
import { ApplicationFailure, heartbeat } from '@temporalio/activity';
import type { ErasureAnswer, PartnerErasure } from '../contracts/erasure.ts';
import type { PartnerRelease, PartnerRequest } from '../contracts/partner-request.ts';
import type { Person } from '../contracts/person.ts';
import type { Sealed } from '../contracts/sealed.ts';
import type { Skill } from '../contracts/skills.ts';
import type { Debts, Fact, PartnerParty, Threat } from '../contracts/vocabulary.ts';
import type { ToldOfClosure } from '../domain/closing-file.ts';
import type { ToldOfOffers } from '../domain/offer-request.ts';
import { isExtraStepId, type StepId } from '../domain/steps.ts';
import { basisOf, kindOf, nothing, ofExtraSteps, type Disclosed, type Disclosure } from './disclosure.ts';
import { PartnerFailed, type Ports } from './ports.ts';

/** A route may end before anybody was identified, and has a file all the same. */
const ofAnybody: ReadonlySet<StepId> = new Set<StepId>(['closure.file']);

/** What the route hands to the activity; what the step may not disclose is left behind here. */
export interface StepRequest extends Omit<PartnerRequest, 'data' | 'replyTo'> {
  readonly stepId: StepId;
  readonly known: {
    readonly person?: Sealed<Person>;
    readonly debts?: Debts;
    readonly threat?: Threat;
    readonly housingForm?: string;
    readonly birthYear?: number;
    /** For the housing agreement alone: which one, and since when the person waits. */
    readonly region?: string;
    readonly waitingSince?: string;
    /** What is to be trained. */
    readonly skills?: readonly Skill[];
  } & ToldOfOffers &
    ToldOfClosure;
}

/** The partner took the request, and what was asked is done with that: it tells nothing later. */
export interface DoneAtOnce {
  readonly requestId: string;
  readonly done: true;
}

/** What a party is asked to promise, and what the others are: codes alone, of no use to who does not know the route. */
export interface CommitmentAsk extends Omit<PartnerRequest, 'data' | 'replyTo'> {
  readonly asked: readonly Fact[];
  readonly others: readonly { readonly party: PartnerParty; readonly facts: readonly Fact[] }[];
}

export interface PartnerActivities {
  /**
   * Asks the partner; a request that was handed over before changes nothing there. Gives back the request's id: it
   * stands in the history then, where a replay can tell which request this was.
   */
  readonly request: (request: StepRequest) => Promise<string | DoneAtOnce>;
  /** Asks the partner to promise something, on condition that the other parties do. */
  readonly commit: (ask: CommitmentAsk) => Promise<void>;
  /** Withdraws a request. */
  readonly release: (release: PartnerRelease) => Promise<void>;
  /** Asks the partner to erase what it had of a route. Gives back what it answered. */
  readonly erase: (erasure: PartnerErasure) => Promise<ErasureAnswer>;
}

/** How many requests are known to be in the log of data processing. */
const recordedKept = 10_000;

/** The activities of one partner. */
export function partnerActivities(
  party: PartnerParty,
  disclosure: Disclosure,
  ports: Ports,
): PartnerActivities {
  const port = ports.partners[party];
  const recorded = new Set<string>();
  /** Before it is sent. A request that is tried again, for days where a partner is down, is the same processing. */
  const record = async (
    { requestId, routeId, stepId }: PartnerRequest,
    basis: string,
    fields: Disclosed[],
  ) => {
    if (recorded.has(requestId)) return;
    const kinds = new Set(fields.map((field) => kindOf[field]));
    const data = kinds.size > 0 ? [...kinds] : (['course'] as const);
    await typed(() => ports.recordDisclosure({ routeId, stepId, requestId, party, basis, data }));
    if (recorded.size >= recordedKept) recorded.clear();
    recorded.add(requestId);
  };
  return {
    async request({ known, ...request }) {
      const { stepId } = request;
      const disclosing = disclosure[stepId] ?? (isExtraStepId(stepId) ? ofExtraSteps : nothing);
      const data = await disclose(disclosing.fields, { ...request, known }, ports);
      const sent = Object.keys(data) as Disclosed[];
      await record({ ...request, data, replyTo: ports.replyTo }, basisOf(disclosing, sent), sent);
      const taken = await typed(() => port.request({ ...request, data, replyTo: ports.replyTo }));
      const { requestId } = request;
      return taken === 'done' ? { requestId, done: true } : requestId;
    },
    commit: async ({ asked, others, ...request }) => {
      const data = {
        facts: asked,
        others: others.map(({ party: other, facts }) => ({ party: other, facts })),
      };
      await typed(() => port.request({ ...request, data, replyTo: ports.replyTo }));
    },
    release: (release) => typed(() => port.release(release)),
    erase: (erasure) => typed(() => port.erase(erasure)),
  };
}

async function disclose(
  fields: readonly Disclosed[],
  { stepId, known }: StepRequest,
  ports: Ports,
): Promise<Record<string, unknown>> {
  const data: Record<string, unknown> = {};
  for (const field of fields) {
    if (field === 'identity') {
      if (!known.person && ofAnybody.has(stepId)) continue;
      if (!known.person) throw failure('PersonUnknown', 'The step needs to know who the person is', false);
      data.identity = await typed(() => ports.openPerson(known.person!));
    } else if (known[field] !== undefined) data[field] = known[field];
  }
  return data;
}

/** Shorter than the workflow's heartbeat time-out: a killed worker's calls are taken on by another within seconds. */
const signOfLifeEveryMs = 2000;

/** Turns what an adapter throws into a failure that says whether trying again can help. */
export async function typed<T>(act: () => Promise<T>): Promise<T> {
  const signsOfLife = setInterval(() => heartbeat(), signOfLifeEveryMs);
  try {
    return await act();
  } catch (error) {
    if (error instanceof PartnerFailed) {
      const passing = error.failure === 'PartnerUnreachable';
      throw failure(error.failure, error.message, passing, error.retryAfterMs, error);
    }
    if (error instanceof Error && error.name === 'PersonKeyMissing')
      throw failure('PersonKeyMissing', error.message, false, undefined, error);
    throw error;
  } finally {
    clearInterval(signsOfLife);
  }
}

function failure(type: string, message: string, retryable: boolean, retryAfterMs?: number, cause?: Error) {
  return ApplicationFailure.create({
    type,
    message,
    nonRetryable: !retryable,
    ...(retryAfterMs !== undefined && { nextRetryDelay: retryAfterMs }),
    ...(cause && { cause }),
  });
}
