/** What a notice is about and who gets it, in the Dutch that operations read in the Temporal UI. */
import { isOutside } from './steps.ts';
import type { NoticeKind, RouteNoticeKind } from './outbox.ts';
import { partyText } from './texts.ts';
import type { Party } from '../contracts/vocabulary.ts';

const kinds: Record<NoticeKind | RouteNoticeKind, string> = {
  reminder: 'herinnering',
  overdue: 'bericht: termijn voorbij',
  escalated: 'opgeschaald: al een week te laat',
  impasse: 'bericht: impasse',
  'support-ended': 'bericht: begeleiding beëindigd',
  'preference-maximum': 'bericht: het hoogste aantal voorkeuren',
  'accepted-offer-withdrawn': 'bericht: aanvaard aanbod ingetrokken',
  'home-promise': 'bericht: beloofde woning is er nog niet',
  'home-promise-passed': 'bericht: beloofde woning is te laat',
  'thin-network': 'bericht: weinig steunfiguren',
  'new-address': 'bericht: nieuw adres',
  'objection-due-soon': 'bericht: bezwaartermijn loopt af',
  'team-supervision': 'bericht: teamoverleg',
  'case-review': 'bericht: casusbespreking',
  'crisis-contact': 'bericht: crisiscontact',
  'reopening-proposed': 'bericht: heropening voorgesteld',
  'concern-overdue': 'bericht: signaal te laat opgevolgd',
  'repayment-missed': 'bericht: aflossing gemist',
  'transfer-offered': 'bericht: overdracht aangeboden',
  'transfer-due-soon': 'bericht: termijn van de overdracht nadert',
  'transfer-overdue': 'bericht: termijn van de overdracht voorbij',
  'transfer-accepted': 'bericht: overdracht aanvaard',
  'transfer-declined': 'bericht: overdracht geweigerd',
  'transfer-withdrawn': 'bericht: overdracht ingetrokken',
  'absence-decision': 'bericht: besluit over afwezigheid',
  'benefit-in-detention': 'bericht: uitkering bij detentie',
  'erasure-due-soon': 'bericht: termijn van het wisverzoek nadert',
  'erasure-overdue': 'bericht: termijn van het wisverzoek voorbij',
  'erasure-untold': 'bericht: een partij hoorde niet van het wissen',
};

/** The kind of a notice; one that nobody here knows as it is. */
export const noticeText = (kind: string): string => (kinds as Readonly<Record<string, string>>)[kind] ?? kind;

/** Who gets it: a party, the case manager, or the process director. */
export const recipientText = (to: string): string =>
  to === 'process-director'
    ? 'de procesregisseur'
    : to === 'case-manager' || isOutside(to as Party)
      ? partyText(to as Party, 'nl')
      : to;
