/** As much of JSON Schema as describes the files that are written for others. */
export interface JsonSchema {
  readonly type?: 'object' | 'array' | 'string' | 'number';
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  /** Of the properties that are named; others are taken by the formats' readers, and are mistakes of ours. */
  readonly additionalProperties?: false;
  readonly items?: JsonSchema;
  readonly enum?: readonly string[];
}

/** What is wrong with a value, each with its path. */
export function schemaErrors(value: unknown, schema: JsonSchema, path = '$'): string[] {
  const type = Array.isArray(value) ? 'array' : typeof value;
  if (schema.type !== undefined && type !== schema.type) return [`${path} is of type ${type}`];
  const errors = schema.enum !== undefined && !schema.enum.includes(String(value)) ? [`${path} is ${String(value)}`] : [];
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? [...errors, ...value.flatMap((item, index) => schemaErrors(item, items, `${path}[${index}]`))] : errors;
  }
  if (typeof value !== 'object' || value === null) return errors;
  for (const key of schema.required ?? []) if (!(key in value)) errors.push(`${path} has no ${key}`);
  for (const [key, item] of Object.entries(value)) {
    const known = schema.properties?.[key];
    if (known) errors.push(...schemaErrors(item, known, `${path}.${key}`));
    else if (schema.additionalProperties === false) errors.push(`${path} has a ${key}`);
  }
  return errors;
}
