/**
 * The catalogue of steps: for each who acts, under which rule its term runs, which facts it needs and which it
 * yields. Ids are stable, like column names: routes under way carry them for years.
 */
import type { AskedParty, PartnerParty, Party, ProcessFact, Track } from '../contracts/vocabulary.ts';

/**
 * `request`: a partner is asked and answers; `task`: the case manager does something through the API;
 * `period`: the calendar decides, the step is done when its term has passed.
 */
export type StepKind = 'request' | 'task' | 'period';

export interface StepDefinition {
  readonly track: Track;
  readonly kind: StepKind;
  readonly party: Party;
  readonly rule: string;
  readonly needs?: readonly ProcessFact[];
  /** What of it no agreement can do without. */
  readonly always?: readonly ProcessFact[];
  readonly yields?: ProcessFact;
  /** Something would be missing that nothing else can give: two people together can't skip it either. */
  readonly essential?: true;
  /** Asked also of a route that is past it already: what it tells steers the rest. */
  readonly askedWhenPassed?: true;
  /** Met only where something of the route says so: not every good route comes to it. */
  readonly sometimes?: true;
  /** Only of a home on a tripartite lease: other routes never come to it. */
  readonly lease?: true;
  /** Runs beside the others of its track: that it is passed says nothing about the steps before it in this order. */
  readonly beside?: true;
  /** Begun by somebody's command, never by the process: most routes never come to it. */
  readonly byCommand?: true;
  /** What is asked is a decision of a public body (Awb art. 1:3): the person can object to a refusal, see objection.ts. */
  readonly decision?: true;
  readonly title: { readonly nl: string; readonly en: string };
}

const request = (
  track: Track,
  party: Party,
  rule: string,
  nl: string,
  en: string,
  more: Partial<StepDefinition> = {},
) => ({ track, kind: 'request', party, rule, title: { nl, en }, ...more }) as const satisfies StepDefinition;
const task = (track: Track, rule: string, nl: string, en: string, more: Partial<StepDefinition> = {}) =>
  ({
    track,
    kind: 'task',
    party: 'case-manager',
    rule,
    essential: true,
    title: { nl, en },
    ...more,
  }) as const satisfies StepDefinition;
const period = (track: Track, rule: string, nl: string, en: string, more: Partial<StepDefinition> = {}) =>
  ({
    track,
    kind: 'period',
    party: 'calendar',
    rule,
    title: { nl, en },
    ...more,
  }) as const satisfies StepDefinition;

/** What only a person begins, beside all else. */
const begun = { beside: true, byCommand: true, sometimes: true } as const;

