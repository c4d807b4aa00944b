/**
 * Each thing that can be said of a route is said in Dutch and in English, out of one catalogue. What a route waits for,
 * why, and what is next are closed lists, so that the compiler finds a missing text; what happened is a code in the
 * timeline, which is looked for in the code itself.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConsentParty } from '../../contracts/consent.ts';
import {
  AdviceReason,
  DeclineReason,
  Health,
  LadderReason,
  Language,
  MoveReason,
  OfferRefusal,
  ProvisionReason,
} from '../../contracts/vocabulary.ts';
import { basisText } from '../../domain/basis-texts.ts';
import { reasonText, refusalCodes } from '../../domain/reason-texts.ts';
import { happeningText, healthText, stepText } from '../../domain/texts.ts';
import { stepIds } from '../../domain/steps.ts';

const root = resolve(import.meta.dirname, '../..');
const sources = ['domain', 'workflows', 'workflows/stages'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(root, folder, name), 'utf8')),
);
/** What is told to others is no line of the timeline. */
const outgoing = new Set(['notice', 'release', 'commitment', 'route-notice', 'deletion', 'erasure']);

/** The codes that stand behind `what` in the code, or are chosen between for it. */
function codes(): string[] {
  const found = sources.flatMap((source) => [
    ...[...source.matchAll(/\bwhat: '([a-z-]+)'/g)].map(([, code]) => code!),
    ...[...source.matchAll(/\bwhat(?: =|:) [^\n;,]*\?[^;,]*/g)].flatMap(([choice]) =>
      [...choice.matchAll(/[?:] '([a-z-]+)'/g)].map(([, code]) => code!),
    ),
  ]);
  const untold = [...outgoing, 'place-realised', 'place-kept'].map((what) => `${what}-untold`);
  return [...new Set([...found, ...untold])].filter((code) => !outgoing.has(code)).sort();
}

describe('what happened', () => {
  const all = codes();

  it('is found in the code', () => {
    expect(all.length).toBeGreaterThan(60);
    expect(all).toContain('commitment-not-kept');
  });

  it.each(all)('%s', (what) => {
    const reason = what.startsWith('consent-') ? ConsentParty.options[0]! : undefined;
    const entry = { what, by: 'calendar', stepId: stepIds[0]!, ...(reason && { reason }) };
    const [nl, en] = (['nl', 'en'] as const).map((language) => happeningText({}, entry, language));
    expect(nl).not.toBe(what);
    expect(en).not.toBe(what);
    expect(nl).not.toBe(en);
  });
});

it.each(ConsentParty.options)('consent with %s has a text of its own', (reason) => {
  for (const what of ['consent-given', 'consent-withdrawn'])
    expect(happeningText({}, { what, by: 'cm-17', reason }, 'nl')).not.toBe(what);
});

it.each(Language.options)('every step and every health has a name in %s', (language) => {
  for (const stepId of stepIds) expect(stepText({}, stepId, language)).toMatch(/\S/);
  const healths = Health.options.map((health) => healthText(health, language));
  expect(new Set(healths).size).toBe(Health.options.length);
});

describe('reasons', () => {
  const inCode = sources.flatMap((source) =>
    [...source.matchAll(/\breason: '([A-Za-z-]+)'|\blate\('([a-z-]+)'/g)].map(
      ([, of, late]) => (of ?? late)!,
    ),
  );
  const chosen = [
    AdviceReason,
    DeclineReason,
    LadderReason,
    MoveReason,
    OfferRefusal,
    ProvisionReason,
  ].flatMap(({ options }) => options as readonly string[]);
  const all = [...new Set([...inCode, ...chosen])].sort();

  it('are found in the code', () => expect(all).toContain('already-answered'));

  it.each(all)('%s is in words', (code) => {
    const [nl, en] = (['nl', 'en'] as const).map((language) => reasonText(code, language));
    expect([nl, en]).toEqual([expect.stringMatching(/\S/), expect.stringMatching(/\S/)]);
    expect(nl).not.toBe(en);
  });

  it('that partners are asked to give are those of docs/partners.md', () => {
    const doc = readFileSync(join(root, 'docs/partners.md'), 'utf8');
    expect(refusalCodes.filter((code) => !doc.includes(`\`${code}\``))).toEqual([]);
  });
});

describe('the basis of a rule', () => {
  const bases = ['rules', 'examples'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.json'))
      .flatMap((name) => [...readFileSync(join(root, folder, name), 'utf8').matchAll(/"basis": "([^"]+)"/g)])
      .map(([, basis]) => basis!),
  );

  it.each([...new Set(bases)])('%s stands in a Dutch sentence without English', (basis) => {
    const english = /\b(the|of|and|by|with|term|practice|assumed|agreement|policy|figure|example|each)\b/;
    expect(basisText(basis, 'nl')).not.toMatch(english);
    expect(basisText(basis, 'en')).toBe(basis);
  });
});
