import * as v from 'valibot';
import { HANDLE_FILTERS } from '../../model/handleFilter';
import { PANEL_COMMANDS, type FromPage } from '../../protocol/panel';

const text = v.pipe(v.string(), v.maxLength(10_000));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const place = { file: text, line: count, column: count };

const frameSchema = v.object({
  functionName: text,
  ...place,
  origin: v.picklist(['user', 'library', 'node', 'native']),
  generated: v.exactOptional(v.object(place)),
});

const time = v.pipe(v.number(), v.finite(), v.minValue(0));

const handleQuery = v.object({
  filters: v.pipe(v.array(v.picklist(HANDLE_FILTERS)), v.maxLength(20)),
  search: text,
  sort: v.picklist(['urgency', 'count', 'wait', 'grown', 'name']),
});
const allocationQuery = v.object({
  grouping: v.picklist(['sites', 'functions', 'files', 'packages', 'callTree']),
  measure: v.picklist(['inUse', 'allocated', 'growth', 'allocatedSince', 'interval']),
  expanded: v.pipe(v.array(text), v.maxLength(1_000)),
  filter: text,
  sort: v.picklist(['size', 'other', 'objects', 'name']),
  opens: v.picklist(['expanded', 'allButExpanded']),
});
const listEntries = {
  id: text,
  isNew: v.boolean(),
  // More than fits on any screen: what a page asks for is made and sent every second.
  window: v.object({ first: count, count: v.pipe(count, v.maxValue(1_000)) }),
  tracked: v.pipe(v.array(text), v.maxLength(1_000)),
};
const listRequest = v.variant('kind', [
  v.object({ kind: v.literal('handles'), query: handleQuery, ...listEntries }),
  v.object({ kind: v.literal('allocations'), query: allocationQuery, ...listEntries }),
]);

const fromPageSchema: v.GenericSchema<unknown, FromPage> = v.variant('type', [
  v.object({ type: v.literal('ready') }),
  v.object({ type: v.literal('openFrame'), sessionId: text, frame: frameSchema, preview: v.exactOptional(v.boolean()) }),
  v.object({ type: v.literal('selectSession'), sessionId: text }),
  v.object({ type: v.literal('start'), sessionId: text }),
  v.object({ type: v.literal('stop'), sessionId: text }),
  v.object({ type: v.literal('showProfiler') }),
  v.object({ type: v.literal('openRawHandleDump') }),
  v.object({ type: v.literal('markNow'), sessionId: text }),
  v.object({ type: v.literal('deepCheck'), sessionId: text }),
  v.object({ type: v.literal('command'), command: v.picklist(PANEL_COMMANDS), sessionId: text }),
  v.object({ type: v.literal('watchList'), request: listRequest }),
  v.object({ type: v.literal('unwatchList'), id: text }),
  v.object({ type: v.literal('copyText'), text }),
  v.object({ type: v.literal('selectInterval'), sessionId: text, interval: v.object({ from: time, to: time }) }),
  v.object({ type: v.literal('clearInterval'), sessionId: text }),
  v.object({ type: v.literal('hideFile'), file: text }),
  v.object({ type: v.literal('hideGroup'), group: v.object({ id: text, name: text }) }),
  v.object({ type: v.literal('unhideFile'), file: text }),
  v.object({ type: v.literal('unhideGroup'), groupId: text }),
  v.object({ type: v.literal('unhideAll') }),
]);

/** A message of the page; null for anything else: the page shows what comes from the program, and may be taken over. */
export function parseFromPage(message: unknown): FromPage | null {
  const result = v.safeParse(fromPageSchema, message);
  return result.success ? result.output : null;
}
