/** What the store lists of a route, from its search attributes: plain JSON, for the store reads them, so never encrypted. */

/** By the name of a search attribute. */
export type ListedValues = Readonly<Record<string, unknown>>;

type Fields = Readonly<Record<string, { data?: Uint8Array | null }>>;

export function valuesOf(fields: Fields | null | undefined): ListedValues {
  return Object.fromEntries(
    Object.entries(fields ?? {}).map(([name, { data }]) => [
      name,
      data?.length ? (JSON.parse(Buffer.from(data).toString()) as unknown) : undefined,
    ]),
  );
}

/** A list of one value may come back as that value. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** Where a route is, and how it stands; undefined when it has no attributes: then it is none of ours, somebody started it by hand. */
export function listedOf(values: ListedValues) {
  if (!values.RouteStage || !values.StageSince || !values.RouteChangedAt) return undefined;
  const moment = (name: string) => new Date(values[name] as string).toISOString();
  return {
    municipality: values.Municipality,
    caseManager: values.CaseManager,
    stage: values.RouteStage,
    health: values.RouteHealth,
    waitingOn: listOf(values.WaitingOn),
    blockers: listOf(values.Blocker),
    ...(values.DueAt !== undefined && { dueAt: moment('DueAt') }),
    stageSince: moment('StageSince'),
    changedAt: moment('RouteChangedAt'),
  };
}
