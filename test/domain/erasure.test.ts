/** The person asks for their data to be erased: recorded by one, decided by another, and what follows from that. */
import { describe, expect, it } from 'vitest';
import type { Command } from '../../domain/command.ts';
import { carryOut } from '../../domain/commands.ts';
import { certificateOf } from '../../domain/certificate.ts';
import { erasureTold } from '../../domain/erasure.ts';
import { nextMoment, passMoments } from '../../domain/moments.ts';
import type { ErasureRequest, Outgoing } from '../../domain/outbox.ts';
import { dataDeleted } from '../../domain/personal-data.ts';
import { contentOf } from '../../domain/route-notices.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { settled } from '../../domain/settle.ts';
import { accepted, reach } from '../../domain/step-transitions.ts';
import { untold } from '../../domain/untold.ts';
import { routeView, timelineView, waitsView } from '../../domain/view.ts';
import { aRoute, daysLater, now } from '../support/a-route.ts';
import { refusalOf } from '../support/refusal-of.ts';

const reason = { jwe: 'reason' };
let given = 0;
const order = (state: RouteState, command: Command, by = 'cm-17', at = now): RouteState => {
  const actor = { subject: by, role: 'case-manager', municipality: 'GM0153' } as const;
  const envelope = { id: `key-${(given += 1)}`, fingerprint: 'f', actor, command };
  return settled(state, carryOut(state, envelope, at), at);
};
const request = { kind: 'request-erasure' } as const satisfies Command;
const grant: Command = { kind: 'decide-erasure', decision: { granted: true }, reason };
const refuse: Command = {
  kind: 'decide-erasure',
  decision: { granted: false, ground: 'legal-obligation' },
  reason,
};

const person = { jwe: 'person' };
const known = accepted(
  reach(aRoute({ person, asksConsent: true }), 'intake.registry-check', now),
  'intake.registry-check',
  1,
  now,
);
const talking = accepted(reach(known, 'debt.first-talk', now), 'debt.first-talk', 1, now);
const asked = order(talking, request);
const granted = order(asked, grant, 'director-3');
const toErase = ({ outbox }: RouteState): ErasureRequest[] =>
  outbox.filter((each: Outgoing) => each.what === 'erasure');

describe('a request to erase', () => {
  it('is due three months after the person asked, and waits for a decision', () => {
    const wait = waitsView(asked, 'nl').items.at(-1);
    expect(wait).toMatchObject({
      blocker: 'erasure-asked',
      waitingOn: 'case-manager',
      nextMove: 'decide-erasure',
      term: { rule: 'file.erasure', basis: 'Wmo 2015 art. 5.3.5(1)' },
    });
    expect(wait?.sentence).toBe(
      'De persoon vraagt om gegevens te wissen; wacht op de trajectbegeleider sinds 2026-11-02 10:00; uiterlijk 2027-02-02 (Wmo 2015 art. 5.3.5(1))',
    );
    expect(routeView(asked, 'en').erasure).toMatchObject({ status: 'asked', askedAt: now, overdue: false });
  });

  it('counts from the day on which the person asked', () => {
    const requestedOn = daysLater(3).slice(0, 10);
    const { erasure } = order(talking, { ...request, requestedOn }, 'cm-17', daysLater(20));
    expect(erasure).toMatchObject({ since: `${requestedOn}T12:00:00.000Z` });
    expect(erasure!.dueAt < order(talking, request, 'cm-17', daysLater(20)).erasure!.dueAt).toBe(true);
  });

  it('is not of a day before the route began, and may be of its first', () => {
    const on = (requestedOn: string) => () =>
      order(talking, { ...request, requestedOn }, 'cm-17', daysLater(9));
    expect(refusalOf(on('1999-01-01'))).toBe('erasure-before-route');
    expect(refusalOf(on(daysLater(-1).slice(0, 10)))).toBe('erasure-before-route');
    expect(on(now.slice(0, 10))().erasure).toMatchObject({ since: expect.any(String) });
    const before = { ...talking, edition: 11 };
    expect(order(before, { ...request, requestedOn: '1999-01-01' }).erasure).toBeDefined();
  });

  it('is recorded once, and not decided by who recorded it', () => {
    expect(refusalOf(() => order(asked, request))).toBe('erasure-asked');
    expect(refusalOf(() => order(granted, request, 'director-3'))).toBe('erasure-asked');
    expect(refusalOf(() => order(asked, grant))).toBe('four-eyes');
    expect(refusalOf(() => order(talking, grant))).toBe('no-erasure-asked');
  });

  it('is told to the case manager when it is due soon, and to the process director when it is late, on hold as well', () => {
    const onHold = order(asked, { kind: 'hold', until: daysLater(300), reason });
    const reminded = passMoments(onHold, daysLater(70));
    const late = passMoments(reminded, daysLater(93));
    const told = (state: RouteState) =>
      state.outbox.flatMap((each) => (each.what === 'route-notice' ? [contentOf(state, each)] : []));
    expect(told(reminded)).toMatchObject([
      { kind: 'erasure-due-soon', to: 'case-manager', recipient: 'cm-17' },
    ]);
    expect(told(late)).toMatchObject([
      { kind: 'erasure-due-soon' },
      { kind: 'erasure-overdue', to: 'process-director', rule: 'file.erasure', dueAt: asked.erasure!.dueAt },
    ]);
    expect(routeView(late, 'nl').erasure).toMatchObject({ overdue: true });
    expect(nextMoment(order(late, refuse, 'director-3', daysLater(94)))).toBe(daysLater(300));
  });

  it('that is refused says on which ground, and the route goes on', () => {
    const refused = order(asked, refuse, 'director-3');
    expect(refused).toMatchObject({ steps: talking.steps, person });
    expect(refused.ending).toBeUndefined();
    expect(routeView(refused, 'nl').erasure?.sentence).toBe(
      'Wissen is op 2026-11-02 10:00 geweigerd: een wettelijke bewaarplicht (AVG art. 17(3)(b))',
    );
    expect(certificateOf(refused, 'nl')).toBeUndefined();
    expect(order(refused, request).erasure?.status).toBeUndefined();
  });
});

