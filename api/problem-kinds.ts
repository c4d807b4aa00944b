/** Every way in which a call can fail: one closed list, with what each is called in Dutch and in English. */
import { t, type Text } from '../contracts/text.ts';

export const problems = {
  'malformed-request': {
    status: 400,
    title: t('Het verzoek is niet leesbaar', 'The request cannot be read'),
  },
  'invalid-input': { status: 400, title: t('De invoer klopt niet', 'The input is not valid') },
  'event-out-of-time': {
    status: 400,
    title: t('Het bericht is niet van deze tijd', 'The event is not of this time'),
  },
  'token-missing': { status: 401, title: t('Een token is nodig', 'A token is needed') },
  'token-invalid': { status: 401, title: t('Het token is niet geldig', 'The token is not valid') },
  'token-expired': { status: 401, title: t('Het token is verlopen', 'The token has expired') },
  forbidden: {
    status: 403,
    title: t('Dit is niet voor uw rol of gemeente', 'This is not for your role or municipality'),
  },
  'not-your-source': {
    status: 403,
    title: t(
      'Het bericht komt van een ander systeem dan het token',
      'The event comes from another system than the token',
    ),
  },
  'signature-missing': {
    status: 403,
    title: t('Een handtekening is nodig', 'A signature is needed'),
  },
  'signature-invalid': {
    status: 403,
    title: t('De handtekening klopt niet', 'The signature is not valid'),
  },
  'signature-too-old': {
    status: 403,
    title: t('De handtekening is niet van nu', 'The signature is not of now'),
  },
  'not-your-step': {
    status: 403,
    title: t('De stap is van een andere partij', 'The step is of another party'),
  },
  'transfer-not-yours': {
    status: 403,
    title: t('De andere gemeente geeft antwoord', 'The other municipality answers'),
  },
  'unknown-path': { status: 404, title: t('Op dit pad is niets', 'There is nothing at this path') },
  'unknown-route': { status: 404, title: t('Deze route is er niet', 'There is no such route') },
  'unknown-event': { status: 404, title: t('Dit bericht is er niet', 'There is no such event') },
  'unknown-cooperation-agreement': {
    status: 404,
    title: t('Deze samenwerkingsafspraken zijn er niet', 'There is no such cooperation agreement'),
  },
  'unknown-rule-set': { status: 404, title: t('Deze regelset is er niet', 'There is no such rule set') },
  'unknown-agreement': {
    status: 404,
    title: t('Deze prestatieafspraak is er niet', 'There is no such housing agreement'),
  },
  'unknown-reservation': {
    status: 404,
    title: t('Deze reservering is er niet', 'There is no such reservation'),
  },
  'no-debt-track': { status: 404, title: t('Er is geen schuldhulptraject', 'There is no debt track') },
  'no-certificate': { status: 404, title: t('Er is nog niets verwijderd', 'Nothing was deleted yet') },
  'offer-unknown': { status: 404, title: t('Dit aanbod is er niet', 'There is no such offer') },
  'no-transfer': {
    status: 404,
    title: t('Er wordt geen overdracht aangeboden', 'No transfer is offered'),
  },
  'supporter-unknown': { status: 404, title: t('Deze steunfiguur is er niet', 'There is no such supporter') },
  'concern-unknown': { status: 404, title: t('Dit signaal is er niet', 'There is no such concern') },
  'method-not-allowed': {
    status: 405,
    title: t('Het pad kent deze methode niet', 'The path does not know this method'),
  },
  'request-too-slow': {
    status: 408,
    title: t('Het verzoek kwam te langzaam', 'The request came too slowly'),
  },
  'idempotency-key-reused': {
    status: 409,
    title: t(
      'De Idempotency-Key is voor iets anders gebruikt',
      'The idempotency key was used for something else',
    ),
  },
  'erasure-asked': {
    status: 409,
    title: t('Om wissen is al gevraagd', 'Erasure was asked for already'),
  },
  'erasure-before-route': {
    status: 409,
    title: t('De route was er nog niet', 'The route had not begun yet'),
  },
  'no-erasure-asked': {
    status: 409,
    title: t('Er is geen verzoek om te wissen', 'There is no request to erase'),
  },
  'route-ending': { status: 409, title: t('De route wordt afgerond', 'The route is ending') },
  'route-closed': { status: 409, title: t('De route is afgesloten', 'The route has ended') },
  'step-not-open': { status: 409, title: t('De stap is niet open', 'The step is not open') },
  'step-not-redoable': {
    status: 409,
    title: t('De stap kan nu niet opnieuw gevraagd worden', 'The step cannot be asked again now'),
  },
  'step-not-skippable': {
    status: 409,
    title: t('De stap kan niet worden overgeslagen', 'The step cannot be skipped'),
  },
  'step-not-completable': {
    status: 409,
    title: t('De stap kan niet met de hand worden voltooid', 'The step cannot be completed by hand'),
  },
  'step-not-refused': {
    status: 409,
    title: t('De stap is niet geweigerd', 'The step has not been refused'),
  },
  'not-a-decision': {
    status: 409,
    title: t('Hiertegen staat geen bezwaar open', 'There is no objection to this'),
  },
  'objection-decided': {
    status: 409,
    title: t('Op het bezwaar is al beslist', 'The objection was decided on already'),
  },
  'objection-too-late': {
    status: 409,
    title: t('De bezwaartermijn is voorbij', 'The term to object has passed'),
  },
  'objection-before-decision': {
    status: 409,
    title: t('Er was nog niets besloten', 'Nothing had been decided yet'),
  },
  'four-eyes': { status: 409, title: t('Iemand anders moet bevestigen', 'Somebody else has to confirm') },
  'track-not-reopenable': {
    status: 409,
    title: t('Het spoor kan niet worden heropend', 'The track cannot be opened again'),
  },
  'already-on-hold': {
    status: 409,
    title: t('De route is al in de wacht', 'The route is on hold already'),
  },
  'not-on-hold': { status: 409, title: t('De route is niet in de wacht', 'The route is not on hold') },
  'hold-in-the-past': {
    status: 409,
    title: t('De wacht eindigt in de toekomst', 'A hold ends in the future'),
  },
  'no-deadlock': {
    status: 409,
    title: t('De partijen wachten niet op elkaar', 'The parties do not wait for each other'),
  },
  'round-under-way': {
    status: 409,
    title: t('De partijen worden al gevraagd', 'The parties are being asked already'),
  },
  'not-promisable': {
    status: 409,
    title: t(
      'Niet elke partij kan om haar deel worden gevraagd',
      'Not every party may be asked for its part',
    ),
  },
  'same-case-manager': {
    status: 409,
    title: t('De route is al van deze trajectbegeleider', 'This case manager owns the route already'),
  },
  'same-rules': {
    status: 409,
    title: t('De route volgt deze regelset al', 'The route is under this rule set already'),
  },
  'already-identified': {
    status: 409,
    title: t('De persoonsgegevens zijn al vastgelegd', 'The person has been identified already'),
  },
  'decision-not-open': {
    status: 409,
    title: t('Het besluit kan nu niet genomen worden', 'The decision cannot be taken now'),
  },
  'decision-taken': {
    status: 409,
    title: t('Het besluit is al genomen', 'The decision was taken already'),
  },
  'application-before-report': {
    status: 409,
    title: t('Een aanvraag volgt op de melding', 'An application follows the report'),
  },
  'provision-runs': {
    status: 409,
    title: t('Er loopt al een tijdelijke voorziening', 'A temporary provision runs already'),
  },
  'ladder-needs-reason': {
    status: 409,
    title: t(
      'Een trede van de woonladder vraagt om een reden',
      'A step of the housing ladder needs a reason',
    ),
  },
  'no-consent-given': {
    status: 409,
    title: t('Er is geen toestemming om in te trekken', 'There is no consent to withdraw'),
  },
  'training-under-way': {
    status: 409,
    title: t('Er loopt al een woontraining', 'A housing training is under way already'),
  },
  'step-not-beginnable': {
    status: 409,
    title: t('Deze stap kan zo niet beginnen', 'This step cannot be begun like that'),
  },
  'step-under-way': { status: 409, title: t('De stap loopt al', 'The step is under way already') },
  'beyond-limit': {
    status: 409,
    title: t('Buiten de wettelijke termijn', 'Outside the statutory term'),
  },
  'debt-not-so': {
    status: 409,
    title: t('Zo staat het schuldenspoor er niet voor', 'The debt track does not stand like that'),
  },
  'network-full': { status: 409, title: t('Het netwerk is vol', 'The network is full') },
  'supporter-not-so': {
    status: 409,
    title: t('Zo staat deze steunfiguur er niet voor', 'This supporter does not stand like that'),
  },
  'track-not-ownable': {
    status: 409,
    title: t('Het spoor kan nu niet worden overgedragen', 'The track cannot be handed over now'),
  },
  'concern-settled': {
    status: 409,
    title: t('Dit signaal is al afgehandeld', 'This concern was settled already'),
  },
  'transfer-not-begun': {
    status: 409,
    title: t('De overdracht is nog niet begonnen', 'The transfer of care has not begun yet'),
  },
  'contact-outside-cti': {
    status: 409,
    title: t('Er was die dag nog geen CTI', 'There was no CTI on that day yet'),
  },
  'early-discharge': {
    status: 409,
    title: t('CTI eindigt niet voor zijn tijd', 'CTI does not end before its time'),
  },
  'transfer-under-way': {
    status: 409,
    title: t('Er wordt al een overdracht aangeboden', 'A transfer is offered already'),
  },
  'transfer-not-yet': {
    status: 409,
    title: t('De dag van de overdracht is nog niet gekomen', 'The day of the transfer has not come yet'),
  },
  'same-municipality': {
    status: 409,
    title: t('De route is al van deze gemeente', 'The route is of this municipality already'),
  },
  'absence-not-so': {
    status: 409,
    title: t('De route is daarvoor niet in de wacht', 'The route is not on hold for that'),
  },
  'absence-too-short': {
    status: 409,
    title: t('Daarvoor is het te vroeg', 'It is too early for that'),
  },
  'offer-already-answered': {
    status: 409,
    title: t('Het aanbod kan niet meer beantwoord worden', 'The offer cannot be answered any more'),
  },
  'agreement-closed': {
    status: 409,
    title: t('De prestatieafspraak is gesloten', 'The housing agreement is closed'),
  },
  'below-taken': {
    status: 409,
    title: t('Er is al meer gereserveerd en gerealiseerd', 'More is reserved and realised already'),
  },
  'reservation-exists': {
    status: 409,
    title: t('De route heeft al een reservering', 'The route has a reservation already'),
  },
  'no-place-needed': {
    status: 409,
    title: t('De route zoekt geen woning meer', 'The route seeks no home any more'),
  },
  'reservation-ended': { status: 409, title: t('De reservering is voorbij', 'The reservation has ended') },
  'not-reserved': { status: 409, title: t('Er is nog geen plek gereserveerd', 'No place is reserved yet') },
  'already-realised': {
    status: 409,
    title: t('De plek is al gerealiseerd', 'The place is realised already'),
  },
  'spread-reached': { status: 409, title: t('De spreiding laat dit niet toe', 'The spread leaves no room') },
  'queue-full': { status: 409, title: t('De wachtrij is vol', 'The queue is full') },
  'term-not-valid': { status: 409, title: t('Deze termijn kan niet', 'This term is not possible') },
  'waiting-since-not-valid': {
    status: 409,
    title: t('Deze wachtdatum kan niet', 'This waiting date is not possible'),
  },
  'person-erased': {
    status: 410,
    title: t('De persoonsgegevens zijn gewist', 'The personal data has been erased'),
  },
  'agreement-changed': {
    status: 412,
    title: t(
      'De prestatieafspraak is inmiddels gewijzigd',
      'The housing agreement has been amended meanwhile',
    ),
  },
  'route-changed': {
    status: 412,
    title: t('De route is inmiddels gewijzigd', 'The route has changed meanwhile'),
  },
  'body-too-large': { status: 413, title: t('De inhoud is te groot', 'The body is too large') },
  'unsupported-media-type': {
    status: 415,
    title: t(
      'De inhoud is van een soort die hier niet gelezen wordt',
      'The body is of a type that is not read here',
    ),
  },
  'batch-not-taken': {
    status: 415,
    title: t('Eén bericht per aanroep', 'One event a call'),
  },
  'agreement-version-missing': { status: 428, title: t('If-Match is nodig', 'If-Match is needed') },
  'too-many-in-flight': {
    status: 429,
    title: t('Er wordt te veel tegelijk gevraagd', 'Too much is asked at once'),
  },
  'too-many-streams': {
    status: 429,
    title: t('U volgt al te veel tegelijk', 'You watch too much at once'),
  },
  'rate-limited': {
    status: 429,
    title: t('Er wordt te vaak gevraagd', 'This is asked too often'),
  },
  'headers-too-large': { status: 431, title: t('De headers zijn te groot', 'The headers are too large') },
  internal: { status: 500, title: t('Er ging bij ons iets mis', 'Something went wrong on our side') },
  'temporal-away': {
    status: 503,
    title: t('De procesmotor antwoordt niet', 'The process engine does not answer'),
  },
  'no-room-for-streams': {
    status: 503,
    title: t('Er volgen al te veel anderen', 'Too many others watch already'),
  },
  'worker-away': {
    status: 503,
    title: t('Niemand kan dit op dit moment uitvoeren', 'Nobody can carry this out at the moment'),
  },
  'partner-keys-away': {
    status: 503,
    title: t(
      'De handtekening kan op dit moment niet gecontroleerd worden',
      'The signature cannot be checked at the moment',
    ),
  },
  'key-store-away': {
    status: 503,
    title: t(
      'Persoonsgegevens zijn op dit moment niet te lezen of te schrijven',
      'Personal data can be neither read nor written at the moment',
    ),
  },
  'identity-provider-away': {
    status: 503,
    title: t(
      'Het token kan op dit moment niet gecontroleerd worden',
      'The token cannot be checked at the moment',
    ),
  },
} as const satisfies Record<string, { status: number; title: Text }>;

export type ProblemKind = keyof typeof problems;
