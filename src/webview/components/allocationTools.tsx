import './allocationTools.css';
import * as l10n from '@vscode/l10n';
import type { AllocationGrouping, AllocationMeasure } from '../../protocol/allocations';
import type { AllocationSort } from '../../protocol/lists';
import type { AllocationsFacts, SessionStatus } from '../../protocol/profile';
import type { PanelCommand } from '../../protocol/panel';
import type { Host } from '../host';
import { GROUPINGS, MEASURES, type ChosenQuery } from './allocationQuery';
import { Button } from './button';
import { missingReason } from './reasons';
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
  ['size', l10n.t('size')],
  ['objects', l10n.t('objects')],
  ['name', l10n.t('name')],
];
/** In trees there are two sizes. */
const TREE_SORTS = (grouping: AllocationGrouping): readonly (readonly [AllocationSort, string])[] => [
  ['size', grouping === 'callTree' ? l10n.t('total') : l10n.t('self')],
  ['other', grouping === 'callTree' ? l10n.t('self') : l10n.t('total')],
  ...SORTS.slice(1),
];

interface AllocationToolsProps {
  readonly facts: AllocationsFacts | null;
  readonly chosen: ChosenQuery;
  /** Rows that are listed; null while none came. */
  readonly count: number | null;
  readonly host: Host | null;
  readonly sessionId: string | null;
  /** Whether there is a program to be read. */
  readonly isRunning: boolean;
  /** Says what the program does not give. */
  readonly status: SessionStatus | null;
}

/** What is shown of allocations and how, and what can be done about them. */
export function AllocationTools({ facts, chosen, count, host, sessionId, isRunning, status }: AllocationToolsProps) {
  const { grouping, measure, filter, sort, opens } = chosen.query;
  const measures = MEASURES.filter((known) => known === measure || facts?.measures.includes(known) === true);
  const run = (command: PanelCommand) => {
    if (sessionId !== null) host?.post({ type: 'command', command, sessionId });
  };
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
        {isRunning && <ReadingButtons mode={facts?.mode ?? null} status={status} run={run} />}
        <Button text={l10n.t('Compare with…')} title={l10n.t('Compare with an earlier run or a saved profile')} icon="git-compare" small shrinks onClick={() => run('compareAllocations')} />
      </div>
    </div>
  );
}

interface ReadingButtonsProps {
  readonly mode: AllocationsFacts['mode'];
  readonly status: SessionStatus | null;
  run(command: PanelCommand): void;
}

/** What changes how the program's allocations are read. There is nothing to record where all are counted anyway. */
function ReadingButtons({ mode, status, run }: ReadingButtonsProps) {
  const isOn = mode === 'recording';
  return (
    <>
      <Button
        text={l10n.t('Collect garbage, then read')}
        title={l10n.t('Collect garbage, then read: what is left is held by something')}
        icon="trash"
        refused={missingReason({ status }, 'collectGarbage')}
        small
        shrinks
        onClick={() => run('collectGarbage')}
      />
      {mode !== 'both' && (
        <Button
          text={isOn ? l10n.t('Stop recording') : l10n.t('Record all allocations')}
          title={
            isOn
              ? l10n.t('All allocations are being recorded: stop')
              : l10n.t('Record all allocations from now on, live or not. What is in use is not sampled meanwhile, and each reading collects garbage.')
          }
          icon={isOn ? 'stop-circle' : 'record'}
          refused={missingReason({ status }, 'recording')}
          small
          shrinks
          onClick={() => run(isOn ? 'stopAllocationRecording' : 'startAllocationRecording')}
        />
      )}
    </>
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
