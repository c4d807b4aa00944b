import { describe, expect, it } from 'vitest';
import { hold } from '../../domain/route-commands.ts';
import { receive } from '../../domain/partner-news.ts';
import { requestIdOf } from '../../domain/request-id.ts';
import { waitingsOf } from '../../domain/standing.ts';
import { failedTechnically, reach } from '../../domain/step-transitions.ts';
import { stepIds, steps } from '../../domain/steps.ts';
import { detailsText } from '../../domain/texts.ts';
import { routeView, timelineView, waitsView } from '../../domain/view.ts';
import { aRoute, endOfDayLater, now, routeId } from '../support/a-route.ts';

describe('a route says of everything it waits for', () => {
  it('on whom, since when, due when, on which basis, and what is the next lawful move', () => {
    const state = reach(aRoute(), 'debt.first-talk', now);
    expect(routeView(state, 'en').waits).toEqual([
      {
        stepId: 'debt.first-talk',
        track: 'debt',
        blocker: 'waiting-for-answer',
        waitingOn: 'debt-service',
        since: now,
        dueAt: endOfDayLater(28),
        overdue: false,
        term: { rule: 'debt.first-talk', ruleSet: 'nl', version: '2026-07-01', basis: 'Wgs art. 4(1)' },
        nextMove: 'wait-for-answer',
        sentence:
          'First talk: no answer yet; waits on the debt service since 2026-11-02 10:00; due 2026-11-30 (Wgs art. 4(1))',
        nextMoveSentence: 'await the answer',
      },
    ]);
  });

  it('that it is on hold, by whom and until when, and that its terms stand still', () => {
    const until = '2026-12-01T08:00:00.000Z';
    const running = reach(aRoute(), 'debt.first-talk', now);
    const held = hold(running, { kind: 'hold', until, reason: { jwe: 'reason' } }, 'cm-17', now);
    expect(waitsView(held, 'nl').hold).toEqual({
      since: now,
      until,
      by: 'cm-17',
      sentence: 'In de wacht sinds 2026-11-02 10:00 tot 2026-12-01 09:00, door cm-17; termijnen staan stil',
      nextMoveSentence: 'nu hervatten, of wachten tot de route vanzelf verder gaat',
    });
    expect(waitsView(held, 'en').items[0]?.sentence).toMatch(/; stands still: route on hold$/);
    expect(routeView(held, 'en').hold?.sentence).toMatch(/^On hold since 2026-11-02 10:00 until/);
    expect(detailsText(held, waitingsOf(held), 'nl')).toMatch(
      /^- In de wacht .*nu hervatten.*\n- .*staat stil/,
    );
    expect(detailsText(held, [], 'en')).toMatch(/^- On hold .*\n- intake$/);
    expect(waitsView(running, 'nl').hold).toBeUndefined();
  });

  it('which fact is missing, and from which party it comes', () => {
    const state = reach(aRoute(), 'income.benefit', now);
    expect(waitingsOf(state)).toMatchObject([
      {
        stepId: 'income.benefit',
        blocker: 'no-address',
        waitingOn: 'civil-registry',
        nextMove: 'bring-about-fact',
      },
    ]);
  });

  it('that a refusal waits for the case manager, who can object or ask again', () => {
    const asked = reach(aRoute(), 'income.postal-address', now);
    const { state } = receive(
      asked,
      {
        eventId: 'e1',
        party: 'civil-registry',
        kind: 'step-refused',
        requestId: requestIdOf(routeId, 'income.postal-address', 1),
        reason: 'no-residence',
      },
      now,
    );
    expect(waitingsOf(state)).toMatchObject([
      { blocker: 'refused-by-party', waitingOn: 'case-manager', nextMove: 'redo-or-object' },
    ]);
  });

  it('that a technical failure is to be mended', () => {
    const asked = reach(aRoute(), 'debt.registration', now);
    const failed = failedTechnically(asked, 'debt.registration', 1, 'PartnerRejected', now);
    expect(waitingsOf(failed)).toMatchObject([{ blocker: 'technical', nextMove: 'mend-technical' }]);
  });
});

it('every step can be said in Dutch and in English, and no sentence has a hole', () => {
  for (const stepId of stepIds) {
    const state = reach(aRoute(), stepId, now);
    for (const language of ['nl', 'en'] as const) {
      expect(detailsText(state, waitingsOf(state), language)).not.toMatch(/undefined|\{|\}/);
      for (const { sentence } of timelineView(state, language))
        expect(sentence).not.toMatch(/undefined|\{|\}/);
    }
    expect(steps[stepId].title.nl).not.toBe('');
  }
});
