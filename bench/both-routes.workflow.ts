/** The product's workflows and the bare one, for one worker that runs both. */
export * from '../workflows/index.ts';
export { bareRoute } from './bare-route.workflow.ts';
