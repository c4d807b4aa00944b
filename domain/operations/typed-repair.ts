/**
 * What operations mend of one route from the Temporal UI, as they type it there. Nothing typed there is sealed for the person,
 * so why it is done is said by a code, and a result of a step is told through the API or `npm run ops`.
 */
import type { Command, CommandEnvelope } from '../command.ts';
import { Refused } from '../refusal.ts';
import type { RouteState } from '../route-state.ts';
import { isStepId, type StepId } from '../steps.ts';
import { t } from '../text.ts';
import { whyCodes, type WhyCode } from '../why.ts';

const acts = ['redo', 'complete', 'ask-skip', 'hold', 'go-on'] as const;
type Act = (typeof acts)[number];

/** As it should be typed; what comes is anything. */
export interface TypedRepair {
  readonly do: Act;
  /** The step, of all but `hold` and `go-on`. */
  readonly step?: string;
  readonly because: WhyCode;
  /** Opaque id of who does it. */
  readonly by: string;
  /** ISO 8601, UTC: the end of a hold. */
  readonly until?: string;
}

/** An opaque id of a person at work, as a token's subject is. */
const subject = /^[a-z0-9][a-z0-9-]{0,63}$/;
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?Z$/;

const example = '{"do":"redo","step":"debt.arrangement","because":"request-lost","by":"ops-1"}';

/**
 * The command that was typed.
 * @param id - of the Update: sent again under the same, it is carried out once
 * @throws Refused repair-unclear, with what may be typed; four-eyes
 */
export function envelopeOf(typed: unknown, id: string, state: RouteState): CommandEnvelope {
  const { do: act, step, because, by, until } = fieldsOf(typed);
  if (!isOneOf(acts, act)) throw unclear('do', acts);
  if (!isOneOf(whyCodes, because)) throw unclear('because', whyCodes);
  if (typeof by !== 'string' || !subject.test(by)) throw unclear('by', ['ops-1']);
  const command = commandOf(act, { step, until, because }, state);
  return {
    id: `ui:${id}`,
    fingerprint: '',
    actor: { subject: by, role: 'operations' },
    command,
  };
}

function commandOf(
  act: Act,
  { step, until, because }: { step: unknown; until: unknown; because: WhyCode },
  state: RouteState,
): Command {
  switch (act) {
    case 'go-on':
      return { kind: 'go-on', because };
    case 'hold': {
      const isMoment = typeof until === 'string' && moment.test(until) && !Number.isNaN(Date.parse(until));
      if (!isMoment) throw unclear('until', ['2026-12-31T16:00:00Z']);
      return { kind: 'hold', until: new Date(until).toISOString(), because };
    }
    case 'redo':
    case 'complete':
      return { kind: act, stepId: stepOf(step, state), because };
    case 'ask-skip': {
      const stepId = stepOf(step, state);
      // Two names typed in one window are not two people: the second says so under a token of their own.
      if (state.steps[stepId]?.skipAskedBy) throw new Refused('four-eyes', secondPerson);
      return { kind: 'skip', stepId, because };
    }
  }
}

const secondPerson = t(
  'Het overslaan van deze stap is al voorgesteld. Iemand anders bevestigt het, via de API en met een eigen token.',
  'Skipping this step was proposed already. Somebody else confirms it, through the API and under their own token.',
);

function stepOf(step: unknown, state: RouteState): StepId {
  if (typeof step === 'string' && isStepId(step)) return step;
  throw unclear('step', Object.keys(state.steps));
}

function fieldsOf(typed: unknown): Partial<Record<keyof TypedRepair, unknown>> {
  if (typeof typed === 'object' && typed !== null && !Array.isArray(typed)) return typed;
  throw unclear();
}

const isOneOf = <const T extends string>(all: readonly T[], value: unknown): value is T =>
  all.some((each) => each === value);

/**
 * Says what may stand where; never what was typed, which may be anything.
 * @param field - left out: the whole of it
 */
export function unclear(field?: string, may: readonly string[] = [], like = example): Refused {
  const all = may.join(', ');
  const nl = field ? `Verwacht bij "${field}": ${all}.` : 'Verwacht is één JSON-object.';
  const en = field ? `Expected at "${field}": ${all}.` : 'Expected one JSON object.';
  return new Refused('repair-unclear', t(`${nl} Bijvoorbeeld ${like}`, `${en} For example ${like}`));
}
