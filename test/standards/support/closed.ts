/**
 * A published document with its messages closed: a field that the document does not define is a fault. Many documents
 * ask for no field and close no object, so that by their letter anything is valid, a misspelt field too.
 */
type Node = Record<string, unknown>;

/** @returns a copy; `unevaluatedProperties` is of JSON Schema 2019-09 */
export function closed(document: Node): Node {
  const copy = structuredClone(document);
  const { schemas } = copy.components as { schemas: Record<string, Node> };
  for (const schema of Object.values(schemas)) {
    // A schema that others are built from stays open: whoever builds from it closes the whole.
    if (schema.allOf) schema.unevaluatedProperties = false;
    for (const [name, property] of Object.entries((schema.properties ?? {}) as Record<string, Node>))
      (schema.properties as Node)[name] = closedProperty(property);
  }
  return copy;
}

function closedProperty(property: Node): Node {
  if (property.type === 'array') return { ...property, items: closedProperty(property.items as Node) };
  if (property.$ref) return { allOf: [property], unevaluatedProperties: false };
  return property.allOf ? { ...property, unevaluatedProperties: false } : property;
}
