/** What each refusal of a route is to a client, and how it is said in Dutch: the route itself says it in English. */
import type { RefusalKind } from '../domain/refusal.ts';
import type { ProblemKind } from './problem-kinds.ts';

interface Refusal {
  readonly problem: ProblemKind;
  readonly nl: string;
}

const said = <const K extends ProblemKind>(problem: K, nl: string) => ({ problem, nl });

/** Somebody else's route is no route at all. */
export const refusals: Readonly<Record<RefusalKind, Refusal>> = {
  'route-closed': said('route-closed', 'De route is afgesloten.'),
  // Typed in the Temporal UI alone: no call of the API comes to it.
  'repair-unclear': said('invalid-input', 'Zo is de reparatie niet te lezen.'),
  'erasure-asked': said('erasure-asked', 'Om wissen van de gegevens is al gevraagd.'),
  'erasure-before-route': said(
    'erasure-before-route',
    'Op die dag was de route er nog niet: noem de dag waarop om wissen van de gegevens van deze route is gevraagd.',
  ),
  'no-erasure-asked': said(
    'no-erasure-asked',
    'Niemand heeft om wissen van de gegevens gevraagd, of er is op beslist.',
  ),
  'route-ending': said(
    'route-ending',
    'De route wordt afgerond: wat nog kan is signalen afhandelen, van trajectbegeleider wisselen, het dossier overdragen, gegevens wissen, en vastleggen dat de persoon is overleden.',
  ),
  'not-your-route': said('unknown-route', 'Er is geen route met dit id.'),
  'route-changed': said('route-changed', 'De route is inmiddels gewijzigd: lees haar opnieuw.'),
  'step-not-open': said(
    'step-not-open',
    'De route is nog niet bij deze stap gekomen, of er is geen stap met dit id.',
  ),
  'step-not-redoable': said(
    'step-not-redoable',
    'Zoals de stap er nu voor staat, kan hij niet opnieuw gevraagd worden.',
  ),
  'step-not-skippable': said(
    'step-not-skippable',
    'De stap is voorbij, of niets anders kan zijn plaats innemen.',
  ),
  'step-not-completable': said(
    'step-not-completable',
    'Zoals de stap er nu voor staat, of naar zijn aard, kan hij niet met de hand worden voltooid.',
  ),
  'step-not-refused': said('step-not-refused', 'Er is nu geen weigering.'),
  'not-a-decision': said(
    'not-a-decision',
    'Wat deze stap vraagt is geen besluit van een bestuursorgaan: daartegen staat geen bezwaar open.',
  ),
  'objection-decided': said(
    'objection-decided',
    'Op het bezwaar is beslist: daarna staat alleen beroep open.',
  ),
  'objection-too-late': said('objection-too-late', 'De termijn om bezwaar te maken is voorbij.'),
  'objection-before-decision': said('objection-before-decision', 'Op die dag was er nog niets besloten.'),
  'four-eyes': said('four-eyes', 'Iemand anders moet bevestigen dat deze stap wordt overgeslagen.'),
  'track-not-reopenable': said('track-not-reopenable', 'Vanaf daar is van dit spoor nog niets voorbij.'),
  'already-on-hold': said('already-on-hold', 'De route is al in de wacht.'),
  'not-on-hold': said('not-on-hold', 'De route is niet in de wacht.'),
  'hold-in-the-past': said('hold-in-the-past', 'Het einde van de wacht moet in de toekomst liggen.'),
  'no-deadlock': said('no-deadlock', 'De partijen van deze route wachten niet op elkaar.'),
  'round-under-way': said('round-under-way', 'De partijen worden al om een toezegging gevraagd.'),
  'not-promisable': said(
    'not-promisable',
    'Volgens de samenwerkingsafspraken kan niet aan elke partij om haar deel worden gevraagd.',
  ),
  'same-case-manager': said('same-case-manager', 'De route is al van deze trajectbegeleider.'),
  'same-rules': said('same-rules', 'De route volgt deze regels al.'),
  'already-identified': said('already-identified', 'De persoonsgegevens zijn al vastgelegd.'),
  'decision-not-open': said(
    'decision-not-open',
    'De intake is nog niet bij het besluit (`waits` zegt wat eraan voorafgaat), of het besluit is al genomen.',
  ),
  'decision-taken': said(
    'decision-taken',
    'Het besluit is genomen: een tijdelijke voorziening gaat daaraan vooraf.',
  ),
  'application-before-report': said(
    'application-before-report',
    'Een aanvraag volgt op de melding (Wmo 2015 art. 2.3.2(9)): ze kan er niet aan voorafgaan.',
  ),
  'provision-runs': said('provision-runs', 'Er loopt al een tijdelijke voorziening.'),
  'ladder-needs-reason': said(
    'ladder-needs-reason',
    'Deze woonvorm is geen directe eigen woning: een trede van de ladder vraagt om een ladderReason.',
  ),
  'no-consent-given': said('no-consent-given', 'Er is voor deze partij geen toestemming om in te trekken.'),
  'training-under-way': said('training-under-way', 'Er loopt al een woontraining.'),
  'step-not-beginnable': said(
    'step-not-beginnable',
    'Zo begint niemand deze stap: hij hoort bij het proces, of wat er wettelijk aan voorafgaat is er niet. De Wsnp volgt op een poging met de schuldeisers, het dwangakkoord op hun weigering.',
  ),
  'step-under-way': said('step-under-way', 'De stap loopt al.'),
  'beyond-limit': said('beyond-limit', 'De laatste dag ligt voorbij wat de wet toelaat, of is al geweest.'),
  'debt-not-so': said(
    'debt-not-so',
    'Schuldeisers antwoorden zolang de regeling openstaat. Een gemiste maand ligt in de lopende aflossing en is nog niet gemeld; ingehaald wordt alleen een maand die gemist is.',
  ),
  'network-full': said('network-full', 'Een netwerk heeft hooguit zes steunfiguren tegelijk.'),
  'supporter-unknown': said('supporter-unknown', 'Deze route heeft deze steunfiguur niet (meer).'),
  'supporter-not-so': said(
    'supporter-not-so',
    'Wie is uitgenodigd doet mee of niet; wie meedoet kan afhaken of, in de overdracht, zijn deel overnemen; wie is afgehaakt wordt vervangen.',
  ),
  'concern-unknown': said('concern-unknown', 'Deze route heeft dit signaal niet (meer).'),
  'track-not-ownable': said(
    'track-not-ownable',
    'Een spoor wordt in de nazorg overgedragen, terwijl het loopt en niemand er nog op moet antwoorden.',
  ),
  'concern-settled': said('concern-settled', 'Het signaal is al afgehandeld of overgedragen.'),
  'transfer-not-begun': said(
    'transfer-not-begun',
    'Pas vanaf het begin van de overdracht (fase 3) zegt een steunfiguur of die zijn deel overneemt.',
  ),
  'contact-outside-cti': said('contact-outside-cti', 'Op die dag was de route nog niet bij CTI of nazorg.'),
  'early-discharge': said(
    'early-discharge',
    'CTI kent geen ontslag voor de negen maanden vanaf de verhuizing om zijn: een fase wordt niet overgeslagen.',
  ),
  'transfer-under-way': said('transfer-under-way', 'De route is al aan een gemeente aangeboden.'),
  'no-transfer': said('no-transfer', 'De route is aan geen gemeente aangeboden.'),
  'transfer-not-yet': said(
    'transfer-not-yet',
    'De route kan pas worden overgenomen vanaf de dag die de afzender noemde.',
  ),
  'transfer-not-yours': said(
    'transfer-not-yours',
    'Alleen de gemeente waaraan de route is aangeboden, geeft antwoord.',
  ),
  'same-municipality': said('same-municipality', 'De route is al van deze gemeente.'),
  'absence-not-so': said(
    'absence-not-so',
    'Zo eindigt alleen een route die daarvoor in de wacht staat: eerst `hold` met hetzelfde als soort.',
  ),
  'absence-too-short': said(
    'absence-too-short',
    'De route wacht nog: zo lang als de regels zeggen is het nog niet, of gaat het niet duren.',
  ),
  'offer-unknown': said('offer-unknown', 'Deze route heeft dit aanbod niet.'),
  'offer-already-answered': said('offer-already-answered', 'Het aanbod is al beantwoord of ingetrokken.'),
};
