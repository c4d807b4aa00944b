/** Two routes of people about whom everything is written down that can be, so that it can be looked for afterwards. */
import { randomUUID } from 'node:crypto';
import type { RouteView } from '../../contracts/views.ts';
import { sourceOf } from '../../simulator/partners.ts';
import { accompany } from './case-manager.ts';
import type { Answer, Caller } from './api-caller.ts';

/** What is personal, by where it is written. Each is a text that nothing else contains. */
export const personal = {
  missedSignals: 'Mijn broer Ignatius zei niets meer tegen mij',
  neededThen: 'Iemand die wist van de Wilgenhof-avonden',
  name: 'Zoë Quistwater-Brandaris',
  birthDate: '1963-02-28',
  postcode: '7531 ZQ',
  houseNumber: '9173-zw-bv',
  bsn: '999990019',
  wishLiving: 'Een benedenwoning met plek voor hond Barabas',
  wishArea: 'Achter de Lonnekermolen',
  provisionNote: 'Vannacht sliep zij onder viaduct Kuipersdijk',
  shelterAddress: 'Geheimlaan 88, 7511 XV Schuilstad',
  decisionReason: 'Haar psychose van maart is voorbij',
  refusalNote: 'Te dicht bij ex-man Wolfert',
  holdReason: 'Opname in kliniek de Sterrenberg',
  redoReason: 'Heeft nu een inkomen van bakkerij Amandelhof',
  supporterName: 'Buurvrouw Leocadia Tromp',
  supporterReach: '06 47119283',
  contactNote: 'Ze dronken koffie en spraken over haar zus Perpetua',
  concernNote: 'Deurwaarder stond voor de deur om Energiehuis Zonneklaar',
  closureReason: 'Is vertrokken naar dochter Melisande',
} as const;

/** What was sent in calls that are refused: it is to leave no trace at all. */
export const refused = {
  wrongBsn: '999990018',
  unknownField: 'Patiëntnummer Kolibrie-55',
  inAddress: 'Roodborstje-van-Gogh',
} as const;

export interface Callers {
  readonly caseManager: Caller;
  readonly partner: Caller;
  /** How the played partners behave from now on. */
  readonly setBehaviours: (rules: readonly object[]) => Promise<void>;
}

const step = (route: RouteView, stepId: string) =>
  route.tracks.flatMap(({ steps }) => steps).find((each) => each.stepId === stepId);
const accepted = (answer: Answer): Answer => {
  if (answer.status >= 300) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer;
};

/** One by BSN and one by name. @returns the ids of the routes, when both live in their homes */
export async function liveThrough({ caseManager: api, partner, setBehaviours }: Callers): Promise<string[]> {
  const p = personal;
  // Each is mended by somebody who says why.
  await setBehaviours([{ stepId: 'intake.skills', attempt: 1, mode: 'rejecting' }]);
  const start = {
    openingAnswer: { missedSignals: p.missedSignals, neededThen: p.neededThen },
    origin: 'womens-shelter',
    municipality: 'GM0153',
    caseManager: 'cm-17',
    wishes: { living: p.wishLiving, areas: [p.wishArea] },
  };
  const { name, birthDate, postcode, houseNumber } = p;
  const people = [{ bsn: p.bsn }, { name, birthDate, postcode, houseNumber }];
  const begun = await Promise.all(
    people.map((person) => api.post('/routes', { ...start, person }).then(accepted)),
  );
  const routeIds = begun.map(({ body }) => body.routeId as string);
  await Promise.all(routeIds.map((routeId) => liveOne(api, partner, routeId)));
  return routeIds;
}

async function liveOne(api: Caller, partner: Caller, routeId: string): Promise<void> {
  const p = personal;
  const path = `/routes/${routeId}`;
  const reached = (stepId: string, status: string) => (route: RouteView) =>
    step(route, stepId)?.status === status;
  await callsThatAreRefused(api, path);
  accepted(await api.put(`${path}/shelter-address`, { address: p.shelterAddress }));
  accepted(await api.post(`${path}/temporary-provision`, { reason: 'no-roof', note: p.provisionNote }));
  await accompany(api, routeId, reached('intake.skills', 'technical'));
  accepted(await api.post(`${path}/steps/intake.skills/redo`, { reason: p.redoReason }));
  const until = new Date(Date.now() + 3_600_000).toISOString();
  accepted(await api.post(`${path}/hold`, { until, reason: p.holdReason }));
  accepted(await api.delete(`${path}/hold`));
  accepted(await partner.post('/partner-events', aConcern(routeId, p.concernNote), asCloudEvent));
  const habits = {
    decision: { granted: true, housingForm: 'own-home', reason: p.decisionReason },
    answers: [{ accepted: false, reason: 'unsafe', note: p.refusalNote }, { accepted: true }],
  };
  await accompany(api, routeId, ({ facts }) => facts.includes('home'), { habits });
  const supporter = { relation: 'neighbour', support: ['practical'], personAgrees: true };
  const who = { name: p.supporterName, reach: p.supporterReach };
  accepted(await api.post(`${path}/supporters`, { ...supporter, ...who }));
  const contact = { date: new Date().toISOString().slice(0, 10), kind: 'visit', with: ['person'] };
  accepted(await api.post(`${path}/contacts`, { ...contact, note: p.contactNote }));
}

async function callsThatAreRefused(api: Caller, path: string): Promise<void> {
  const calls = [
    api.put(`${path}/person`, { bsn: refused.wrongBsn }),
    api.put(`${path}/person`, { bsn: personal.bsn, patient: refused.unknownField }),
    api.get(`${path}/person-of-${encodeURIComponent(refused.inAddress)}?name=${refused.inAddress}`),
    api.put(`${path}/person`, `{"bsn":"${personal.bsn}"`),
  ];
  for (const { status } of await Promise.all(calls))
    if (status < 400 || status >= 500) throw new Error(`Was to be refused, and got ${status}`);
}

const asCloudEvent = { 'content-type': 'application/cloudevents+json' };
const aConcern = (routeId: string, note: string) => ({
  specversion: '1.0',
  id: randomUUID(),
  source: sourceOf('support-provider'),
  subject: routeId,
  type: 'nl.uitstroomroutes.concern-raised.v1',
  time: new Date().toISOString(),
  data: { kind: 'missed-contact', note },
});
