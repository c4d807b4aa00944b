/**
 * A scenario: a person's start, how partners behave towards them, what people do and when, and what is to come of it.
 * `npm start` plays scenarios as a demo, `npm run play` one of them through its months; both read this one format.
 */
import { z } from 'zod';
import { StartRouteBody } from '../../contracts/commands.ts';
import { Act, actMoves } from './acts.ts';
import { CaseManagerRole, caseManagerMoves } from './case-manager.ts';
import { Expectations } from './expect.ts';
import type { Found, Move } from './moves.ts';
import { partnerMoves, PartnerRule, type Answering } from './partners.ts';
import { Span, type Later } from './span.ts';

export const Scenario = z.strictObject({
  label: z.string().min(1).max(24).describe('How the terminal calls the route; an invented name'),
  story: z.strictObject({ nl: z.string(), en: z.string() }),
  demo: z.int().positive().optional().describe('Its place in the demo; left out: played only when asked for'),
  rules: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/)
    .default('nl')
    .describe('The rule set under which it goes as expected'),
  start: StartRouteBody,
  partners: z
    .array(PartnerRule)
    .max(200)
    .default([])
    .describe('How partners behave towards this route; else as usual'),
  caseManager: CaseManagerRole,
  acts: z.array(Act).max(200).default([]).describe('What people do besides what the route waits for'),
  until: Span.default('P4Y').describe('How long after the start nobody looks any more'),
  expect: Expectations.optional(),
});

/** A scenario under a name that says where it stands; its folder may hold more that belongs to it. */
export type Scenario = z.infer<typeof Scenario> & { readonly name: string; readonly folder: string };

/** Everything that somebody does of their own accord from here on, with its time. */
export function movesOf(
  { caseManager, partners, acts }: Scenario,
  found: Found,
  { later, answering = 'by-themselves' }: { later: Later; answering?: Answering },
): Move[] {
  return [
    ...caseManagerMoves(caseManager, found, later),
    ...partnerMoves(partners, found, { later, answering }),
    ...actMoves(acts, found, later),
  ];
}
