/** All workflows of this product: the entry of the workflow bundle. */
export { outflowRoute } from './outflow-route.ts';
