import './allocationTools.css';
import * as l10n from '@vscode/l10n';
import type { AllocationGrouping, AllocationMeasure } from '../../protocol/allocations';
import type { AllocationSort } from '../../protocol/lists';
import type { AllocationsFacts } from '../../protocol/profile';
import type { PanelCommand } from '../../protocol/panel';
import type { Host } from '../host';
import { GROUPINGS, MEASURES, type ChosenQuery } from './allocationQuery';
import { Button } from './button';
import { SearchField, SortSelect } from './searchField';

const GROUPING_TEXTS: Readonly<Record<AllocationGrouping, readonly [text: string, title: string]>> = {
  sites: [l10n.t('Sites'), l10n.t('By whole call stack')],
  functions: [l10n.t('Functions'), l10n.t('By function, each opening to its callers')],
  files: [l10n.t('Files'), l10n.t('By source file')],
  packages: [l10n.t('Packages'), l10n.t('By package in node_modules, your code, and Node.js')],
  callTree: [l10n.t('Call tree'), l10n.t('From the first caller down')],
};

const MEASURE_TEXTS: Readonly<Record<AllocationMeasure, readonly [text: string, title: string]>> = {
  inUse: [l10n.t('In use'), l10n.t('Allocated and still live')],
  allocated: [l10n.t('Allocated'), l10n.t('All that was allocated, live or not')],
  growth: [l10n.t('Grown'), l10n.t('How much more is in use than at the mark, or than in the profile that is compared')],
  allocatedSince: [l10n.t('Since mark'), l10n.t('All that was allocated since the mark, live or not')],
  interval: [l10n.t('Selected time'), l10n.t('Allocated in the time that is selected in a chart')],
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
      <div class="choices" role="group" aria-label={l10n.t('Measure')}>
        {measures.map((id) => (
          <Choice key={id} id={id} texts={MEASURE_TEXTS[id]} pressed={id === measure} onClick={() => chosen.choose({ measure: id })} />
        ))}
      </div>
      <div class="choices" role="group" aria-label={l10n.t('Group by')}>
        {GROUPINGS.map((id) => (
          <Choice key={id} id={id} texts={GROUPING_TEXTS[id]} pressed={id === grouping} onClick={() => chosen.choose({ grouping: id })} />
        ))}
      </div>
      <SearchField
        id="allocation-filter"
        placeholder={l10n.t('Filter by function or file')}
        label={l10n.t('Filter allocations by function or file')}
        value={filter}
        count={count}
        onInput={(text) => chosen.choose({ filter: text })}
      />
      <SortSelect id="allocation-sort" options={grouping === 'sites' ? SORTS : TREE_SORTS(grouping)} value={sort} onChange={(id) => chosen.choose({ sort: id })} />
      {grouping !== 'sites' && (
        <Button text={isAllOpen ? l10n.t('Collapse all') : l10n.t('Expand all')} icon={isAllOpen ? 'collapse-all' : 'expand-all'} small shrinks onClick={() => chosen.openAll(!isAllOpen)} />
      )}
      <span class="spring" />
      <div class="tool-buttons">
        <Button text={l10n.t('Collect garbage, then read')} icon="trash" small shrinks onClick={() => run('collectGarbage')} />
        {facts?.mode === 'recording' ? (
          <Button text={l10n.t('Stop recording')} icon="stop-circle" small shrinks onClick={() => run('stopAllocationRecording')} />
        ) : (
          facts?.mode !== 'both' && (
            <Button
              text={l10n.t('Record all allocations')}
              title={l10n.t('Count everything that is allocated from now on, live or not. What is in use is not sampled meanwhile, and each reading collects garbage.')}
              icon="record"
              small
              shrinks
              onClick={() => run('startAllocationRecording')}
            />
          )
        )}
        <Button text={l10n.t('Compare with…')} title={l10n.t('Compare with an earlier run or a saved profile')} icon="git-compare" small shrinks onClick={() => run('compareAllocations')} />
        <Button text={l10n.t('Export…')} title={l10n.t('Save the profile: pprof, .heapprofile, speedscope, folded stacks or Bifrost’s own format')} icon="save" small shrinks onClick={() => run('exportProfile')} />
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
