/** What of the timeline travels with a route once it has grown long: who repaired what, when and why goes last. */
import { describe, expect, it } from 'vitest';
import { changed, type RouteState, type TimelineRecord } from '../../domain/route-state.ts';
import { timelineRoom } from '../../domain/timeline.ts';
import { aRoute, daysLater } from '../support/a-route.ts';

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
const held: Entry = { what: 'hold-began', by: 'cm-17', dueAt: daysLater(90), note: note(253) };

describe('a timeline that has no room left', () => {
  const long = told(aRoute(), ...ordinary);

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
    const noted = told(aRoute(), ...both).timeline.filter((entry) => entry.note);
    expect(new Set(noted.map((entry) => entry.what))).toEqual(new Set(['hold-began']));
  });

  it('keeps the latest reasons of people when not all of them fit, and who repaired what beyond those', () => {
    const repairs = Array.from({ length: 30 }, (_, i): Entry => ({ ...held, by: `cm-${i}` }));
    const { timeline } = told(long, ...repairs);
    const ofRepairs = timeline.filter((entry) => entry.what === 'hold-began');
    expect(ofRepairs.map(({ by }) => by)).toEqual(repairs.map(({ by }) => by));
    const noted = ofRepairs.filter((entry) => entry.note);
    expect(noted.length).toBeGreaterThan(10);
    expect(noted).toEqual(ofRepairs.slice(-noted.length));
  });

  it('keeps the longest reason that there can be of the latest repair', () => {
    const longest = { ...held, note: note(2900) };
    const { timeline } = told(long, longest, longest, longest);
    expect(timeline.at(-1)!.note).toBeDefined();
  });
});
