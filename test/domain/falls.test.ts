/** What falls with a step that does not come about: Eva (20), without an address. */
import { expect, it } from 'vitest';
import { fallsWith } from '../../domain/falls.ts';
import { receive } from '../../domain/partner-news.ts';
import type { RouteState } from '../../domain/route-state.ts';
import { reach } from '../../domain/step-transitions.ts';
import { carriedOf } from '../../domain/template.ts';
import { detailsText } from '../../domain/texts.ts';
import { waitingsOf } from '../../domain/standing.ts';
import { routeView } from '../../domain/view.ts';
import { loadRuleBook } from '../../platform/rule-sets.ts';
import { agreement, aRoute, now, routeId } from '../support/a-route.ts';

const { groups } = await loadRuleBook(now);
const youth = carriedOf(groups.get('youth')!)!;
const postal = 'income.postal-address';

const refusedIn = (route: RouteState): RouteState => {
  const news = {
    eventId: 'e1',
    party: 'civil-registry',
    kind: 'step-refused',
    requestId: `${routeId}:${postal}:1`,
    reason: 'no-proven-residence',
  } as const;
  return receive(reach(route, postal, now), news, now).state;
};
const eva = refusedIn({ ...aRoute({ template: youth, agreement }), debts: 'none', notNeeded: ['debt'] });

it('without an address fall the benefit, the home, and the student finance of who is young', () => {
  const [wait] = routeView(eva, 'nl').waits;
  expect(wait?.falls).toEqual({
    facts: ['address'],
    steps: [
      { stepId: 'income.benefit', title: 'Uitkering', party: 'benefits-office' },
      { stepId: 'housing.offer', title: 'Passende woning zoeken', party: 'housing-corporation' },
    ],
    atRisk: [{ id: 'student-finance', title: 'studiefinanciering (DUO)' }],
    sentence:
      'zonder een adres gaat niet verder: Uitkering, Passende woning zoeken; ook in gevaar: studiefinanciering (DUO)',
  });
  expect(wait?.sentence).toContain('; zonder een adres gaat niet verder: Uitkering');
  expect(detailsText(eva, waitingsOf(eva), 'nl')).toContain('studiefinanciering');
  expect(routeView(eva, 'en').waits[0]?.falls?.sentence).toBe(
    'without an address these do not go on: Benefit, Find a suitable home; also at risk: student finance (DUO)',
  );
});

it('the chain goes on through the debts where there are any; of another group nothing else is at risk', () => {
  const falls = fallsWith(refusedIn(aRoute()), postal);
  expect(falls?.steps).toEqual(['debt.stabilisation', 'debt.arrangement', 'income.benefit', 'housing.offer']);
  expect(falls?.atRisk).toEqual([]);
});

it('what is passed does not fall any more, and nothing falls with a step that stands well', () => {
  const done = { status: 'done', attempt: 1, since: now, closedAt: now } as const;
  const withIncome = { ...eva, steps: { ...eva.steps, 'income.benefit': done } };
  expect(fallsWith(withIncome, postal)).toMatchObject({ steps: [], atRisk: [{ fact: 'address' }] });
  expect(fallsWith(reach(aRoute(), postal, now), postal)).toBeUndefined();
  const known = { ...done, result: { addressKnown: true } };
  expect(
    fallsWith({ ...eva, steps: { ...eva.steps, 'intake.registry-check': known } }, postal),
  ).toBeUndefined();
});

it('a blocked and an overdue step take along what hangs on them', () => {
  const blocked = reach(aRoute(), 'income.benefit', now);
  expect(fallsWith(blocked, 'income.benefit')).toMatchObject({
    facts: ['income'],
    steps: ['debt.stabilisation', 'debt.arrangement', 'housing.offer'],
  });
  const open = reach(aRoute(), 'housing.support', now);
  const overdue = { ...open.steps['housing.support']!, overdue: true as const };
  expect(fallsWith({ ...open, steps: { 'housing.support': overdue } }, 'housing.support')).toMatchObject({
    facts: ['support'],
    steps: ['housing.key-handover', 'cti.transition'],
  });
});
