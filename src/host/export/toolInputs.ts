import * as v from 'valibot';

const limit = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(50)), 10);
const text = v.pipe(v.string(), v.maxLength(2_000));

/** What a language model hands to each tool. It is text of a model's: checked like all that comes from outside. */
export const toolInputs = {
  bifrost_get_runtime_summary: v.object({}),
  bifrost_list_stuck_operations: v.object({ limit }),
  bifrost_get_memory_growth: v.object({ limit }),
  bifrost_explain_allocation_site: v.object({
    file: v.optional(text, ''),
    function: v.optional(text, ''),
    line: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
    limit,
  }),
} as const;

export type ToolName = keyof typeof toolInputs;

export type ToolInput<Name extends ToolName> = v.InferOutput<(typeof toolInputs)[Name]>;

/** @throws Error in one sentence that tells the model what to hand over. */
export function parseToolInput<Name extends ToolName>(name: Name, input: unknown): ToolInput<Name> {
  const result = v.safeParse<(typeof toolInputs)[Name]>(toolInputs[name], input ?? {});
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new Error(`The input of ${name} is wrong at "${v.getDotPath(issue) ?? 'its top'}": ${issue.message}.`);
}
