/** What people read of a round of commitments: who was asked, who promised, and what came of it. */
import { describe, expect, it } from 'vitest';
import { roundText } from '../../domain/round-texts.ts';
import type { Round } from '../../domain/round.ts';

const words = {
  party: (party: string) => `<${party}>`,
  fact: (fact: string) => `a ${fact}`,
  clock: (moment: string) => moment.slice(0, 10),
};
const round: Round = {
  nr: 2,
  name: 'home+income',
  status: 'asking',
  askedAt: '2026-11-02T09:00:00Z',
  answerBy: '2026-11-16T22:59:59Z',
  commitments: [
    { party: 'benefits-office', facts: ['income'], answer: 'given' },
    { party: 'housing-corporation', facts: ['home'] },
  ],
};

describe('a round says', () => {
  it('who has promised, and on whom it waits until when', () => {
    expect(roundText(round, words, 'nl')).toBe(
      'Ronde 2: alle partijen zijn om een toezegging gevraagd; toegezegd: <benefits-office>; ' +
        'nog geen antwoord: <housing-corporation>; uiterlijk 2026-11-16',
    );
  });

  it('what is still to come true, by whom and when', () => {
    const commitments = round.commitments.map((each) => ({
      ...each,
      answer: 'given' as const,
      keepBy: '2027-05-01T00:00:00Z',
      ...(each.party === 'benefits-office' && { keptAt: '2026-12-01T00:00:00Z' }),
    }));
    const active: Round = { ...round, status: 'active', activeSince: '2026-11-03T10:00:00Z', commitments };
    expect(roundText(active, words, 'en')).toBe(
      'Round 2: all promises are active since 2026-11-03; still to come true: <housing-corporation> (a home, 2027-05-01)',
    );
  });

  it('why nobody is bound any more', () => {
    expect(roundText({ ...round, status: 'broken', reason: 'broken' }, words, 'nl')).toBe(
      'Ronde 2 is voorbij, niemand is gebonden: een partij nam haar toezegging terug',
    );
  });

  it('who did not commit, or did not answer', () => {
    const [given, silent] = round.commitments;
    const late: Round = { ...round, status: 'released', reason: 'no-answer' };
    expect(roundText(late, words, 'nl')).toMatch(/antwoordden op tijd \(<housing-corporation>\)$/);
    const commitments = [given!, { ...silent!, answer: 'declined' as const }];
    expect(roundText({ ...late, reason: 'declined', commitments }, words, 'en')).toBe(
      'Round 2 is over, nobody is bound: a party declined (<housing-corporation>)',
    );
  });
});
