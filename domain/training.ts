/**
 * Housing training: what is done about a missing skill, in place of a no. It runs beside the search, and nothing waits
 * for it but the end of the route. The person's choice leads: somebody begins it, the process never does.
 */
import type { Skill } from '../contracts/skills.ts';
import type { CommandOf } from './command.ts';
import type { TrainingStanding } from './housing-match.ts';
import { Refused } from './refusal.ts';
import { changed, isUnderWay, type RouteState } from './route-state.ts';
import { again } from './step-transitions.ts';

const stepId = 'housing.training';

/** Whether a training was begun that has neither come to its end nor been called off. */
export const isTraining = (state: RouteState): boolean => isUnderWay(state, stepId);

/** How it stands with the training of a skill; `possible`: nobody began one, or the provider said no. */
export function trainingOf(state: RouteState, skill: Skill): TrainingStanding {
  const { skills = [], before = [] } = state.training ?? {};
  const isRefused = state.steps[stepId]?.status === 'refused';
  if (skills.includes(skill) && isTraining(state) && !isRefused) return 'running';
  const isDone = skills.includes(skill) && state.steps[stepId]?.status === 'done';
  return isDone || before.includes(skill) ? 'done' : 'possible';
}

/**
 * Has the support provider train some skills. One that it refused may be asked for otherwise.
 * @throws Refused training-under-way
 */
export function beginTraining(
  state: RouteState,
  { skills }: CommandOf<'begin-training'>,
  by: string,
  now: string,
): RouteState {
  if (isTraining(state) && state.steps[stepId]?.status !== 'refused')
    throw new Refused('training-under-way', 'A housing training is under way already.');
  const { skills: latest = [], before: earlier = [] } = state.training ?? {};
  const ended = state.steps[stepId]?.status === 'done' ? latest : [];
  const before = [...new Set([...earlier, ...ended])];
  const training = { skills: [...new Set(skills)], ...(before.length > 0 && { before }) };
  const told = changed(state, now, { what: 'training-begun', by, stepId }, { training });
  return again(told, stepId, now);
}
