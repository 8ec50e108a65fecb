import './allocationTools.css';
import type { AllocationGrouping, AllocationMeasure } from '../../protocol/allocations';
import type { AllocationSort } from '../../protocol/lists';
import type { AllocationsFacts } from '../../protocol/profile';
import type { PanelCommand } from '../../protocol/panel';
import type { Host } from '../host';
import { GROUPINGS, MEASURES, type ChosenQuery } from './allocationQuery';
import { Button } from './button';
import { SearchField, SortSelect } from './searchField';

const GROUPING_TEXTS: Readonly<Record<AllocationGrouping, readonly [text: string, title: string]>> = {
  sites: ['Sites', 'By whole call stack'],
  functions: ['Functions', 'By function, each opening to its callers'],
  files: ['Files', 'By source file'],
  packages: ['Packages', 'By package in node_modules, your code, and Node.js'],
  callTree: ['Call tree', 'From the first caller down'],
};

const MEASURE_TEXTS: Readonly<Record<AllocationMeasure, readonly [text: string, title: string]>> = {
  inUse: ['In use', 'Allocated and still live'],
  allocated: ['Allocated', 'All that was allocated, live or not'],
  growth: ['Grown', 'How much more is in use than at the mark, or than in the profile that is compared'],
  allocatedSince: ['Since mark', 'All that was allocated since the mark, live or not'],
  interval: ['Selected time', 'Allocated in the time that is selected in a chart'],
};

const SORTS: readonly (readonly [AllocationSort, string])[] = [
  ['size', 'size'],
  ['objects', 'objects'],
  ['name', 'name'],
];
/** In trees there are two sizes. */
const TREE_SORTS = (grouping: AllocationGrouping): readonly (readonly [AllocationSort, string])[] => [
  ['size', grouping === 'callTree' ? 'total' : 'self'],
  ['other', grouping === 'callTree' ? 'self' : 'total'],
  ...SORTS.slice(1),
];

interface AllocationToolsProps {
  readonly facts: AllocationsFacts | null;
  readonly chosen: ChosenQuery;
  /** Rows that are listed; null while none came. */
  readonly count: number | null;
  readonly host: Host | null;
  readonly sessionId: string | null;
}

/** What is shown of allocations and how, and what can be done about them. */
export function AllocationTools({ facts, chosen, count, host, sessionId }: AllocationToolsProps) {
  const { grouping, measure, filter, sort, opens } = chosen.query;
  const measures = MEASURES.filter((known) => known === measure || facts?.measures.includes(known) === true);
  const run = (command: PanelCommand) => sessionId !== null && host?.post({ type: 'command', command, sessionId });
  const isAllOpen = opens === 'allButExpanded';
  return (
    <div class="allocation-tools">
      <div class="choices" role="group" aria-label="Measure">
        {measures.map((id) => (
          <Choice key={id} id={id} texts={MEASURE_TEXTS[id]} pressed={id === measure} onClick={() => chosen.choose({ measure: id })} />
        ))}
      </div>
      <div class="choices" role="group" aria-label="Group by">
        {GROUPINGS.map((id) => (
          <Choice key={id} id={id} texts={GROUPING_TEXTS[id]} pressed={id === grouping} onClick={() => chosen.choose({ grouping: id })} />
        ))}
      </div>
      <SearchField
        id="allocation-filter"
        placeholder="Filter by function or file"
        label="Filter allocations by function or file"
        value={filter}
        count={count}
        onInput={(text) => chosen.choose({ filter: text })}
      />
      <SortSelect id="allocation-sort" options={grouping === 'sites' ? SORTS : TREE_SORTS(grouping)} value={sort} onChange={(id) => chosen.choose({ sort: id })} />
      {grouping !== 'sites' && (
        <Button text={isAllOpen ? 'Collapse all' : 'Expand all'} icon={isAllOpen ? 'collapse-all' : 'expand-all'} small shrinks onClick={() => chosen.openAll(!isAllOpen)} />
      )}
      <span class="spring" />
      <div class="tool-buttons">
        <Button text="Collect garbage, then read" icon="trash" small shrinks onClick={() => run('collectGarbage')} />
        {facts?.mode === 'recording' ? (
          <Button text="Stop recording" icon="stop-circle" small shrinks onClick={() => run('stopAllocationRecording')} />
        ) : (
          facts?.mode !== 'both' && (
            <Button
              text="Record all allocations"
              title="Count everything that is allocated from now on, live or not. What is in use is not sampled meanwhile, and each reading collects garbage."
              icon="record"
              small
              shrinks
              onClick={() => run('startAllocationRecording')}
            />
          )
        )}
        <Button text="Compare with…" title="Compare with an earlier run or a saved profile" icon="git-compare" small shrinks onClick={() => run('compareAllocations')} />
        <Button text="Export…" title="Save the profile: pprof, .heapprofile, speedscope, folded stacks or Bifrost’s own format" icon="save" small shrinks onClick={() => run('exportProfile')} />
      </div>
    </div>
  );
}

interface ChoiceProps {
  readonly id: string;
  readonly texts: readonly [text: string, title: string];
  readonly pressed: boolean;
  onClick(): void;
}

function Choice({ id, texts: [text, title], pressed, onClick }: ChoiceProps) {
  return (
    <button type="button" class="choice" data-test="choice" data-choice={id} aria-pressed={pressed} title={title} onClick={onClick}>
      {text}
    </button>
  );
}
