/** What a wrong file of housing forms or rent caps says at the start, laid over copies of the real ones. */
import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { catalogueFor, formsOn } from '../../domain/housing-catalogue.ts';
import { loadHousingBook } from '../../platform/housing-forms.ts';
import assen from '../../rules/housing-forms/assen.json' with { type: 'json' };
import nl from '../../rules/housing-forms/nl.json' with { type: 'json' };
import caps from '../../rules/rent-caps.json' with { type: 'json' };
import { faultIn, rulesFolder } from '../support/rules-folder.ts';

const now = '2026-11-02T09:00:00.000Z';
const folder = rulesFolder();

/** The line that stops the start, or nothing. */
const fault = () => faultIn(() => loadHousingBook(now, folder.path));

it('the real ones are in order: five forms in the way of Assen, and the national ones elsewhere', async () => {
  const book = await loadHousingBook(now);
  expect(catalogueFor(book, 'assen').forms).toHaveLength(5);
  expect(catalogueFor(book, 'twente').id).toBe('nl');
  expect(catalogueFor(book).id).toBe('nl');
  expect(book.rentCaps.map(({ monthly }) => monthly)).toEqual([498.2, 932.93]);
});

it('a form exists from its first day to its last', async () => {
  const { national } = await loadHousingBook(now);
  const forms = [{ ...national.forms[0]!, from: '2026-01-01', until: '2026-06-30' }];
  const on = (day: string) => formsOn({ forms }, day).length;
  expect(['2025-12-31', '2026-01-01', '2026-06-30', '2026-07-01'].map(on)).toEqual([0, 1, 1, 0]);
});

const [own] = nl.forms;
const [young, adult] = caps.caps;
const withForm = (change: object) => ({ ...nl, forms: [{ ...own, ...change }] });
const forms = 'housing-forms/nl.json';

it.each([
  [forms, '{ "id": ', 'rules/housing-forms/nl.json: no JSON: '],
  [
    forms,
    withForm({ asks: { 'personal-care': 4 } }),
    'rules/housing-forms/nl.json: forms.0.asks.personal-care: ',
  ],
  [forms, withForm({ asks: { cooking: 1 } }), 'rules/housing-forms/nl.json: forms.0.asks'],
  [forms, withForm({ rent: { from: 700, to: 600 } }), 'forms.0.rent: must not end below where it begins'],
  [forms, withForm({ direct: false }), 'rules/housing-forms/nl.json: no direct own home on 2026-11-02'],
  [forms, withForm({ until: '2026-03-01' }), 'rules/housing-forms/nl.json: no direct own home on 2026-11-02'],
  [
    forms,
    withForm({ until: '2025-03-01' }),
    'own-home holds until 2025-03-01, before it begins on 2026-01-01',
  ],
  [forms, { ...nl, forms: [own, { ...own, from: '2026-05-01' }] }, 'two forms own-home hold on 2026-05-01'],
  [forms, { ...nl, id: 'be' }, 'rules/housing-forms/nl.json: its id is be'],
  [forms, { ...nl, region: 'north' }, 'rules/housing-forms: no national catalogue: each names a region'],
  [
    'housing-forms/drenthe.json',
    { ...assen, id: 'drenthe' },
    'rules/housing-forms/drenthe.json: is a catalogue for the same as assen: assen',
  ],
  ['rent-caps.json', { ...caps, caps: [] }, 'rules/rent-caps.json: caps: '],
  [
    'rent-caps.json',
    { ...caps, caps: [young, { ...adult, ages: { from: 20 }, from: '2026-07-01' }] },
    'rules/rent-caps.json: two caps for age 20 hold on 2026-07-01',
  ],
  [
    'rent-caps.json',
    { ...caps, caps: [{ ...adult, until: '2025-12-31' }] },
    'rules/rent-caps.json: caps.0 holds until 2025-12-31, before it begins on 2026-01-01',
  ],
])('a fault in %s stops the start with one line that names it %#', async (file, content, line) => {
  await folder.write(file, content);
  const said = await fault();
  expect(said).toContain(line);
  expect(said).not.toContain('\n');
});

it('rent caps that are not there stop the start; that the year has none does not', async () => {
  expect(await loadHousingBook('2031-01-02T09:00:00.000Z', folder.path)).toBeDefined();
  await unlink(join(folder.path, 'rent-caps.json'));
  expect(await fault()).toBe('rules/rent-caps.json: is not there');
});
