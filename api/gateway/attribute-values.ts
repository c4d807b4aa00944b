/** What routes have of one search attribute, for reports over all of them. */
import type { Line } from './line.ts';
import { routes } from './list.ts';
import { executionsOf } from './pages.ts';
import { listOf, valuesOf } from '../../platform/listed-values.ts';

/** Attributes that reports count. */
export type CountedAttribute = 'Deadlock' | 'MissedSignals';

export interface Attributed {
  readonly municipality: string;
  readonly values: readonly string[];
}

/** @throws ApiProblem temporal-away, too-many-in-flight */
export async function attributesOfAll(line: Line, attribute: CountedAttribute): Promise<Attributed[]> {
  const found: Attributed[] = [];
  for await (const executions of executionsOf(line, [...routes, `${attribute} IS NOT NULL`].join(' AND ')))
    for (const { searchAttributes } of executions) {
      const values = valuesOf(searchAttributes?.indexedFields ?? {});
      found.push({
        municipality: String(values.Municipality),
        values: listOf(values[attribute]).map(String),
      });
    }
  return found;
}
