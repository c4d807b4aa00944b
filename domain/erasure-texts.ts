/** What is said of a request to erase the person's data, and of what the parties answered. */
import type { ErasureGround, ErasureView } from '../contracts/erasure.ts';
import type { Language } from '../contracts/vocabulary.ts';
import type { Erasure } from './erasure.ts';
import type { RouteState } from './route-state.ts';
import { t, type Text } from './text.ts';

export const erasureBlockers = {
  'erasure-asked': t(
    'de persoon vraagt om gegevens te wissen',
    'the person asks for their data to be erased',
  ),
} as const;

export const erasureMoves = {
  'decide-erasure': t(
    'beslissen: wissen, of weigeren met een grond; iemand anders dan wie het verzoek vastlegde',
    'decide: erase, or refuse on a ground; somebody else than who recorded the request',
  ),
} as const;

/** Why data is kept, in words. */
export const groundTexts: Readonly<Record<ErasureGround, Text>> = {
  'interest-of-another': t(
    'een zwaarwegend belang van iemand anders (Wmo 2015 art. 5.3.5(2))',
    'a weighty interest of somebody else (Wmo 2015 art. 5.3.5(2))',
  ),
  'legal-obligation': t(
    'een wettelijke bewaarplicht (AVG art. 17(3)(b))',
    'a statutory duty to keep it (AVG art. 17(3)(b))',
  ),
  archiving: t(
    'archivering in het algemeen belang (AVG art. 17(3)(d))',
    'archiving in the public interest (AVG art. 17(3)(d))',
  ),
  'legal-claims': t('een rechtsvordering (AVG art. 17(3)(e))', 'legal claims (AVG art. 17(3)(e))'),
};

export const erasureHappenings: Readonly<Record<string, Text>> = {
  'erasure-asked': t(
    'De persoon vraagt om gegevens te wissen',
    'The person asks for their data to be erased',
  ),
  'erasure-due-soon': t('Wissen: er moet worden beslist', 'Erasure: a decision is due'),
  'erasure-overdue': t('Wissen: er is niet op tijd beslist', 'Erasure: it was not decided in time'),
  'erasure-granted': t(
    'Gegevens worden gewist; de route wordt afgerond',
    'Data is being erased; the route is ending',
  ),
  'erasure-refused': t('Wissen geweigerd', 'Erasure refused'),
  'erasure-told': t('{by} houdt gegevens', '{by} keeps data'),
  'erasure-told:erased': t('{by} heeft gewist', '{by} has erased'),
  'erasure-told:taken-on': t('{by} wist binnen de eigen termijn', '{by} erases within its own term'),
  'erasure-untold': t('{by} kon niet om wissen worden gevraagd', '{by} could not be asked to erase'),
};

/** How a request stands; undefined when there was none. */
export function erasureView(
  { erasure }: RouteState,
  clock: (moment: string) => string,
  language: Language,
): { erasure?: ErasureView } {
  if (!erasure) return {};
  const { since, dueAt, overdue = false, status = 'asked', decidedAt, ground } = erasure;
  return {
    erasure: {
      status,
      askedAt: since,
      dueAt,
      overdue,
      ...(decidedAt && { decidedAt }),
      ...(ground && { ground }),
      sentence: sentenceOf(erasure, clock)[language],
    },
  };
}

function sentenceOf({ status, dueAt, decidedAt, ground }: Erasure, clock: (moment: string) => string): Text {
  if (!status)
    return t(
      `De persoon vroeg om gegevens te wissen: dat gebeurt uiterlijk ${clock(dueAt)}, tenzij het wordt geweigerd`,
      `The person asked for their data to be erased: by ${clock(dueAt)}, unless it is refused`,
    );
  if (status === 'granted')
    return t(
      `Op ${clock(decidedAt!)} is besloten te wissen`,
      `On ${clock(decidedAt!)} it was decided to erase`,
    );
  const why = groundTexts[ground!];
  return t(
    `Wissen is op ${clock(decidedAt!)} geweigerd: ${why.nl}`,
    `Erasure was refused on ${clock(decidedAt!)}: ${why.en}`,
  );
}
