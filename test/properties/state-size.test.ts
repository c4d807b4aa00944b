/**
 * How large the state of a route can get: it is the input of each next run, it is kept in every history, and it is
 * read whole by every view.
 *
 * The fullest route that there can be: the corporation offers and the person refuses a home time after time, so that
 * as many areas are excluded as can be; every
 * step is asked, refused by its partner with a note, passes its term, and is asked again or objected about; people give more commands
 * than a route remembers, each with a reason; the rules are taken over twice, so that each date names the set that it
 * came from; partners raise more concerns than a route knows ids of; answers to all that was not asked yet wait in
 * the inbox, while every partner is down and all that is to be told them waits too; nobody
 * answers the offer of it to another municipality, nor decides whether its data is erased; and at the end it is on hold.
 */
import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter } from '@temporalio/common';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Command } from '../../domain/command.ts';
import { concernsKept, concernsOf, openConcernsOf } from '../../domain/concerns.ts';
import { contactsKept } from '../../domain/contacts.ts';
import { missedKept } from '../../domain/debt-track.ts';
import { areasKept } from '../../domain/excluded-areas.ts';
import { reported } from '../../domain/intake-terms.ts';
import type { PartnerNews } from '../../domain/news.ts';
import { begin } from '../../domain/step-transitions.ts';
import type { RouteRules } from '../../domain/rules.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { stepIds, steps } from '../../domain/steps.ts';
import { supportersKept, supportersMost } from '../../domain/supporters.ts';
import { EncryptionCodec } from '../../platform/payload-codec.ts';
import { createSealer } from '../../platform/sealer.ts';
import { ConcernKind } from '../../contracts/concern.ts';
import { ContactWith, SupportKind } from '../../contracts/cti.ts';
import { ConsentParty, ConsentPurpose } from '../../contracts/consent.ts';
import { missedSignalsKept, SignalParty } from '../../contracts/missed-signals.ts';
import { Skill } from '../../contracts/skills.ts';
import type { Sealed } from '../../contracts/sealed.ts';
import { agreement, aRoute, now, routeId, rules } from '../support/a-route.ts';
import { answer, give } from './support/acts.ts';
import { Checks, Tally } from './support/checks.ts';
import { goOn } from './support/finish.ts';
import { workflowStandIn } from './support/one-run.ts';
import { World } from './support/world.ts';

vi.mock('@temporalio/workflow', async (original) => ({
  ...(await original<object>()),
  ...workflowStandIn,
}));

const most = 65_536;
const key = new Uint8Array(32);
const sealer = createSealer({
  ensure: async () => key,
  find: async () => key,
  wasDestroyed: async () => false,
  destroy: async () => undefined,
});
const text = (length: number) => 'Een zin die iemand opschreef. '.repeat(length).slice(0, length);
const seal = (length: number): Promise<Sealed<never>> => sealer.seal(routeId, text(length) as never);
const HOUR = 3_600_000;
const begunInDebt = stepIds.filter((id) => steps[id].byCommand && steps[id].track === 'debt');
const isMissed = ({ debtTrack }: RouteState, month: string) =>
  (debtTrack?.missed ?? []).length >= missedKept || debtTrack?.missed?.includes(month);