const catalogue = {
  'intake.identity': task(
    'intake',
    'intake.investigation',
    'Persoonsgegevens vastleggen',
    'Identify the person',
  ),
  'intake.registry-check': request(
    'intake',
    'civil-registry',
    'partner.answer',
    'Gegevens in de BRP nagaan',
    'Check the civil registry',
    { askedWhenPassed: true },
  ),
  'intake.personal-plan': period(
    'intake',
    'intake.personal-plan',
    'Tijd voor een persoonlijk plan',
    'Time for a personal plan',
    { beside: true },
  ),
  'intake.debt-screening': request(
    'intake',
    'debt-service',
    'partner.answer',
    'Schulden screenen',
    'Screen for debts',
    { askedWhenPassed: true },
  ),
  'intake.skills': request(
    'intake',
    'support-provider',
    'intake.investigation',
    'Vaardigheden onderzoeken',
    'Assess skills',
  ),
  'intake.decision': task(
    'intake',
    'intake.decision',
    'Besluit over de aanvraag',
    'Decide on the application',
    { decision: true },
  ),

  'debt.registration': request('debt', 'debt-service', 'partner.answer', 'Aanmelden', 'Register'),
  'debt.first-talk': request('debt', 'debt-service', 'debt.first-talk', 'Eerste gesprek', 'First talk'),
  'debt.stabilisation': request(
    'debt',
    'debt-service',
    'debt.stabilisation',
    'Stabilisatie',
    'Stabilisation',
    {
      needs: ['income'],
      yields: 'debt.stabilised',
    },
  ),
  'debt.plan': request(
    'debt',
    'debt-service',
    'debt.decision',
    'Besluit: plan van aanpak',
    'Decision: plan',
    { decision: true },
  ),
  'debt.arrangement': request(
    'debt',
    'debt-service',
    'debt.arrangement',
    'Regeling met schuldeisers',
    'Arrangement with creditors',
    { needs: ['debt.stabilised'], yields: 'debt.arrangement' },
  ),
  'debt.compulsory-settlement': request(
    'debt',
    'debt-service',
    'debt.compulsory-settlement',
    'Dwangakkoord',
    'Compulsory settlement',
    begun,
  ),
  'debt.statutory-scheme': request(
    'debt',
    'debt-service',
    'debt.statutory-scheme',
    'Toelating tot de Wsnp',
    'Admission to the statutory scheme',
    begun,
  ),
  'debt.cooling-off': period('debt', 'debt.cooling-off', 'Afkoelingsperiode', 'Cooling-off period', begun),
  'debt.moratorium': period('debt', 'debt.moratorium', 'Moratorium', 'Moratorium', begun),
  'debt.guidance': request(
    'debt',
    'debt-service',
    'partner.answer',
    'Budgetbeheer, bewind of budgetcoaching',
    'Budget management, administration or coaching',
    begun,
  ),
  'debt.repayment': period('debt', 'debt.repayment', 'Aflossen', 'Repayment'),
  'debt.discharge': request('debt', 'debt-service', 'partner.answer', 'Finale kwijting', 'Final discharge'),

  'income.postal-address': request(
    'income',
    'civil-registry',
    'income.postal-address',
    'Briefadres',
    'Postal address',
    { yields: 'address', decision: true },
  ),
  'income.ex-officio': request(
    'income',
    'civil-registry',
    'income.postal-address',
    'Ambtshalve inschrijving op een briefadres',
    'Ex officio registration at a postal address',
    { ...begun, yields: 'address', decision: true },
  ),
  'income.benefit': request('income', 'benefits-office', 'income.benefit', 'Uitkering', 'Benefit', {
    needs: ['address'],
    yields: 'income',
    decision: true,
  }),

  'housing.urgency': request(
    'housing',
    'housing-corporation',
    'partner.answer',
    'Urgentie vastleggen',
    'Register urgency',
  ),
  'housing.place': {
    track: 'housing',
    kind: 'request',
    party: 'housing-agreement',
    rule: 'housing.suitable-home',
    sometimes: true,
    title: { nl: 'Plek uit de prestatieafspraak', en: 'Place of the housing agreement' },
  },
  'housing.training': request(
    'housing',
    'support-provider',
    'housing.training',
    'Woontraining',
    'Housing training',
    begun,
  ),
  'housing.offer': request(
    'housing',
    'housing-corporation',
    'housing.suitable-home',
    'Passende woning zoeken',
    'Find a suitable home',
    { needs: ['income'], essential: true },
  ),
  'housing.offer-answer': task(
    'housing',
    'housing.offer-answer',
    'Antwoord op het aanbod',
    'Answer the offer',
  ),
  'housing.contract': request(
    'housing',
    'housing-corporation',
    'partner.answer',
    'Huurcontract',
    'Tenancy contract',
  ),
  'housing.support': request(
    'housing',
    'support-provider',
    'partner.answer',
    'Begeleiding toezeggen',
    'Commit to support',
    { yields: 'support', essential: true },
  ),
  'housing.key-handover': request(
    'housing',
    'housing-corporation',
    'partner.answer',
    'Sleuteloverdracht',
    'Key handover',
    { needs: ['support'], always: ['support'], yields: 'home', essential: true },
  ),
  'housing.lease-trial': period(
    'housing',
    'housing.lease-takeover',
    'Proeftijd van de omklapwoning',
    'Trial of the tripartite lease',
    { needs: ['home'], lease: true, sometimes: true },
  ),
  'housing.lease-takeover': request(
    'housing',
    'housing-corporation',
    'partner.answer',
    'Huurcontract overnemen',
    'Take over the lease',
    { needs: ['home'], lease: true, sometimes: true },
  ),

  'cti.pre-cti': request(
    'cti',
    'support-provider',
    'cti.pre-cti',
    'Voorfase: relatie en steunnetwerk',
    'Pre-CTI: relation and support network',
  ),
  'cti.transition': period('cti', 'cti.phase', 'Fase 1: overgang', 'Phase 1: transition', {
    needs: ['home'],
  }),
  'cti.try-out': period('cti', 'cti.phase', 'Fase 2: uitproberen', 'Phase 2: try-out'),
  'cti.transfer-of-care': period('cti', 'cti.phase', 'Fase 3: overdracht', 'Phase 3: transfer of care'),
  'cti.transfer-meeting': request(
    'cti',
    'support-provider',
    'partner.answer',
    'Overdrachtsbijeenkomst',
    'Transfer meeting',
  ),

  'aftercare.first-interval': period(
    'aftercare',
    'aftercare.first-interval',
    'Eerste tussentijd',
    'First interval',
  ),
  'aftercare.first-check-in': request(
    'aftercare',
    'support-provider',
    'partner.answer',
    'Eerste nazorgcontact',
    'First check-in',
  ),
  'aftercare.second-interval': period(
    'aftercare',
    'aftercare.second-interval',
    'Tweede tussentijd',
    'Second interval',
  ),
  'aftercare.second-check-in': request(
    'aftercare',
    'support-provider',
    'partner.answer',
    'Laatste nazorgcontact',
    'Last check-in',
  ),

  'closure.file': request(
    'closure',
    'record-system',
    'partner.answer',
    'Dossier overdragen',
    'Hand over the file',
    { essential: true },
  ),
} as const satisfies Record<string, StepDefinition>;