describe('a request that is granted', () => {
  it('ends the route: requests are withdrawn, and each party that was asked is asked to erase', () => {
    expect(granted.ending).toBe('erased');
    expect(granted.steps['debt.first-talk']?.status).toBe('withdrawn');
    expect(toErase(granted).map(({ party }) => party)).toEqual(['civil-registry', 'debt-service']);
    expect(granted.outbox.map(({ what }) => what)).toContain('deletion');
  });

  it('can be granted while the route is ending, and leaves how it ends as it was', () => {
    const closing = order(order(talking, { kind: 'close-early', reason }), request);
    const over = order(closing, grant, 'director-3');
    expect(over.ending).toBe('closed-early');
    expect(toErase(over).map(({ party }) => party)).toEqual(['civil-registry', 'debt-service']);
  });

  it('has a certificate as soon as the key is destroyed, with what each party answered', () => {
    expect(certificateOf(granted, 'nl')).toBeUndefined();
    const [registry, debts] = toErase(granted) as [ErasureRequest, ErasureRequest];
    const destroyed = dataDeleted(granted, `${granted.routeId}:deletion`, now);
    expect(certificateOf(destroyed, 'nl')?.erasure?.parties.map(({ outcome }) => outcome)).toEqual([
      'being-asked',
      'being-asked',
    ]);
    const kept = { outcome: 'kept', ground: 'legal-claims', until: '2030-01-01' } as const;
    const told = erasureTold(erasureTold(destroyed, registry, { outcome: 'erased' }, now), debts, kept, now);
    expect(certificateOf(told, 'nl')?.erasure?.parties).toEqual([
      {
        party: 'civil-registry',
        outcome: 'erased',
        sentence: 'Burgerzaken (BRP) heeft gewist wat het van de persoon had',
      },
      {
        party: 'debt-service',
        ...kept,
        sentence: 'De schuldhulpverlening houdt gegevens: een rechtsvordering (AVG art. 17(3)(e))',
      },
    ]);
    expect(certificateOf(told, 'nl')?.deleted.map(({ data }) => data)).toContain('identity');
    expect(timelineView(told, 'nl').map(({ sentence }) => sentence)).toContain(
      'burgerzaken (BRP) heeft gewist',
    );
  });

  it('whose party can not be asked is told to the case manager', () => {
    const [registry] = toErase(granted) as [ErasureRequest];
    const left = untold(granted, registry, now);
    expect(toErase(left).map(({ party }) => party)).toEqual(['debt-service']);
    expect(left.erasure?.told).toEqual({ 'civil-registry': 'untold' });
    const notice = left.outbox.find((each) => each.what === 'route-notice');
    expect(notice && contentOf(left, notice)).toMatchObject({ kind: 'erasure-untold', recipient: 'cm-17' });
  });
});

it('the certificate says of all that remains until when and on which basis', () => {
  const destroyed = dataDeleted(granted, `${granted.routeId}:deletion`, now);
  const closed = { ...destroyed, closedAt: now };
  const remains = certificateOf(closed, 'nl', { courseDays: 30, logYears: 5 })!.remains;
  expect(remains.map(({ data, until, basis }) => [data, until, basis])).toEqual([
    ['course', '2026-12-02', 'AVG art. 5(1)(e) en 5(2) [aangenomen]'],
    ['access-log', '2031-11-02', 'AVG art. 5(2) en 30 [aangenomen]'],
  ]);
  expect(JSON.stringify(remains)).not.toContain('Temporal');
});

describe('what people write down', () => {
  it('stands in the timeline, sealed', () => {
    const noted = order(talking, { kind: 'add-note', note: { jwe: 'a note' } });
    expect(noted.timeline.at(-1)).toEqual({
      at: now,
      what: 'note-added',
      by: 'cm-17',
      note: { jwe: 'a note' },
    });
  });

  it('as wishes is the plan that the person had time for', () => {
    const begun = reach(talking, 'intake.personal-plan', now);
    expect(begun.steps['intake.personal-plan']?.status).toBe('open');
    const wished = order(begun, { kind: 'record-wishes', wishes: { jwe: 'wishes' } });
    expect(wished).toMatchObject({ wishes: { jwe: 'wishes' } });
    expect(wished.steps['intake.personal-plan']?.status).toBe('done');
  });
});
