import { describe, expect, it } from 'vitest';
import { hasPart, isStranger } from '../../domain/part-in-route.ts';
import { aRoute } from '../support/a-route.ts';

const now = '2026-11-02T09:00:00.000Z';
const asked = { status: 'open', attempt: 1, since: now } as const;

describe('a partner has a part in a route', () => {
  it('whose steps are still to ask it', () => {
    expect(hasPart(aRoute(), 'debt-service')).toBe(true);
    expect(hasPart(aRoute(), 'housing-corporation')).toBe(true);
  });

  it('that asked it something, also when that is over', () => {
    const route = { ...aRoute(), steps: { 'debt.first-talk': { ...asked, status: 'done' as const } } };
    expect(hasPart({ ...route, closedAt: now }, 'debt-service')).toBe(true);
  });

  it('and none where nothing was asked of it and nothing will be', () => {
    const notAsked = { 'intake.debt-screening': { ...asked, status: 'not-asked' as const } };
    const passed = { ...aRoute(), steps: notAsked };
    expect(hasPart({ ...passed, debts: 'none' }, 'debt-service')).toBe(false);
    const template = { id: 'x', version: '1', without: ['debt' as const] };
    expect(hasPart({ ...passed, template }, 'debt-service')).toBe(false);
    expect(hasPart({ ...aRoute(), steps: {}, closedAt: now }, 'debt-service')).toBe(false);
  });

  it('and is heard with a concern then alone; an answer names a request, which says enough', () => {
    const passed = { ...aRoute(), steps: {}, closedAt: now };
    const news = { eventId: 'debt-service:1', party: 'debt-service' } as const;
    expect(isStranger(passed, { ...news, kind: 'concern-raised' })).toBe(true);
    expect(isStranger(aRoute(), { ...news, kind: 'concern-raised' })).toBe(false);
    expect(isStranger(passed, { ...news, kind: 'step-completed' })).toBe(false);
  });
});
