/** The workflow code as one bundle: what a worker loads into its sandbox, and what the replay gate replays with. */
import { join } from 'node:path';
import {
  bundleWorkflowCode,
  DefaultLogger,
  type BundleOptions,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';

type WebpackConfig = Parameters<NonNullable<BundleOptions['webpackConfigHook']>>[0];

const workflows = join(import.meta.dirname, '..', 'workflows');
const outflowRoutes = join(workflows, 'index.ts');

/**
 * Bundles workflow code.
 * @param workflowsPath - the module that exports the workflows; left out: this product's
 */
export function bundleWorkflows(workflowsPath = outflowRoutes): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    workflowsPath,
    // What workflow code says of an error is encrypted as well, be it of a failed task or a refused command.
    failureConverterPath: join(import.meta.dirname, '..', 'platform', 'failure-converter.cjs'),
    workflowInterceptorModules: ['right-time.ts', 'trace-cause.ts'].map((name) => join(workflows, name)),
    logger: new DefaultLogger('WARN'),
    // The modules hold no state of their own (test/architecture), so that all routes of a worker can share one copy.
    preloadModules: [workflowsPath],
    webpackConfigHook: forThisNode,
  });
}

/** The SDK has the code rewritten for a language of 2017, in which each spread of an object is a call of a helper. */
function forThisNode(config: WebpackConfig): WebpackConfig {
  for (const rule of config.module?.rules ?? []) {
    const use = typeof rule === 'object' && rule ? rule.use : undefined;
    if (typeof use !== 'object' || !use || !('options' in use) || typeof use.options !== 'object') continue;
    const { jsc } = use.options as { jsc?: { target?: string } };
    if (jsc?.target) jsc.target = 'es2022';
  }
  return config;
}
