/** What each kind of problem means to whoever gets it, and what helps: docs/problems.md and the OpenAPI document say it. */
import { t, type Text } from '../contracts/text.ts';
import type { ProblemKind } from './problem-kinds.ts';

export const meanings: Readonly<Record<ProblemKind, Text>> = {
  'malformed-request': t(
    'Het verzoek is geen goed gevormde HTTP of JSON. Herhalen helpt niet.',
    'The request is no well-formed HTTP or JSON. Repeating it does not help.',
  ),
  'invalid-input': t(
    'Pad, query, headers of inhoud voldoen niet aan het schema, of spreken zichzelf tegen. `errors` noemt alles wat er niet klopt, in één keer.',
    'Path, query, headers or body do not fit the schema, or contradict themselves. `errors` names everything that is wrong, at once.',
  ),
  'event-out-of-time': t(
    'De `time` van het bericht ligt verder terug dan de API aanneemt, of in de toekomst. Nieuws van toen is met de hand vast te leggen.',
    'The `time` of the event is further back than the API takes, or in the future. News of then can be recorded by hand.',
  ),
  'token-missing': t(
    'Er is geen `Authorization: Bearer {token}` meegestuurd.',
    'No `Authorization: Bearer {token}` was sent.',
  ),
  'token-invalid': t(
    'Het token is niet van de vertrouwde uitgever, niet voor deze API, of mist een claim. `detail` zegt welke.',
    'The token is not of the trusted issuer, not for this API, or lacks a claim. `detail` says which.',
  ),
  'token-expired': t('Het token is verlopen: vraag een nieuw.', 'The token has expired: ask for a new one.'),
  forbidden: t(
    'De rol van het token mag dit niet, of het token noemt niet de gemeente of partij waarvoor het geldt.',
    'The role of the token may not do this, or the token does not name the municipality or party it is for.',
  ),
  'not-your-source': t(
    'De `source` van het CloudEvent hoort niet bij de partij van het token.',
    'The `source` of the CloudEvent does not belong to the party of the token.',
  ),
  'signature-missing': t(
    'Deze organisatie ondertekent wat zij vertelt: stuur `Digest` en `Payload-Signature` mee, in structured mode.',
    'This organisation signs what it tells: send `Digest` and `Payload-Signature`, in structured mode.',
  ),
  'signature-invalid': t(
    'De handtekening hoort niet bij deze inhoud, of is niet gezet met een sleutel die hier bekend is. Er is niets vastgelegd.',
    'The signature is not of this body, or not by a key that is known here. Nothing was recorded.',
  ),
  'signature-too-old': t(
    'De handtekening is langer dan een uur geleden gezet, of ligt in de toekomst: onderteken opnieuw.',
    'The signature was made more than an hour ago, or lies in the future: sign once more.',
  ),
  'not-your-step': t(
    'Het bericht gaat over een stap die van een andere partij wordt gevraagd. Er is niets vastgelegd.',
    'The event is about a step that is asked of another party. Nothing was recorded.',
  ),
  'transfer-not-yours': t(
    'Alleen de gemeente waaraan de route is aangeboden, neemt haar over of wijst haar af.',
    'Only the municipality that the route is offered to accepts or declines it.',
  ),
  'unknown-path': t(
    'Dit pad bestaat niet. Paden hebben geen schuine streep aan het eind.',
    'There is no such path. Paths have no slash at their end.',
  ),
  'unknown-route': t(
    'Er is geen route met dit id, of zij is van een andere gemeente of gaat deze partij niet aan.',
    'There is no route with this id, or it is of another municipality or no concern of this party.',
  ),
  'unknown-event': t(
    'De route kent dit bericht niet van deze partij, of moet het nog beoordelen.',
    'The route knows no such event of this party, or has yet to judge it.',
  ),
  'unknown-cooperation-agreement': t(
    'Er zijn geen samenwerkingsafspraken met dit id.',
    'There is no cooperation agreement with this id.',
  ),
  'unknown-rule-set': t(
    'Er is geen regelset met dit id, of geen landelijke waar die nodig is.',
    'There is no rule set with this id, or no national one where that is needed.',
  ),
  'unknown-agreement': t(
    'Van deze regio en dit jaar is er geen prestatieafspraak, of u werkt in een andere regio.',
    'There is no housing agreement of this region and year, or you work in another region.',
  ),
  'unknown-reservation': t(
    'De prestatieafspraak kent geen reservering met dit id.',
    'The housing agreement knows no reservation with this id.',
  ),
  'no-debt-track': t(
    'Voor deze route loopt geen schuldhulptraject, dus is er niets uit te wisselen.',
    'No debt track runs for this route, so there is nothing to exchange.',
  ),
  'no-certificate': t(
    'De gegevens worden verwijderd nadat de route is afgesloten en het dossier is overgedragen: daarna is er een bewijs.',
    'The data is deleted once the route was closed and its file handed over: there is a certificate after that.',
  ),
  'offer-unknown': t('De route kent geen aanbod met dit id.', 'The route knows no offer with this id.'),
  'no-transfer': t(
    'De route wordt op dit moment aan geen gemeente aangeboden.',
    'The route is not offered to a municipality at the moment.',
  ),
  'supporter-unknown': t(
    'De route heeft deze steunfiguur niet, of niet meer.',
    'The route does not have this supporter, or no longer.',
  ),
  'concern-unknown': t(
    'De route heeft dit signaal niet, of niet meer.',
    'The route does not have this concern, or no longer.',
  ),
  'method-not-allowed': t(
    'Het pad kent deze methode niet; de header `Allow` noemt welke wel.',
    'The path does not know this method; the header `Allow` names those it knows.',
  ),
  'idempotency-key-reused': t(
    'Onder deze `Idempotency-Key` is eerder iets anders gevraagd. Kies voor een nieuwe opdracht een nieuwe sleutel.',
    'Something else was asked under this `Idempotency-Key` before. Choose a new key for a new command.',
  ),
  'erasure-asked': t(
    'De persoon heeft al om wissen gevraagd, of er is al gewist: één verzoek is genoeg.',
    'The person has asked for erasure already, or it was carried out: one request is enough.',
  ),
  'erasure-before-route': t(
    'De genoemde dag ligt voor het begin van de route: er was hier toen niets om te wissen.',
    'The day that was named lies before the route began: there was nothing here to erase then.',
  ),
  'no-erasure-asked': t(
    'Er is geen verzoek om te wissen waarop nog beslist moet worden.',
    'There is no request to erase that waits for a decision.',
  ),
  'route-ending': t(
    'De route wordt afgerond: nog maar enkele opdrachten zijn mogelijk. `detail` noemt ze.',
    'The route is ending: only a few commands are possible still. `detail` names them.',
  ),
  'route-closed': t(
    'De route is afgesloten en neemt geen opdrachten meer aan.',
    'The route has ended and takes no commands any more.',
  ),
  'step-not-open': t(
    'De route is nog niet bij deze stap, of kent hem niet. `waits` zegt waar zij is.',
    'The route has not come to this step, or does not know it. `waits` says where it is.',
  ),
  'step-not-redoable': t(
    'Zoals de stap er nu voor staat kan hij niet opnieuw worden gevraagd.',
    'As the step stands now it cannot be asked again.',
  ),
  'step-not-skippable': t(
    'De stap is al voorbij, of niets anders kan zijn plaats innemen.',
    'The step is over, or nothing else can take its place.',
  ),
  'step-not-completable': t(
    'De stap is al voorbij, of alleen de partij zelf kan hem voltooien.',
    'The step is over, or only the party itself can complete it.',
  ),
  'step-not-refused': t(
    'Er is geen weigering om bezwaar tegen te maken.',
    'There is no refusal to object to.',
  ),
  'not-a-decision': t(
    'De stap is geen besluit van een bestuursorgaan: daartegen staat geen bezwaar open (Awb art. 1:3).',
    'The step is no decision of an administrative authority: nobody can object to it (Awb art. 1:3).',
  ),
  'objection-decided': t(
    'Op het bezwaar is beslist: daarna staat alleen beroep bij de rechter open.',
    'The objection was decided on: only an appeal to the court is open after that.',
  ),
  'objection-too-late': t(
    'De termijn om bezwaar te maken is voorbij.',
    'The term to lodge an objection has passed.',
  ),
  'objection-before-decision': t(
    'De genoemde dag ligt voor het besluit.',
    'The day that was named lies before the decision.',
  ),
  'four-eyes': t(
    'Dezelfde persoon heeft dit gevraagd: iemand anders herhaalt het verzoek om te bevestigen.',
    'The same person asked for this: somebody else repeats the call to confirm it.',
  ),
  'track-not-reopenable': t(
    'Van dit spoor is vanaf die stap nog niets voorbij.',
    'Nothing of this track is over from that step on.',
  ),
  'already-on-hold': t(
    'De termijnen staan al stil. Ga eerst verder voor een andere reden of een ander einde.',
    'The terms stand still already. Go on first, for another reason or another end.',
  ),
  'not-on-hold': t(
    'De termijnen lopen: er is niets om mee verder te gaan.',
    'The terms run: there is nothing to go on with.',
  ),
  'hold-in-the-past': t('Het einde van de wacht is al geweest.', 'The end of the hold has been already.'),
  'no-deadlock': t(
    'De partijen van deze route wachten niet op elkaar: er valt niets toe te zeggen.',
    'The parties of this route do not wait for each other: there is nothing to commit to.',
  ),
  'round-under-way': t(
    'Er loopt al een ronde van toezeggingen: wacht de antwoorden af.',
    'A round of commitments is under way: await its answers.',
  ),
  'not-promisable': t(
    'Volgens de samenwerkingsafspraken kan niet aan elke partij om haar deel worden gevraagd.',
    'By the cooperation agreement not every party can be asked for its part.',
  ),
  'same-case-manager': t(
    'De route is al van deze trajectbegeleider.',
    'This case manager owns the route already.',
  ),
  'same-rules': t(
    'De route volgt de regels van vandaag al.',
    'The route is under the rules of today already.',
  ),
  'already-identified': t(
    'Van de persoon is al vastgelegd wie het is.',
    'Who the person is has been recorded already.',
  ),
  'decision-not-open': t(
    'De intake is nog niet bij het besluit, of het is al genomen. `waits` zegt wat eraan voorafgaat.',
    'The intake has not come to the decision, or it was taken. `waits` says what comes before it.',
  ),
  'decision-taken': t(
    'Wat voor het besluit komt, kan na het besluit niet meer.',
    'What comes before the decision is not possible after it.',
  ),
  'application-before-report': t(
    'Een aanvraag volgt op de melding (Wmo 2015 art. 2.3.2(9)): zij kan er niet voor liggen.',
    'An application follows the report (Wmo 2015 art. 2.3.2(9)): it cannot lie before it.',
  ),
  'provision-runs': t(
    'Er is al een tijdelijke voorziening, tot het besluit.',
    'There is a temporary provision already, until the decision.',
  ),
  'ladder-needs-reason': t(
    'De woonvorm is geen directe eigen woning: geef een `ladderReason` mee.',
    'The housing form is not a home of their own at once: send a `ladderReason`.',
  ),
  'no-consent-given': t(
    'De persoon heeft voor deze partij geen toestemming gegeven.',
    'The person has given no consent for this party.',
  ),
  'training-under-way': t(
    'Er loopt al een woontraining: een tweede begint er pas na.',
    'A housing training is under way: another one begins after it.',
  ),
  'step-not-beginnable': t(
    'De stap hoort bij het proces zelf, of wat er wettelijk aan voorafgaat is er niet.',
    'The step belongs to the process itself, or what comes before it by law is not there.',
  ),
  'step-under-way': t('De stap is al begonnen.', 'The step was begun already.'),
  'beyond-limit': t(
    'De laatste dag ligt voorbij wat de wet toelaat, of is al geweest.',
    'The last day lies beyond what the law allows, or has been.',
  ),
  'debt-not-so': t(
    'Wat wordt gemeld past niet bij hoe het schuldenspoor er voor staat. `detail` zegt wat wel past.',
    'What is told does not fit how the debt track stands. `detail` says what would.',
  ),
  'network-full': t(
    'Een netwerk heeft hooguit zes steunfiguren tegelijk.',
    'A network has at most six supporters at a time.',
  ),
  'supporter-not-so': t(
    'Deze verandering past niet bij hoe de steunfiguur er voor staat.',
    'This change does not fit how the supporter stands.',
  ),
  'track-not-ownable': t(
    'Een spoor wordt in de nazorg overgedragen, terwijl het loopt en niemand er nog op moet antwoorden.',
    'A track is handed over in aftercare, while it runs and nobody has an answer to give in it.',
  ),
  'concern-settled': t(
    'Het signaal is al afgehandeld of overgedragen.',
    'The concern was settled or handed over already.',
  ),
  'transfer-not-begun': t(
    'Pas vanaf fase 3 van CTI zegt een steunfiguur of die zijn deel overneemt.',
    'Only from phase 3 of CTI on does a supporter say whether they take their part.',
  ),
  'contact-outside-cti': t(
    'Op de genoemde dag was de route nog niet bij CTI of nazorg.',
    'On the day that was named the route had not come to CTI or aftercare.',
  ),
  'early-discharge': t(
    'CTI duurt negen maanden vanaf de verhuizing: een fase wordt niet overgeslagen.',
    'CTI lasts nine months from the move: no phase is skipped.',
  ),
  'transfer-under-way': t(
    'De route is al aan een gemeente aangeboden: trek dat aanbod eerst in.',
    'The route is offered to a municipality already: withdraw that offer first.',
  ),
  'transfer-not-yet': t(
    'De route kan worden overgenomen vanaf de dag die de afzender noemde.',
    'The route can be taken over from the day on that the sender named.',
  ),
  'same-municipality': t('De route is al van deze gemeente.', 'The route is of this municipality already.'),
  'absence-not-so': t(
    'Zo eindigt alleen een route die om dezelfde reden in de wacht staat.',
    'Only a route that is on hold for the same reason ends like that.',
  ),
  'absence-too-short': t(
    'De route wacht nog niet zo lang als de regels zeggen.',
    'The route has not waited as long as the rules say.',
  ),
  'offer-already-answered': t(
    'Het aanbod is al beantwoord, ingetrokken of verlopen.',
    'The offer was answered, withdrawn or has lapsed.',
  ),
  'agreement-closed': t(
    'Het jaar is gesloten: niemand komt er nog bij.',
    'The year is closed: nobody new comes in.',
  ),
  'below-taken': t(
    'Het aantal is kleiner dan wat al gereserveerd en gerealiseerd is. `detail` noemt het kleinste aantal.',
    'The number is smaller than what is reserved and realised. `detail` names the smallest number.',
  ),
  'reservation-exists': t(
    'Een route heeft één reservering tegelijk in een prestatieafspraak.',
    'A route has one reservation at a time in a housing agreement.',
  ),
  'no-place-needed': t(
    'Plekken zijn voor wie een woning zoekt: deze route is daar voorbij. Wie opnieuw een woning zoekt, opent het spoor wonen weer.',
    'Places are for who seeks a home: this route is past that. Who seeks one again reopens the housing track.',
  ),
  'reservation-ended': t(
    'De reservering is vervallen, vrijgegeven of ingetrokken.',
    'The reservation has lapsed, was released or was withdrawn.',
  ),
  'not-reserved': t(
    'De route staat in de wachtrij: er is nog geen plek om te bevestigen of in te trekken.',
    'The route is in the queue: there is no place yet to confirm or withdraw.',
  ),
  'already-realised': t(
    'De plek is een woning geworden en kan niet meer terug.',
    'The place has become a home and cannot go back.',
  ),
  'spread-reached': t(
    'In deze buurt zijn zoveel plekken vergeven als de afgesproken spreiding toelaat.',
    'As many places were given in this neighbourhood as the agreed spread allows.',
  ),
  'queue-full': t(
    'Er wachten zoveel routes op een plek als de wachtrij kan bevatten.',
    'As many routes wait for a place as the queue can hold.',
  ),
  'term-not-valid': t(
    'De termijn van de reservering ligt in het verleden of te ver vooruit.',
    'The term of the reservation lies in the past or too far ahead.',
  ),
  'waiting-since-not-valid': t(
    'De wachtdatum ligt in de toekomst of te ver terug.',
    'The waiting date lies in the future or too far back.',
  ),
  'person-erased': t(
    'De sleutel van deze persoon is vernietigd: niemand kan de gegevens nog lezen. Herhalen helpt niet.',
    'The key of this person was destroyed: nobody can read the data any more. Repeating the call does not help.',
  ),
  'agreement-changed': t(
    'Iemand anders was eerder: haal de prestatieafspraak opnieuw op en stuur haar nieuwe `ETag` mee.',
    'Somebody else was earlier: get the housing agreement again, and send its new `ETag`.',
  ),
  'body-too-large': t(
    'De inhoud is groter dan deze aanroep aanneemt: 256 KB, of 64 KB voor nieuws van partners.',
    'The body is larger than this call takes: 256 KB, or 64 KB for news of partners.',
  ),
  'unsupported-media-type': t(
    'De inhoud is niet van een `Content-Type`, tekenset of codering die hier wordt gelezen.',
    'The body is not of a `Content-Type`, charset or encoding that is read here.',
  ),
  'batch-not-taken': t(
    'Berichten komen hier een voor een: elk krijgt een eigen ontvangstbewijs.',
    'Events come one by one here: each gets a receipt of its own.',
  ),
  'agreement-version-missing': t(
    'Er is al een prestatieafspraak: wie haar wijzigt stuurt haar `ETag` mee als `If-Match`.',
    'There is a housing agreement already: whoever amends it sends its `ETag` as `If-Match`.',
  ),
  'rate-limited': t(
    'Deze client vroeg meer dan hem per minuut toekomt. Wacht zo lang als `Retry-After` zegt; er is niets gedaan.',
    'This client asked more than its share of a minute. Wait for as long as `Retry-After` says; nothing was done.',
  ),
  'headers-too-large': t(
    'De headers zijn samen groter dan 16 KB, of het zijn er te veel. Er is niets gelezen.',
    'The headers are larger than 16 KB together, or there are too many. Nothing was read.',
  ),
  'request-too-slow': t(
    'Het verzoek kwam niet op tijd helemaal binnen. Er is niets gedaan: stuur het opnieuw.',
    'The request did not arrive in whole in time. Nothing was done: send it again.',
  ),
  'route-changed': t(
    'De route is veranderd sinds de ETag in `If-Match`. Er is niets gedaan: haal haar op, kijk, en geef de opdracht opnieuw.',
    'The route has changed since the ETag in `If-Match`. Nothing was done: fetch it, look, and give the command again.',
  ),
  'too-many-streams': t(
    'Er staan al zoveel stromen open als één beller mag hebben. Sluit er een; één stroom vertelt van alle routes.',
    'As many streams are open as one caller may have. Close one; a single stream tells of all routes.',
  ),
  'too-many-in-flight': t(
    'Er wordt te veel tegelijk gevraagd. Er is niets gedaan: herhaal het na `Retry-After`.',
    'Too much is asked at once. Nothing was done: repeat it after `Retry-After`.',
  ),
  internal: t(
    'Een fout van ons; zij staat in het log onder het id in `instance`. Herhalen mag, onder dezelfde sleutel.',
    'A fault of ours; the log has it under the id in `instance`. Repeating is safe under the same key.',
  ),
  'temporal-away': t(
    'De procesmotor antwoordt niet. Herhaal het na `Retry-After`, onder dezelfde `Idempotency-Key`.',
    'The process engine does not answer. Repeat it after `Retry-After`; a command under the same `Idempotency-Key`.',
  ),
  'worker-away': t(
    'Niemand voert op dit moment routes uit. Herhaal het na `Retry-After`; een opdracht onder dezelfde `Idempotency-Key`.',
    'Nobody carries out routes at the moment. Repeat it after `Retry-After`, under the same `Idempotency-Key`.',
  ),
  'partner-keys-away': t(
    'De sleutels van de organisatie zijn niet op te halen. Er is niets vastgelegd: herhaal het bericht.',
    'The keys of the organisation cannot be fetched. Nothing was recorded: repeat the event.',
  ),
  'no-room-for-streams': t(
    'Dit API-proces houdt geen stromen meer open. Probeer het straks opnieuw, of lees de lijst.',
    'This process of the API keeps no more streams open. Try again in a while, or read the list.',
  ),
  'key-store-away': t(
    'De sleutels van personen zijn niet te bereiken, of te gebruiken. Er is niets gedaan: herhaal het verzoek.',
    'The keys of persons cannot be reached, or used. Nothing was done: repeat the call.',
  ),
  'identity-provider-away': t(
    'De sleutels van de identiteitsvoorziening zijn niet op te halen. Het token is niet afgekeurd: herhaal het later.',
    'The keys of the identity provider cannot be fetched. The token was not refused: repeat it later.',
  ),
};