/** A step of the process itself. */
export type ProcessStepId = keyof typeof catalogue;

/** A step that the template of a target group adds: `extra.{party}.{name}`, see template.ts. */
export type ExtraStepId = `extra.${string}`;

export type StepId = ProcessStepId | ExtraStepId;

/** Every step of the process, by id. */
export const steps: Readonly<Record<ProcessStepId, StepDefinition>> = catalogue;

/**
 * The ids in the order of the process. A new step stands in front of all that can only be passed after it: a route
 * that has passed one of those is not asked it any more (not-asked.ts).
 */
export const stepIds = Object.keys(catalogue) as readonly ProcessStepId[];

/** Those that every good route comes to: the others are met where something of the route says so. */
export const usualStepIds = stepIds.filter((id) => !steps[id].sometimes);

/** For a period, the one at whose end it begins: to the day, however late the machine comes to it. */
export const follows: Readonly<Partial<Record<StepId, StepId>>> = {
  'cti.try-out': 'cti.transition',
  'cti.transfer-of-care': 'cti.try-out',
};

/** Whether a text that came from outside is the id of a step of the process. */
export function isProcessStepId(text: string): text is ProcessStepId {
  return Object.hasOwn(catalogue, text);
}

/** Whether a text that came from outside can be the id of a step: whether a route has an extra one, its template says. */
export function isStepId(text: string): text is StepId {
  return isProcessStepId(text) || isExtraStepId(text);
}

/** Whether a step is one that a template adds. */
export const isExtraStepId = (text: string): text is ExtraStepId => /^extra\.[a-z-]+\.[a-z-]+$/.test(text);

/** Whether a step belongs to the closure of a route, which no template adds to. */
export const isOfClosure = (stepId: StepId): boolean =>
  !isExtraStepId(stepId) && steps[stepId].track === 'closure';

/** Whether a party is asked by requests: an outside one, or the housing agreement. */
export function isAsked(party: Party): party is AskedParty {
  return party !== 'case-manager' && party !== 'receiving-municipality' && party !== 'calendar';
}

/** Whether a party is an outside one, with a system of its own. */
export function isOutside(party: Party): party is PartnerParty {
  return isAsked(party) && party !== 'housing-agreement';
}
