import './allocationTools.css';
import type { AllocationGrouping, AllocationMeasure } from '../../protocol/allocations';
import type { AllocationsView } from '../../protocol/profile';
import type { PanelCommand } from '../../protocol/panel';
import type { Host } from '../host';
import { GROUPINGS, MEASURES, type ChosenQuery } from './allocationQuery';
import { Button } from './button';

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

interface AllocationToolsProps {
  readonly allocations: AllocationsView | null;
  readonly query: ChosenQuery;
  readonly host: Host | null;
  readonly sessionId: string | null;
}

/** What is shown of allocations and how, and what can be done about them. */
export function AllocationTools({ allocations, query, host, sessionId }: AllocationToolsProps) {
  const { grouping, measure, filter } = query.query;
  const measures = MEASURES.filter((known) => known === measure || allocations?.measures.includes(known) === true);
  const run = (command: PanelCommand) => sessionId !== null && host?.post({ type: 'command', command, sessionId });
  return (
    <div class="allocation-tools">
      <div class="choices" role="group" aria-label="Measure">
        {measures.map((id) => (
          <Choice key={id} id={id} texts={MEASURE_TEXTS[id]} pressed={id === measure} onClick={() => query.choose({ measure: id })} />
        ))}
      </div>
      <div class="choices" role="group" aria-label="Group by">
        {GROUPINGS.map((id) => (
          <Choice key={id} id={id} texts={GROUPING_TEXTS[id]} pressed={id === grouping} onClick={() => query.choose({ grouping: id })} />
        ))}
      </div>
      <input
        type="search"
        class="search"
        data-test="allocation-filter"
        placeholder="Filter by function or file"
        aria-label="Filter allocations by function or file"
        maxLength={200}
        value={filter}
        onInput={(event) => query.choose({ filter: event.currentTarget.value })}
      />
      <span class="spring" />
      <div class="tool-buttons">
        <Button text="Collect garbage, then read" icon="trash" small shrinks onClick={() => run('collectGarbage')} />
        {allocations?.mode === 'recording' ? (
          <Button text="Stop recording" icon="stop-circle" small shrinks onClick={() => run('stopAllocationRecording')} />
        ) : (
          allocations?.mode !== 'both' && (
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
