/** Metrics as a process exposes them (the text format of Prometheus). */

export interface Exposed {
  /** Every name that is declared: of a histogram with those of its parts. */
  readonly names: ReadonlySet<string>;
  /** The labels that a metric has somewhere; none where it has no series yet. */
  readonly labels: ReadonlyMap<string, ReadonlySet<string>>;
  readonly text: string;
}

/** @param texts - of all processes */
export function exposedIn(texts: readonly string[]): Exposed {
  const text = texts.join('\n');
  const names = new Set<string>(['up']); // Prometheus's own
  for (const [, name, type] of text.matchAll(/^# TYPE (\S+) (\w+)$/gm)) {
    if (type === 'histogram' || type === 'summary')
      for (const part of ['_bucket', '_sum', '_count']) names.add(`${name}${part}`);
    else names.add(name!);
  }
  const labels = new Map<string, Set<string>>();
  for (const [, name, inside] of text.matchAll(/^([a-z]\w*)\{(.*)\} \S+$/gm)) {
    const known = labels.get(name!) ?? new Set<string>();
    labels.set(name!, known);
    for (const [, label] of inside!.matchAll(/(\w+)="/g)) known.add(label!);
  }
  return { names, labels, text };
}

/** The labels that an expression asks of each metric. */
export function labelsAsked(expr: string): { metric: string; label: string }[] {
  return [...expr.matchAll(/\b([a-z]\w+)\{([^}]*)\}/g)].flatMap(([, metric, inside]) =>
    [...inside!.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label]) => ({ metric: metric!, label: label! })),
  );
}
