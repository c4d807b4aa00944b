/**
 * The basis of a rule in a sentence. Rule sets name a law in Dutch, which stands as it is in either language; what is no law
 * they say in English, and here is the Dutch of it.
 */
import type { Language } from '../contracts/vocabulary.ts';

/** Parts of a basis, the longest first: a part may hold another. */
const dutch: readonly (readonly [RegExp, string])[] = [
  [/here \[assumed\]/, 'hier [aangenomen]'],
  [/\[assumed\]/g, '[aangenomen]'],
  [/assumed: /, 'aangenomen: '],
  [/statutory task: suitable allocation/, 'wettelijke taak: passend toewijzen'],
  [/statutory task/, 'wettelijke taak'],
  [/([\d)]) and (\d)/, '$1 en $2'],
  [
    /areas that the person named: consent, safe-search/,
    'gebieden die de persoon noemde: toestemming (veilig zoeken)',
  ],
  [
    /areas of refused offers: they were made there/,
    'gebieden van geweigerde woningen: daar zijn ze aangeboden',
  ],
  [/^consent: housing-training/, 'toestemming (woontraining)'],
  [/^the person's own contract/, 'de eigen overeenkomst van de persoon'],
  [/the agreement of the region that added the step/, 'de afspraak van de regio die de stap toevoegde'],
  [/practice: nobody drops out of sight/, 'praktijk: niemand raakt uit beeld'],
  [/practice: before the corporation goes to court/, 'praktijk: voor de corporatie naar de rechter gaat'],
  [/practice: before an eviction is asked for/, 'praktijk: voor om ontruiming wordt gevraagd'],
  [
    /practice: a tripartite lease is taken over after 1 to 2 years/,
    'praktijk: een driepartijenovereenkomst gaat na 1 tot 2 jaar over',
  ],
  [/practice: a relapse into debts/, 'praktijk: terugval in schulden'],
  [/^practice/, 'praktijk'],
  [/regional cooperation agreement/, 'regionale samenwerkingsafspraak'],
  [
    /regional agreement \(Twente, CIMOT\): a suitable home always within half a year/,
    'regionale afspraak (Twente, CIMOT): altijd een passende woning binnen een half jaar',
  ],
  [
    /regional agreement \(Twente\): always a suitable home within half a year/,
    'regionale afspraak (Twente): altijd een passende woning binnen een half jaar',
  ],
  [
    /regional agreement \(Twente, CIMOT\): central intake from the age of 18/,
    'regionale afspraak (Twente, CIMOT): centrale intake vanaf 18 jaar',
  ],
  [/regional agreement/, 'regionale afspraak'],
  [/policy of the corporations of (?!the)(\w+)/, 'beleid van de corporaties van $1'],
  [/policy of the debt service of (\w+)/, 'beleid van de schuldhulpverlening van $1'],
  [/transfer point of (\w+), as an example/, 'transferpunt van $1, als voorbeeld'],
  [/the steps are an example/, 'de stappen zijn een voorbeeld'],
  [/, as an example; levels, hours and rents/, ', als voorbeeld; niveaus, uren en huren'],
  [/policy of the corporations of the region/, 'beleid van de corporaties van de regio'],
  [/policy of the corporations/, 'beleid van de corporaties'],
  [/policy of the debt service/, 'beleid van de schuldhulpverlening'],
  [/sector norm, debt mediation within 120 days/, 'norm van de sector: schuldbemiddeling binnen 120 dagen'],
  [/sector norm, DDAS phase stabilisation/, 'norm van de sector: fase stabilisatie van DDAS'],
  [/MSNP, sector norm since 2023-07-01/, 'MSNP, norm van de sector sinds 1 juli 2023'],
  [/housing training of the outflow profiles of Assen/, 'woontraining van de uitstroomprofielen van Assen'],
  [/outflow profiles of Assen/, 'uitstroomprofielen van Assen'],
  [
    /Housing First: a direct own home as the default; levels, hours and rents/,
    'Housing First: een eigen woning als uitgangspunt; niveaus, uren en huren',
  ],
  [/early signalling of payment arrears: /, 'vroegsignalering van betalingsachterstanden: '],
  [/as agreed in Twente; elsewhere/, 'zoals afgesproken in Twente; elders'],
  [/^as Wgs/, 'zoals Wgs'],
  [/\(suitable allocation, passend toewijzen\), figure of (\d+)/, '(passend toewijzen), bedrag van $1'],
  [/CTI: the network carries;/, 'CTI: het netwerk draagt;'],
  [/split in three equal phases/, 'in drie gelijke fasen verdeeld'],
  [/CTI model: each case; interval/, 'CTI-model: elke casus; tussenpoos'],
  [/CTI model: weekly/, 'CTI-model: wekelijks'],
  [/CTI model: monthly/, 'CTI-model: maandelijks'],
  [/CTI model: every two weeks/, 'CTI-model: om de twee weken'],
  [/CTI model; number/, 'CTI-model; aantal'],
  [/CTI model/, 'CTI-model'],
  [
    /example: no home without an income and a start with the debts/,
    'voorbeeld: geen woning zonder inkomen en een begin met de schulden',
  ],
  [/example: no debt help without a home/, 'voorbeeld: geen schuldhulp zonder woning'],
  [/example: no benefit without an address/, 'voorbeeld: geen uitkering zonder adres'],
  [/example: agreed in the region/, 'voorbeeld: afgesproken in de regio'],
  [
    /example: after two refusals by preference a talk comes first/,
    'voorbeeld: na twee weigeringen om voorkeur komt eerst een gesprek',
  ],
  [/by-law on the term of decision/, 'verordening beslistermijn'],
  [/paid out by the address in the BRP/, 'betaald naar het adres in de BRP'],
  [/the safety plan is practice of women's shelters/, 'het veiligheidsplan is praktijk van de vrouwenopvang'],
  [/the plan for the future is practice of youth care/, 'het toekomstplan is praktijk van de jeugdzorg'],
  [/; term /, '; termijn '],
];

/** @param basis - as the rule set has it */
export const basisText = (basis: string, language: Language): string =>
  language === 'nl' ? dutch.reduce((text, [english, words]) => text.replace(english, words), basis) : basis;
