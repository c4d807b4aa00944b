/**
 * A published document with its messages closed: a field that the document does not define is a fault. Many documents
 * ask for no field and close no object, so that by their letter anything is valid, a misspelt field too. What the other
 * side alone may set (`readOnly`) is no field of a message to it.
 */
type Node = Record<string, unknown>;

/** @returns a copy; `unevaluatedProperties` is of JSON Schema 2019-09 */
export function closed(document: Node): Node {
  const copy = structuredClone(document);
  const { schemas } = copy.components as { schemas: Record<string, Node> };
  for (const schema of Object.values(schemas)) {
    // A schema that others are built from stays open: whoever builds from it closes the whole.
    if (schema.allOf) schema.unevaluatedProperties = false;
    delete schema.discriminator; // followed in published.ts: no `oneOf` says it here
    const properties = (schema.properties ?? {}) as Record<string, Node>;
    const theirs = Object.keys(properties).filter((name) => properties[name]!.readOnly);
    for (const name of theirs) delete properties[name];
    if (schema.required)
      schema.required = (schema.required as string[]).filter((name) => !theirs.includes(name));
    for (const [name, property] of Object.entries(properties)) properties[name] = closedProperty(property);
  }
  return copy;
}

function closedProperty({ nullable, ...property }: Node): Node {
  // OpenAPI 3.0 knows it beside a type alone; elsewhere it is left out, so that null is a fault there.
  const own = property.type && nullable !== undefined ? { ...property, nullable } : property;
  if (own.type === 'array') return { ...own, items: closedProperty(own.items as Node) };
  if (own.$ref) return { allOf: [own], unevaluatedProperties: false };
  return own.allOf ? { ...own, unevaluatedProperties: false } : own;
}
