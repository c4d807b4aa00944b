/** The support network: each supporter with an own answer and consent; who drops out is replaced. */
import { describe, expect, it } from 'vitest';
import type { Relation, SupporterChangeBody } from '../../contracts/cti.ts';
import { routeView, waitsView } from '../../domain/view.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { supportersKept, supportersMost, supportersOf } from '../../domain/supporters.ts';
import { after, give, movedIn } from '../support/a-cti-route.ts';
import { daysLater } from '../support/a-route.ts';

const who = { jwe: 'who' };
const invite = (state: RouteState, supporterId: string, relation: Relation = 'friend', replaces?: string) =>
  give(state, {
    kind: 'invite-supporter',
    supporterId,
    relation,
    support: ['emotional', 'practical'],
    who,
    ...(replaces && { replaces }),
  });
const change = (state: RouteState, supporterId: string, to: SupporterChangeBody, days = 0) =>
  give(state, { kind: 'change-supporter', supporterId, change: to }, days);
const accept = (state: RouteState, id: string) => change(state, id, { status: 'accepted', consent: true });
const dropOut = (state: RouteState, id: string, days = 0) =>
  change(state, id, { status: 'dropped-out' }, days);
const shown = (state: RouteState) => routeView(state, 'en').criticalTimeIntervention.supporters;

describe('a supporter', () => {
  const invited = invite(movedIn(), 'aaaaaa', 'neighbour');

  it('is invited, and shown without a name', () => {
    expect(shown(invited)).toEqual([
      {
        supporterId: 'aaaaaa',
        relation: 'neighbour',
        support: ['emotional', 'practical'],
        status: 'invited',
        since: daysLater(0),
        consent: false,
        landing: false,
        sentence: 'neighbour: invited, no answer yet',
      },
    ]);
    expect(JSON.stringify(routeView(invited, 'nl'))).not.toContain('jwe');
  });

  it('accepts by own consent, and is then part of the landing plan when of the neighbourhood', () => {
    const route = accept(accept(invite(invited, 'bbbbbb', 'family'), 'aaaaaa'), 'bbbbbb');
    expect(shown(route).map(({ consent, landing }) => [consent, landing])).toEqual([
      [true, true],
      [true, false],
    ]);
  });

  it('who is none any more is let go of: nothing sealed of them is kept', () => {
    expect(accept(invited, 'aaaaaa').cti?.supporters?.[0]?.who).toBe(who);
    const declined = change(invited, 'aaaaaa', { status: 'declined' });
    expect(shown(declined)[0]?.status).toBe('declined');
    expect(declined.cti?.supporters?.[0]?.who).toBeUndefined();
    expect(dropOut(accept(invited, 'aaaaaa'), 'aaaaaa').cti?.supporters?.[0]?.who).toBeUndefined();
  });

  it('does not become what leads nowhere, and is not made up', () => {
    expect(() => dropOut(invited, 'aaaaaa')).toThrow('supporter who is invited');
    expect(() => accept(change(invited, 'aaaaaa', { status: 'declined' }), 'aaaaaa')).toThrow('declined');
    expect(() => accept(invited, 'zzzzzz')).toThrow('no such supporter');
    expect(() => invite(invited, 'bbbbbb', 'friend', 'aaaaaa')).toThrow('Only who dropped out');
    expect(() => change(accept(invited, 'aaaaaa'), 'aaaaaa', { takesPart: true })).toThrow('not begun');
  });
});

describe('who drops out', () => {
  const alone = dropOut(accept(invite(after(1, movedIn()), 'aaaaaa'), 'aaaaaa'), 'aaaaaa', 10);

  it('is asked to be replaced: a wait of the case manager, and no failure of the route', () => {
    const { items } = waitsView(alone, 'en');
    expect(items.at(-1)).toMatchObject({
      blocker: 'supporter-lost',
      waitingOn: 'case-manager',
      since: daysLater(10),
      nextMove: 'replace-supporter',
      overdue: false,
      nextMoveSentence: 'invite another supporter',
    });
    expect(routeView(alone, 'nl').health).toBe('OnTrack');
  });

  it('is replaced when who takes their place accepts; when that one declines, the place is still empty', () => {
    const asked = invite(alone, 'bbbbbb', 'volunteer', 'aaaaaa');
    expect(waitsView(asked, 'nl').items.at(-1)?.nextMove).toBe('await-supporter');
    const taken = accept(asked, 'bbbbbb');
    expect(shown(taken).map(({ status }) => status)).toEqual(['replaced', 'accepted']);
    expect(waitsView(taken, 'nl').items.map(({ blocker }) => blocker)).not.toContain('supporter-lost');
    const empty = change(asked, 'bbbbbb', { status: 'declined' });
    expect(waitsView(empty, 'nl').items.at(-1)?.nextMove).toBe('replace-supporter');
  });

  it('may be left without another when somebody else takes over', () => {
    const taken = change(alone, 'aaaaaa', { status: 'replaced' });
    expect(waitsView(taken, 'nl').items.map(({ blocker }) => blocker)).not.toContain('supporter-lost');
  });

  it('holds up nothing at the end of the route', () => {
    expect(waitsView({ ...alone, ending: 'completed' }, 'nl').items.map(({ blocker }) => blocker)).toEqual([
      'term-running',
    ]);
  });
});

it('a network has a bounded number of supporters, and of those that ended the oldest fall out', () => {
  let route = movedIn();
  for (let i = 0; i < 20; i += 1) {
    route = invite(route, `s-${1000 + i}`);
    route = i < supportersMost - 1 ? accept(route, `s-${1000 + i}`) : route;
    if (i >= supportersMost - 1 && i < 19) route = change(route, `s-${1000 + i}`, { status: 'declined' });
  }
  expect(supportersOf(route).length).toBe(supportersKept);
  expect(supportersOf(route).filter(({ status }) => status === 'accepted').length).toBe(supportersMost - 1);
  expect(supportersOf(route).at(-1)?.supporterId).toBe('s-1019');
  expect(() => invite(route, 's-9999')).toThrow('at the most');
});
