/** What is to be looked at, and holds nothing up: never a failure of a route. */
import type { AlarmView } from '../contracts/cti-views.ts';
import type { Language } from '../contracts/vocabulary.ts';
import { thinNetworkMove, thinNetworkText } from './cti-texts.ts';
import type { RouteState } from './route-state.ts';
import { exclusionToAsk } from './social-exclusion.ts';
import { thinNetworkOf } from './thin-network.ts';
import { t, type Text } from './text.ts';

const exclusion: Record<'before' | 'after' | 'move', Text> = {
  before: t('Naar sociale uitsluiting is nog niet gevraagd', 'Social exclusion has not been asked for yet'),
  after: t(
    'Naar sociale uitsluiting is na de verhuizing niet opnieuw gevraagd',
    'Social exclusion has not been asked for again since the move',
  ),
  move: t('ernaar vragen, en de antwoorden vastleggen', 'ask for it, and record the answers'),
};

/** The alarms of a route, each with what is to be done about it. */
export function alarmsView(state: RouteState, language: Language): AlarmView[] {
  const thin = thinNetworkOf(state);
  const toAsk = exclusionToAsk(state);
  return [
    ...(thin
      ? [
          {
            alarm: 'thin-network' as const,
            ...thin,
            nextMove: 'invite-supporters',
            sentence: thinNetworkText(thin.accepted, thin.norm, language),
            nextMoveSentence: thinNetworkMove(language),
          },
        ]
      : []),
    ...(toAsk
      ? [
          {
            alarm: 'exclusion-not-asked' as const,
            ...toAsk,
            nextMove: 'ask-exclusion',
            sentence: exclusion[toAsk.stepId === 'intake.decision' ? 'before' : 'after'][language],
            nextMoveSentence: exclusion.move[language],
          },
        ]
      : []),
  ];
}
