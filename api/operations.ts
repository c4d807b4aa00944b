/** Every operation of the API: the Express routes and the OpenAPI document are both made of this list. */
import type { Operation } from './operation.ts';
import { adoptRules } from './resources/adopt-rules.ts';
import { recordApplication } from './resources/application.ts';
import { changeCaseManager } from './resources/case-manager.ts';
import { askCommitments, getCommitments } from './resources/commitments.ts';
import { raiseConcern, settleConcern } from './resources/concerns.ts';
import { getCtiFidelity, recordContact, setFocusAreas } from './resources/contacts.ts';
import { giveConsent, withdrawConsent } from './resources/consents.ts';
import { getCooperationAgreement, listCooperationAgreements } from './resources/cooperation-agreements.ts';
import { beginStep, recordDebtProgress } from './resources/debt-progress.ts';
import { getDebtExchange } from './resources/debt-exchange.ts';
import { getCertificate } from './resources/certificate.ts';
import { takeDecision } from './resources/decision.ts';
import { decideErasure, requestErasure } from './resources/erasure.ts';
import { closeRoute, handOverTrack, reopenTrack } from './resources/endings.ts';
import { goOnWithRoute, holdRoute } from './resources/hold.ts';
import { listHousingForms } from './resources/housing-forms.ts';
import { beginHousingTraining } from './resources/housing-training.ts';
import { getHousingMatch, recordSkills, wishForHousing } from './resources/housing-match.ts';
import {
  closeHousingAgreement,
  getHousingAgreement,
  getQueue,
  getUtilisation,
  putHousingAgreement,
} from './resources/housing-agreements.ts';
import { recordMissedSignals } from './resources/missed-signals.ts';
import { recordMove } from './resources/moves.ts';
import { addNote, recordWishes } from './resources/notes.ts';
import { objectToRefusal } from './resources/objections.ts';
import { answerOffer } from './resources/offers.ts';
import { getPartnerEvent, tellPartnerEvent } from './resources/partner-events.ts';
import { listPartnerRequests } from './resources/partner-requests.ts';
import { listProcessing } from './resources/processing.ts';
import { getPerson, identifyPerson } from './resources/person.ts';
import { reportAgreements, reportDeadlocks, reportMissedSignals } from './resources/route-reports.ts';
import { reportHomePromise } from './resources/reports.ts';
import { reportBottlenecks } from './resources/bottlenecks.ts';
import { getOverview } from './resources/overview.ts';
import {
  confirmReservation,
  getReservation,
  releaseReservation,
  reservePlace,
  withdrawReservation,
} from './resources/reservations.ts';
import { listTargetGroups } from './resources/target-groups.ts';
import { tellVeraAllocation, tellVeraOffer, tellVeraPriority } from './resources/vera.ts';
import { listRoutes } from './resources/route-list.ts';
import { watchRoute, watchRoutes } from './resources/changes.ts';
import { getRoute, getTimeline, getWaits } from './resources/route-views.ts';
import { startRoute } from './resources/routes.ts';
import { getRuleSet, listRuleSets } from './resources/rule-sets.ts';
import { excludeAreas, sealShelterAddress } from './resources/safety.ts';
import { getHealth, getOpenApi } from './resources/service.ts';
import { recordSocialExclusion } from './resources/social-exclusion.ts';
import { completeStep, redoStep, skipStep } from './resources/steps.ts';
import { changeSupporter, inviteSupporter, listSupporters } from './resources/supporters.ts';
import { beginTemporaryProvision } from './resources/temporary-provision.ts';
import {
  acceptTransfer,
  declineTransfer,
  getTransfer,
  offerTransfer,
  withdrawTransfer,
} from './resources/transfer.ts';

export const operations: readonly Operation[] = [
  startRoute,
  listRoutes,
  getRoute,
  getWaits,
  getTimeline,
  watchRoute,
  watchRoutes,
  getOverview,
  getCommitments,
  askCommitments,
  identifyPerson,
  getPerson,
  listProcessing,
  getDebtExchange,
  recordMissedSignals,
  recordSocialExclusion,
  giveConsent,
  withdrawConsent,
  addNote,
  recordWishes,
  recordSkills,
  wishForHousing,
  getHousingMatch,
  beginHousingTraining,
  recordMove,
  inviteSupporter,
  listSupporters,
  changeSupporter,
  recordContact,
  setFocusAreas,
  getCtiFidelity,
  raiseConcern,
  settleConcern,
  recordApplication,
  beginTemporaryProvision,
  takeDecision,
  answerOffer,
  excludeAreas,
  sealShelterAddress,
  redoStep,
  skipStep,
  completeStep,
  objectToRefusal,
  beginStep,
  recordDebtProgress,
  holdRoute,
  goOnWithRoute,
  changeCaseManager,
  offerTransfer,
  getTransfer,
  withdrawTransfer,
  acceptTransfer,
  declineTransfer,
  closeRoute,
  handOverTrack,
  reopenTrack,
  getCertificate,
  requestErasure,
  decideErasure,
  adoptRules,
  tellPartnerEvent,
  getPartnerEvent,
  listPartnerRequests,
  tellVeraPriority,
  tellVeraOffer,
  tellVeraAllocation,
  putHousingAgreement,
  getHousingAgreement,
  getUtilisation,
  getQueue,
  closeHousingAgreement,
  reservePlace,
  getReservation,
  confirmReservation,
  withdrawReservation,
  releaseReservation,
  reportHomePromise,
  reportMissedSignals,
  reportDeadlocks,
  reportAgreements,
  reportBottlenecks,
  listRuleSets,
  getRuleSet,
  listTargetGroups,
  listHousingForms,
  listCooperationAgreements,
  getCooperationAgreement,
  getHealth,
  getOpenApi,
];
