/** What the player says in words of its own, in Dutch (default) and English. */
import { reasonText } from '../../domain/reason-texts.ts';
import { t, type Text } from '../../domain/text.ts';
import type { Language } from '../../contracts/vocabulary.ts';

export const texts = {
  starting: t(
    'Server, worker, API en gespeelde partners starten',
    'Starting server, worker, API and played partners',
  ),
  onTheWay: t('op weg naar', 'on the way to'),
  due: t('uiterlijk', 'due'),
  rule: t('regel', 'rule'),
  until: t('tot', 'until'),
  expects: t('verwacht', 'expects'),
  before: t('vóór', 'before'),
  promises: t('kan toezeggen', 'may be asked to promise'),
  within: t('binnen', 'within'),
  nothing: t('niets', 'nothing'),
  agreement: t('Wat de partijen van elkaar verwachten', 'What the parties expect of each other'),
  picture: t('De sporen over de tijd', 'The tracks over time'),
  legend: t(
    '█ bezig   ░ wacht op iets dat ontbreekt   ! te laat   = in de wacht',
    '█ under way   ░ waits for something missing   ! overdue   = on hold',
  ),
  closed: t('Route afgesloten', 'Route closed'),
  after: t('na', 'after'),
  days: t('dagen', 'days'),
  moves: t('verhuizingen', 'moves'),
  forced: t('waarvan gedwongen', 'of which forced'),
  owner: t('De route staat open en is van', 'The route is open and is owned by'),
  stillOpen: t('Er gebeurt niets meer vanzelf.', 'Nothing happens by itself any more.'),
  ended: t('Hier eindigt het scenario.', 'The scenario ends here.'),
  stopped: t('Gestopt.', 'Stopped.'),
  next: t('volgende stap', 'next move'),
  refused: t('De route weigerde', 'The route refused'),
  hold: t('Verwachtingen', 'Expectations'),
  outOf: t('van', 'out of'),
  asExpected: t('zoals verwacht', 'as expected'),
  expected: t('verwacht', 'expected'),
  found: t('gevonden', 'found'),
  otherRules: t('niet nagegaan: het scenario is voor regelset', 'not checked: the scenario is for rule set'),
} as const;

const tracks = {
  intake: t('intake', 'intake'),
  debt: t('schulden', 'debt'),
  income: t('inkomen', 'income'),
  housing: t('wonen', 'housing'),
  cti: t('CTI', 'CTI'),
  aftercare: t('nazorg', 'aftercare'),
  closure: t('afsluiting', 'closure'),
} as const satisfies Record<string, Text>;

export const trackText = (track: keyof typeof tracks, language: Language): string => tracks[track][language];
export const endingText = (ending: string | undefined, language: Language): string =>
  ending ? (reasonText(ending, language) ?? ending) : '';
