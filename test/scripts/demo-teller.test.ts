import { expect, it } from 'vitest';
import { tellerOf, type Look } from '../../scripts/demo/teller.ts';

const at = (second: number) => `2026-11-02T09:00:0${second}.000Z`;
const line = (second: number, sentence: string, what = 'step-completed') => ({
  at: at(second),
  what,
  by: 'cm-17',
  sentence,
});
const wait = { overdue: true, sentence: 'Plan: geen antwoord', nextMoveSentence: 'opschalen' };
const route = (stage: 'intake' | 'housing' | 'closed', since: number, waits: object[] = []) =>
  ({
    routeId: 'r1',
    startedAt: at(0),
    stage,
    stageSince: at(since),
    health: 'OnTrack',
    waits,
  }) as unknown as Look['route'];

function listener(isNew: boolean) {
  const said: string[] = [];
  const tell = tellerOf({ label: 'Ab', isNew, say: (text) => said.push(text.replaceAll(/ +/g, ' ')) });
  return { tell, said };
}

it('each line goes with the stage that held then, the last one also with how well the route is', () => {
  const { tell, said } = listener(true);
  tell({ items: [line(1, 'One')], route: route('intake', 0) });
  const items = [
    line(1, 'One'),
    line(2, 'Two'),
    line(3, 'Quiet', 'step-opened'),
    line(4, 'Decided'),
    line(5, 'Three'),
  ];
  tell({ items, route: route('housing', 4) });
  expect(said.map((text) => text.slice(9))).toEqual([
    'Ab r1',
    'Ab One cm-17 intake/OnTrack',
    'Ab Two cm-17 intake',
    'Ab Decided cm-17 housing',
    'Ab Three cm-17 housing/OnTrack',
  ]);
});

it('of a route that was under way before it is told where it stands, and then only what is new', () => {
  const { tell, said } = listener(false);
  tell({ items: [line(1, 'Old'), line(2, 'Older')], route: route('intake', 0, [wait]) });
  tell({ items: [line(1, 'Old'), line(2, 'Older'), line(5, 'New')], route: route('closed', 5) });
  expect(said).toHaveLength(2);
  expect(said[0]).toMatch(/Ab r1 intake\/OnTrack\n → Plan: geen antwoord; opschalen$/);
  expect(said[1]).toMatch(/Ab New cm-17 closed\/OnTrack$/);
});
