/** By what routes are narrowed, in lists and where they are watched. */
import { Municipality, SubjectId } from '../../contracts/ids.ts';
import { Blocker, Health, Party, Stage, TargetGroup } from '../../contracts/vocabulary.ts';

/** The shape of their query. */
export const routeFilters = {
  stage: Stage.optional(),
  health: Health.optional(),
  waitingOn: Party.optional().describe('Routes that wait on this party, among others'),
  blocker: Blocker.optional().describe('Routes with this blocker, among others'),
  municipality: Municipality.optional().describe('Left out: that of the token'),
  caseManager: SubjectId.optional(),
  targetGroup: TargetGroup.optional(),
};
