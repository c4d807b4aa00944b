/** What happens in the intake besides its steps, and about consent, for people. */
import { t, type Text } from './text.ts';

const parties = {
  'housing-corporation': t('de woningcorporatie', 'the housing corporation'),
  'support-provider': t('de zorgaanbieder', 'the support provider'),
  neighbours: t('de buren', 'the neighbours'),
  school: t('de school', 'the school'),
  gp: t('de huisarts', 'the GP'),
  'community-centre': t('het buurthuis', 'the community centre'),
};

const perParty = (what: string, text: (party: Text) => Text) =>
  Object.entries(parties).map(([party, name]) => [`${what}:${party}`, text(name)] as const);

export const intakeHappenings: Readonly<Record<string, Text>> = {
  'application-received': t('Aanvraag ontvangen', 'Application received'),
  'application-refused': t('{step}: niet toegekend', '{step}: not granted'),
  'refusal-final': t(
    'Geen bezwaar of beroep meer mogelijk: er wordt geen woning gezocht',
    'No objection or appeal is possible any more: no home is looked for',
  ),
  'provision-began': t('Tijdelijke voorziening toegekend (spoed)', 'Temporary provision given (emergency)'),
  'provision-ended': t('Tijdelijke voorziening geëindigd', 'Temporary provision ended'),
  'exclusion-asked': t('Naar sociale uitsluiting gevraagd', 'Social exclusion asked for'),
  'missed-signals-recorded': t('Gemiste signalen vastgelegd', 'Missed signals recorded'),
  ...Object.fromEntries([
    ...perParty('consent-given', ({ nl, en }) =>
      t(`Toestemming om te delen met ${nl}`, `Consent to share with ${en}`),
    ),
    ...perParty('consent-withdrawn', ({ nl, en }) =>
      t(`Toestemming ingetrokken om te delen met ${nl}`, `Consent to share with ${en} withdrawn`),
    ),
  ]),
};

/** Why the route stands still while the person may object. */
export const applicationRefused = t('de aanvraag is niet toegekend', 'the application was not granted');