beforeAll(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterAll(() => {
  vi.useRealTimers();
});

async function fullest(lengthOfTexts: number): Promise<{ state: RouteState; peak: RouteState }> {
  const note = await seal(lengthOfTexts);
  const { municipality, origin, targetGroup, caseManager } = aRoute();
  const first = begin({
    routeId,
    municipality,
    origin,
    targetGroup,
    caseManager,
    region: 'r'.repeat(40),
    birthYear: 2001,
    rules: rules('nl'),
    agreement,
    openingAnswer: await seal(2 * 1500),
    wishes: await seal(1500 + 800),
    debts: 'problematic',
    asksConsent: true,
    report: reported(rules('nl'), now)!,
    by: caseManager,
    now,
  });
  const world = await World.start(new Checks(new Tally()), first);
  let peak = first;
  const look = () => {
    if (size(world.state) > size(peak)) peak = world.state;
  };
  let told = 0;
  const eventId = () => `${'e'.repeat(100)}${(told += 1)}`.padEnd(128, 'x');
  const tell = async (news: Omit<PartnerNews, 'eventId'>) => {
    await world.tell({ ...news, note, eventId: eventId(), arrival: 'a'.repeat(8) }, 'update');
    look();
  };
  const order = async (command: Command) => {
    await give(world, command);
    look();
  };

  // Each request is refused twice before it is answered; each offer but the last is refused by the person.
  await order({ kind: 'identify', person: await seal(300) });
  const skills = Object.fromEntries(Skill.options.map((skill) => [skill, 3 as const]));
  await order({ kind: 'record-skills', skills });
  await order({ kind: 'wish-for-housing', housingForm: 'w'.repeat(40) });
  const areas = Array.from({ length: areasKept }, (_, i) => `BU0153${1000 + i}`);
  await order({ kind: 'exclude-areas', areas });
  await order({ kind: 'seal-shelter-address', address: await seal(200) });
  for (const party of ConsentParty.options)
    await order({
      kind: 'give-consent',
      party,
      purposes: ConsentPurpose.options,
      givenOn: '2026-11-01',
      recordedBy: 'c'.repeat(64),
    });
  const signal = { signal: 'domestic-violence-report', before: 'under-3-months' } as const;
  const signals = SignalParty.options.slice(-missedSignalsKept).map((party) => ({ ...signal, party }));
  await order({ kind: 'record-missed-signals', signals });
  const answers = {
    participation: 'severe',
    integration: 'some',
    material: 'severe',
    access: 'some',
  } as const;
  await order({ kind: 'record-exclusion', answers });
  await order({ kind: 'record-exclusion', answers });
  await order({ kind: 'record-application', receivedAt: now });
  await order({ kind: 'begin-provision', reason: 'children', note });
  await order({ kind: 'begin-training', skills: Skill.options });
  let refusals = 0;
  for (let i = 0; i < 2000 && !world.state.steps['aftercare.second-check-in']; i += 1) {
    for (const stepId of stepIds) {
      const record = world.state.steps[stepId];
      if (record?.status !== 'open' || steps[stepId].kind !== 'request' || record.attempt > 2) continue;
      await tell({ ...answer(world, stepId, 'step-refused', record.attempt), reason: 'r'.repeat(60) });
      if (stepId === 'income.postal-address')
        await order({ kind: 'begin-step', stepId: 'income.ex-officio', reason: note });
      const isObjected = record.attempt === 2 && steps[stepId].decision;
      await order({ kind: isObjected ? 'object' : 'redo', stepId, reason: note });
      // Dismissed as well, and called off by an address only then: so it keeps which event told it.
      if (stepId === 'income.ex-officio' && isObjected)
        await tell({ ...answer(world, stepId, 'step-refused', 3), reason: 'r'.repeat(60) });
    }
    if (world.state.steps['debt.arrangement']?.status === 'open' && !world.state.steps['debt.moratorium']) {
      const progress = { what: 'creditors-answered', asked: 999, agreed: 0, refused: 999 } as const;
      await order({ kind: 'record-debt-progress', progress });
      for (const stepId of begunInDebt) await order({ kind: 'begin-step', stepId, reason: note });
    }
    const month = new Date(world.now).toISOString().slice(0, 7);
    if (world.state.steps['debt.repayment']?.status === 'open' && !isMissed(world.state, month))
      await order({ kind: 'record-debt-progress', progress: { what: 'repayment-missed', month } });
    if (world.state.steps['intake.decision']?.status === 'open')
      await order({
        kind: 'decide',
        decision: {
          granted: true,
          housingForm: 'h'.repeat(40),
          ladder: true,
          ladderReason: 'support-near',
          reasons: ['own-wish', 'support-need', 'affordable', 'household'],
          reason: note,
        },
      });
    const offer = world.state.offers.findLast(({ status }) => status === 'open');
    if (offer && refusals < 40 && world.state.steps['housing.offer-answer']?.status === 'open') {
      refusals += 1;
      await order({
        kind: 'answer-offer',
        offerId: offer.offerId,
        accepted: false,
        reason: refusals <= areasKept ? 'unsafe' : 'preference',
        note,
      });
    } else if (world.state.steps['housing.offer']?.status === 'open') {
      const { attempt } = world.state.steps['housing.offer'];
      const home = {
        offerId: `home-${refusals}`.padEnd(64, 'x'),
        housingForm: 'h'.repeat(60),
        // The areas of the first become excluded ones; a corporation's own words take more room.
        area: refusals < areasKept ? `BU0153${2000 + refusals}` : 'a'.repeat(80),
        monthlyRent: 932.93,
        lease: 'tripartite' as const,
      };
      await tell({ ...answer(world, 'housing.offer', 'offer-made', attempt), offer: home });
    } else await goOn(world);
  }
  for (let i = 0; i < 1600; i += 1)
    await tell({ party: 'housing-corporation', kind: 'concern-raised', reason: 'missed-contact' });
  for (let i = 0; i < 100; i += 1)
    await order({ kind: 'change-case-manager', caseManager: `${'c'.repeat(60)}-${i % 2}`, reason: note });
  const answerAhead = async () => {
    for (const stepId of stepIds) {
      if (steps[stepId].kind !== 'request') continue;
      const kind = stepId === 'housing.offer' ? 'offer-made' : 'step-completed';
      const record = world.state.steps[stepId];
      const ahead = record && record.status !== 'blocked' ? 1 : 0;
      await tell(answer(world, stepId, kind, (record?.attempt ?? 1) + ahead));
    }
  };
  await answerAhead();
  for (const version of ['2028-01-01', '2029-01-01'])
    await order({ kind: 'adopt-rules', rules: laterRules(version), reason: note });

  await order({ kind: 'begin-training', skills: Skill.options.slice(1) });
  const move = { to: 'm'.repeat(40), forced: true, reason: 'support-elsewhere' } as const;
  for (let day = 10; day < 35; day += 1)
    await order({
      kind: 'record-move',
      move: { ...move, date: `2027-0${1 + (day % 9)}-${(day % 19) + 10}` },
    });

  // As many supporters as can be, each with the longest name, and more contacts than are kept.
  const who = await sealer.seal(routeId, { name: 'n'.repeat(40), reach: 'r'.repeat(40) });
  const support = SupportKind.options;
  for (let i = 0; i < supportersKept; i += 1) {
    const supporterId = `id-${100 + i}`;
    const relation = 'community-centre' as const;
    const replaces = i > 0 && i <= supportersKept - supportersMost ? { replaces: `id-${99 + i}` } : {};
    await order({ kind: 'invite-supporter', supporterId, relation, support, who, ...replaces });
    await order({ kind: 'change-supporter', supporterId, change: { status: 'accepted', consent: true } });
    if (i < supportersKept - supportersMost)
      await order({ kind: 'change-supporter', supporterId, change: { status: 'dropped-out' } });
  }
  const contact = { kind: 'meeting-in-community', with: ContactWith.options.slice(0, 4) } as const;
  for (let i = 0; i < 2 * contactsKept; i += 1)
    await order({ kind: 'record-contact', contact: { ...contact, date: '2028-01-01' }, note });
  expect(world.state.debtTrack?.missed?.length).toBeGreaterThan(12);
  expect(world.state.cti?.supporters?.length).toBe(supportersKept);
  expect(world.state.cti?.contacts?.latest.length).toBeGreaterThan(200);
  await order({ kind: 'set-focus-areas', areas: ['daily-activities', 'physical-health', 'social-network'] });

  // Concerns of every kind, more often than any rule counts; those that were settled, with an owner; the rest open.
  const raise = async (from: 'informal-carer') => {
    for (const concern of ConcernKind.options)
      for (const concernId of ['aaaaaa', 'bbbbbb', 'cccccc'])
        await order({
          kind: 'raise-concern',
          concernId: `${concern[0]}${concernId.slice(1)}`,
          concern,
          from,
          note,
        });
  };
  await raise('informal-carer');
  for (const { concernId } of openConcernsOf(world.state))
    await order({ kind: 'settle-concern', concernId, outcome: 'handed-over', owner: 'gp', reason: note });
  await raise('informal-carer');
  look();
  expect([concernsOf(world.state).length, openConcernsOf(world.state).length]).toEqual([concernsKept, 5]);

  // And the last track anew, with all partners down: what is to be told them waits as well.
  world.partnersUp = false;
  // Nobody answers the offer of it to another municipality either.
  const at = (days: number) => new Date(world.now + days * 24 * HOUR).toISOString();
  await order({ kind: 'offer-transfer', to: 'GM0363', day: at(0).slice(0, 10), reason: note });
  // The person asks for their data to be erased, and nobody decides.
  await order({ kind: 'request-erasure', requestedOn: at(-1).slice(0, 10), note });
  for (const party of ConsentParty.options) await order({ kind: 'withdraw-consent', party });
  await order({ kind: 'reopen', track: 'debt', reason: note });
  await order({ kind: 'reopen', track: 'income', reason: note });
  await world.until(world.now + 60 * 24 * HOUR);
  await answerAhead();
  await order({ kind: 'hold', absence: 'detained', until: at(400), reason: note });
  look();
  return { state: world.state, peak };
}

/** A later set, in which one term differs. */
const laterRules = (version: string): RouteRules => {
  const { terms, ...set } = rules('nl');
  const limit = `P${1 + (Number(version.slice(0, 4)) % 30)}D`;
  return {
    ...set,
    version,
    terms: { ...terms, 'partner.answer': { ...terms['partner.answer']!, limit, version } },
  };
};
const size = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));

function sizes(state: RouteState): string {
  return Object.entries(state)
    .map(([name, part]) => [name, size(part), Array.isArray(part) ? part.length : ''] as const)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 14)
    .map(([name, bytes, count]) => `${name} ${bytes}${count === '' ? '' : ` (${count})`}`)
    .join(', ');
}

it('the fullest route is at most 64 KB', async () => {
  const { state, peak } = await fullest(1200);
  console.info(`the fullest route: ${size(peak)} bytes: ${sizes(peak)}`);
  console.info(`and at its end: ${size(state)} bytes: ${sizes(state)}`);
  const codec = new EncryptionCodec({ current: 'k1', keys: new Map([['k1', randomBytes(32)]]) });
  const [payload] = await codec.encode([defaultPayloadConverter.toPayload({ state: peak })]);
  console.info(`as the encrypted input of its next run: ${payload!.data!.length} bytes`);
  expect(payload!.data!.length).toBeLessThan(size(peak) + 200);
  expect(state.hold).toBeDefined();
  expect(peak.steps['income.ex-officio']).toMatchObject({ objectsTo: 2, eventId: expect.any(String) });
  expect(size(peak)).toBeLessThanOrEqual(most);
}, 120_000);
