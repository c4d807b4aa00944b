/** Sentences about offers, in Dutch (default) and English. */
import type { Language, OfferRefusal } from '../contracts/vocabulary.ts';
import type { Offer } from './route-state.ts';
import { t, type Text } from './text.ts';

const refusals: Record<OfferRefusal, Text> = {
  unsuitable: t('Geweigerd: niet passend; telt niet mee', 'Refused: not suitable; does not count'),
  unsafe: t('Geweigerd: niet veilig; telt niet mee', 'Refused: not safe; does not count'),
  preference: t('Geweigerd om voorkeur; telt mee', 'Refused by preference; counts'),
};

const outcomes: Record<Exclude<Offer['status'], 'refused'> | 'refused-by-rule', Text> = {
  open: t('Wacht op het antwoord van de persoon', "Awaits the person's answer"),
  accepted: t('Aanvaard', 'Accepted'),
  withdrawn: t(
    'Ingetrokken door de woningcorporatie; telt niet mee',
    'Withdrawn by the housing corporation; does not count',
  ),
  lapsed: t(
    'Vervallen: niet op tijd beantwoord; telt niet mee, de plaats in de wachtrij blijft',
    'Lapsed: not answered in time; does not count, the place in the queue is kept',
  ),
  'refused-by-rule': t(
    'Niet voorgelegd: ligt in een uitgesloten gebied; telt niet mee',
    'Not put to the person: lies in an excluded area; does not count',
  ),
};

/** What became of an offer, and whether that counts. */
export function offerText({ status, refusal, byRule }: Offer, language: Language): string {
  if (status !== 'refused') return outcomes[status][language];
  return (byRule ? outcomes['refused-by-rule'] : refusals[refusal!])[language];
}

/** Lines of the timeline about offers; one with a reason of its own is named `what:reason`. */
export const offerHappenings: Readonly<Record<string, Text>> = {
  'offer-made': t('Woning aangeboden', 'Home offered'),
  'offer-accepted': t('Aanbod aanvaard', 'Offer accepted'),
  'offer-refused': t('Aanbod geweigerd', 'Offer refused'),
  'offer-refused:unsuitable': t(
    'Aanbod geweigerd: niet passend; telt niet mee',
    'Offer refused: not suitable; does not count',
  ),
  'offer-refused:unsafe': t(
    'Aanbod geweigerd: niet veilig; telt niet mee',
    'Offer refused: not safe; does not count',
  ),
  'offer-refused:preference': t(
    'Aanbod geweigerd om voorkeur; telt mee',
    'Offer refused by preference; counts',
  ),
  'offer-refused-by-rule': t(
    'Aanbod niet voorgelegd: ligt in een uitgesloten gebied; telt niet mee',
    'Offer not put to the person: lies in an excluded area; does not count',
  ),
  'offer-withdrawn': t('Aanbod ingetrokken', 'Offer withdrawn'),
  'accepted-offer-withdrawn': t(
    'De woningcorporatie trok de aanvaarde woning in: er wordt opnieuw gezocht',
    'The housing corporation withdrew the accepted home: another one is sought',
  ),
  'offer-lapsed': t(
    'Aanbod vervallen: niet op tijd beantwoord; telt niet mee',
    'Offer lapsed: not answered in time; does not count',
  ),
  'areas-excluded': t('Uitgesloten gebieden vastgelegd', 'Excluded areas recorded'),
  'area-excluded': t(
    'Het gebied van het onveilige aanbod is voortaan uitgesloten',
    'The area of the unsafe offer is excluded from now on',
  ),
  'area-not-excluded': t(
    'Het gebied van het onveilige aanbod past niet meer in de lijst: leg vast wat uitgesloten blijft',
    'The area of the unsafe offer finds no room in the list: record what stays excluded',
  ),
  'preference-maximum-reached': t(
    'Het afgesproken aantal weigeringen om voorkeur is bereikt: eerst een gesprek, dan een volgend aanbod',
    'The agreed number of refusals by preference is reached: first a talk, then another offer',
  ),
  'shelter-address-sealed': t('Adres van de opvang verzegeld bewaard', 'Address of the shelter kept sealed'),
};
