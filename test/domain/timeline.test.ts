/** What of the timeline travels with a route once it has grown long: what people wrote goes last, and what goes is counted. */
import { describe, expect, it } from 'vitest';
import type { PartnerNews } from '../../domain/news.ts';
import { receive } from '../../domain/partner-news.ts';
import { changed, type RouteState, type TimelineRecord } from '../../domain/route-state.ts';
import { stateRoom, timelineRoom } from '../../domain/timeline.ts';
import { leftOutView, timelineView } from '../../domain/view.ts';
import { aRoute, daysLater, now } from '../support/a-route.ts';

type Entry = Omit<TimelineRecord, 'at'>;
const told = (state: RouteState, ...entries: readonly Entry[]): RouteState =>
  entries.reduce((each, entry, i) => changed(each, daysLater(i), entry, {}), state);
const note = (length: number) => ({ jwe: 'x'.repeat(length) });
const what = (state: RouteState) => state.timeline.map((entry) => entry.what);

/** What a route of a year tells of its steps: opened, taken on, done. */
const ordinary = Array.from({ length: 60 }, (_, i): Entry => {
  const about = { by: 'debt-service', stepId: 'debt.plan', attempt: i } as const;
  const names = ['step-opened', 'request-accepted', 'step-completed'];
  return { ...about, what: names[i % 3]!, dueAt: daysLater(i), rule: 'debt.decision' };
});
/** A route of which the rest takes all the room that a state has. */
const full = (): RouteState => aRoute({ caseManager: 'c'.repeat(stateRoom) });
const held: Entry = { what: 'hold-began', by: 'cm-17', dueAt: daysLater(90), note: note(253) };

describe('what people wrote in a route of years', () => {
  const noted: Entry = { what: 'note-added', by: 'cm-17', note: note(400) };
  const year = told(aRoute(), ...ordinary);

  it('stands in the timeline, however much else happened since', () => {
    const after = told(told(year, noted, noted, noted), ...ordinary, ...ordinary);
    expect(after.timeline.filter((entry) => entry.note)).toHaveLength(3);
    expect(after.leftOut).toBeUndefined();
    expect(leftOutView(after, 'nl')).toEqual({});
  });

  it('is there still when thousands of other lines have come', () => {
    const many = Array.from({ length: 20 }, () => ordinary).flat();
    const after = told(told(year, noted, noted, noted), ...many);
    expect(after.timeline.filter((entry) => entry.note)).toHaveLength(3);
    expect(leftOutView(after, 'nl').leftOut).toMatchObject({ notes: 0, entries: expect.any(Number) });
  });

  it('is counted where it went, and its line says so', () => {
    const notes = Array.from({ length: 300 }, (_, i): Entry => ({ ...noted, by: `cm-${i}` }));
    const after = told(year, ...notes);
    const kept = after.timeline.filter((entry) => entry.note);
    expect(kept.at(-1)).toMatchObject({ by: 'cm-299' });
    expect(kept.length).toBeGreaterThan(50);
    expect(after.leftOut!.notes).toBe(300 - kept.length);
    expect(leftOutView(after, 'en').leftOut!.sentence).toContain(`texts ${after.leftOut!.notes}`);
    const gone = timelineView(after, 'nl').filter(({ noteLeftOut }) => noteLeftOut);
    expect(gone.length).toBeGreaterThan(0);
    expect(JSON.stringify(after).length).toBeLessThanOrEqual(stateRoom + 100);
  });

  it('can be read as long as it is the latest, also where there is no room at all', () => {
    const longest = { ...noted, note: note(4_900) };
    const after = told(full(), ...ordinary, longest, ...ordinary);
    expect(after.timeline.find((entry) => entry.note)).toMatchObject(longest);
  });

  it('by a partner about a concern stands there as long as that is open', () => {
    const concern = (i: number, reason: string): PartnerNews => {
      const news = { eventId: `c-${i}`, party: 'housing-corporation', kind: 'concern-raised' } as const;
      return { ...news, reason, note: note(300) };
    };
    let state = receive(full(), concern(0, 'crisis'), now).state;
    for (let i = 1; i < 60; i += 1) state = receive(state, concern(i, 'other'), daysLater(i)).state;
    state = told(state, ...ordinary);
    const of = (kind: string) => state.timeline.filter(({ reason }) => reason === kind);
    expect(of('crisis').filter((entry) => entry.note)).toHaveLength(1);
    expect(state.leftOut!.notes).toBeGreaterThan(30);
  });

  it('with news that came too early for a route without room is said to be missing', () => {
    const line = (length: number) => {
      const news = { eventId: `e-${length}`, party: 'debt-service', kind: 'step-refused' } as const;
      const requestId = `${aRoute().routeId}:intake.debt-screening:1`;
      return receive(aRoute(), { ...news, requestId, note: note(length) }, now).state.inbox[0];
    };
    expect(line(1_000)).toHaveProperty('note');
    expect(line(1_600)).toMatchObject({ gone: true });
  });
});

describe('a timeline that has no room left', () => {
  const long = told(full(), ...ordinary);

  it('keeps why somebody repaired something, and leaves out what is routine for it', () => {
    const repaired = told(long, held, { ...held, what: 'hold-ended' });
    expect(repaired.timeline.slice(-2).map((entry) => entry.note)).toEqual([held.note, held.note]);
    const after = told(repaired, ...ordinary);
    expect(after.timeline.filter((entry) => entry.note)).toHaveLength(2);
    expect(JSON.stringify(after.timeline).length).toBeLessThanOrEqual(timelineRoom + 1);
  });

  it('leaves out the oldest of what is routine first, and never its start', () => {
    const opened = (state: RouteState) => state.timeline.filter((entry) => entry.what === 'step-opened');
    const repaired = told(long, held);
    expect(what(repaired)[0]).toBe('route-started');
    expect(opened(repaired).length).toBeLessThan(opened(long).length);
    expect(opened(repaired)).toEqual(opened(long).slice(-opened(repaired).length));
  });

  it('leaves out notes of partners before those of people', () => {
    const refused: Entry = { what: 'step-refused', by: 'debt-service', stepId: 'debt.plan', note: note(253) };
    const both = Array.from({ length: 20 }, () => [held, refused]).flat();
    const noted = told(full(), ...both).timeline.filter((entry) => entry.note);
    expect(noted.length).toBeGreaterThan(8);
    expect(noted.filter((entry) => entry.what === 'step-refused')).toHaveLength(1);
  });

  it('keeps the latest reasons of people when not all of them fit, and who repaired what beyond those', () => {
    const repairs = Array.from({ length: 25 }, (_, i): Entry => ({ ...held, by: `cm-${i}` }));
    const { timeline } = told(long, ...repairs);
    const ofRepairs = timeline.filter((entry) => entry.what === 'hold-began');
    expect(ofRepairs.map(({ by }) => by)).toEqual(repairs.map(({ by }) => by));
    const noted = ofRepairs.filter((entry) => entry.note);
    expect(noted.length).toBeGreaterThan(9);
    expect(noted).toEqual(ofRepairs.slice(-noted.length));
  });

  it('keeps the longest reason that there can be of the latest repair', () => {
    const longest = { ...held, note: note(2900) };
    const { timeline } = told(long, longest, longest, longest);
    expect(timeline.at(-1)!.note).toBeDefined();
  });
});
