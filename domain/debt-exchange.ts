/**
 * The debt track of a route in the exchange model for debt counselling (DDAS): only what the route knows. A step that two
 * people skipped, or of which nobody was asked, says nothing; nor does an end that the route put to a request of its own.
 */
import type { DebtExchange, DebtGuidance, DebtSolution, DebtTrack } from '../contracts/debt-exchange.ts';
import type { Guidance } from '../contracts/debt-progress.ts';
import type { Person } from '../contracts/person.ts';
import { localDay } from './calendar.ts';
import type { RouteState, StepRecord } from './route-state.ts';
import { stepIds, steps, type ProcessStepId } from './steps.ts';

export interface OfExchange {
  readonly state: RouteState;
  /** Who it is, opened for this; left out where the person has not been identified. */
  readonly person?: Person | undefined;
  /** Code of the supplier of data. */
  readonly supplier: string;
  /** ISO 8601, UTC. */
  readonly now: string;
}

/** Whether the debt service was asked anything of the track yet, and the track is needed. */
export function hasDebtTrack({ notNeeded, steps: records }: RouteState): boolean {
  return !notNeeded.includes('debt') && debtSteps.some((id) => begun(id, records[id]) ?? doneAt(records[id]));
}

/** A delivery of this one track; the route must have one, see `hasDebtTrack`. */
export function debtExchange({ state, person, supplier, now }: OfExchange): DebtExchange {
  const day = (moment: string) => localDay(moment, state.rules.calendar);
  const days = debtSteps.flatMap((id) => {
    const at = begun(id, state.steps[id]) ?? doneAt(state.steps[id]);
    return at ? [day(at)] : [];
  });
  const gemeentecode = state.municipality.slice('GM'.length);
  return {
    startdatumLevering: days.sort()[0] ?? day(now),
    einddatumLevering: day(now),
    aanleverdatumEnTijd: `${now.slice(0, 19)}Z`,
    codeGegevensleverancier: supplier,
    leveringen: [
      {
        teller: 1,
        aanleverende_organisatie: { gemeentecode },
        schuldhulptrajecten: [
          {
            gemeentecode,
            ...trackOf(state, (moment) => (moment === undefined ? undefined : day(moment))),
            ...(person && { client: [clientOf(person)] }),
          },
        ],
      },
    ],
  };
}

const debtSteps = stepIds.filter((id) => steps[id].track === 'debt');

function trackOf(
  { steps: records, threat }: RouteState,
  day: (moment: string | undefined) => string | undefined,
): Partial<DebtTrack> {
  const beginOf = (id: ProcessStepId) => day(begun(id, records[id]));
  const endOf = (id: ProcessStepId) => day(doneAt(records[id]));
  const refusalOf = (id: ProcessStepId) => day(refusedAt(records[id]));
  const registered = beginOf('debt.registration');
  const granted = endOf('debt.arrangement');
  const planned = endOf('debt.plan');
  const refused = refusalOf('debt.plan');
  const discharged = endOf('debt.discharge');
  const settlement = beginOf('debt.compulsory-settlement');
  const moratorium = part({
    startdatum: beginOf('debt.moratorium'),
    einddatum: endOf('debt.moratorium'),
  });
  const { guidance } = records['debt.guidance']?.result ?? {};
  const guided = endOf('debt.guidance');
  return known<DebtTrack>({
    startdatum: registered,
    einddatum: discharged,
    toekenningsdatum: granted,
    aanmelding: part({
      startdatum: registered,
      einddatum: endOf('debt.registration'),
      crisisinterventie: threat ? (true as const) : undefined,
    }),
    intake: part({
      startdatum: endOf('debt.first-talk'),
      einddatum: planned ?? refused,
      beschikkingsdatum: planned ?? refused,
      beschikkingssoort: planned
        ? ('Toelatingsbeschikking' as const)
        : refused
          ? ('Afwijzingsbeschikking' as const)
          : undefined,
    }),
    planVanAanpak: part({ datumAfronding: planned }),
    stabilisatie: part({
      startdatum: beginOf('debt.stabilisation'),
      einddatum: endOf('debt.stabilisation'),
    }),
    schuldregeling: part({
      datum: beginOf('debt.arrangement'),
      toegekend: granted,
      afgewezen: refusalOf('debt.arrangement'),
      dwangakkoord: settlement ? (true as const) : undefined,
      datumVerzoekDwangakkoord: settlement,
    }),
    moratoria: moratorium && [moratorium],
    begeleiding: guidance && guided ? [{ soort: guidances[guidance], startdatum: guided }] : undefined,
    oplossing: part({
      soort: solutions[records['debt.plan']?.result?.solution ?? ''],
      startdatum: beginOf('debt.repayment'),
      einddatum: endOf('debt.repayment'),
    }),
    uitstroom: discharged ? { datum: discharged, reden: 'Afgerond' } : undefined,
  });
}

/** The debt service's codes for a solution, as `StepResult` lists them; another one is nobody's to translate. */
const solutions: Readonly<Record<string, DebtSolution | undefined>> = {
  'payment-arrangement': 'Betalingsregeling',
  refinancing: 'Herfinanciering',
  'restructuring-credit': 'Saneringskrediet',
  'debt-mediation': 'Schuldbemiddeling',
  'zero-offer': '0%-aanbod',
};

const guidances: Readonly<Record<Guidance, DebtGuidance>> = {
  'budget-management': 'Budgetbeheer',
  'protective-administration': 'Beschermingsbewind',
  'budget-coaching': 'Budgetcoaching',
};

/** The model has no place for a name, so that it knows who has no BSN by birth date and address. */
function clientOf(person: Person): NonNullable<DebtTrack['client']>[number] {
  return 'bsn' in person
    ? { Burgerservicenummer: person.bsn }
    : {
        Geboortedatum: person.birthDate,
        Postcode: person.postcode.replace(' ', ''),
        Huisnummer: person.houseNumber,
      };
}

/** When the debt service took the request, or the period began: under the first attempt, where its term went on. */
function begun(stepId: ProcessStepId, record: StepRecord | undefined): string | undefined {
  if (!record || record.status === 'skipped' || record.status === 'not-asked') return undefined;
  const { sentAt, termSince, since, rule, status } = record;
  if (steps[stepId].kind === 'period') return status === 'open' || rule ? since : undefined;
  // An answer that came early leaves no moment of the request; one by hand to what was never asked has no rule either.
  const isAnswered = status === 'done' || status === 'refused';
  const asked = sentAt ?? (isAnswered && rule ? since : undefined);
  return asked && (termSince ?? asked);
}

const doneAt = (record?: StepRecord) => (record?.status === 'done' ? record.closedAt : undefined);
const refusedAt = (record?: StepRecord) => (record?.status === 'refused' ? record.closedAt : undefined);

type Maybe<T> = { readonly [K in keyof T]: T[K] | undefined };

/** Without what is not known. */
function known<T>(fields: Partial<Maybe<T>>): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** The same, and nothing at all where nothing is. */
function part<T extends object>(fields: Maybe<T>): Partial<T> | undefined {
  const found = known<T>(fields);
  return Object.keys(found).length > 0 ? found : undefined;
}
