import './tabs.css';
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly text: string;
  /** Shown behind the text, as a badge; '' for none. */
  readonly badge?: string;
  /** What the badge says to those who do not see it. */
  readonly badgeTitle?: string;
}

interface TabsProps<Id extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Id>[];
  readonly selected: Id;
  onSelect(id: Id): void;
  /** The content of the selected tab. */
  readonly children: ComponentChildren;
}

/** Tabs by the ARIA pattern: one stop for the Tab key, arrows choose, and the content comes next. Only what is selected is drawn. */
export function Tabs<Id extends string>({ label, tabs, selected, onSelect, children }: TabsProps<Id>) {
  const id = useId();
  const onKeyDown = (event: KeyboardEvent & { readonly currentTarget: HTMLElement }) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const next = tabs[neighbour(event.key, tabs.findIndex((tab) => tab.id === selected), tabs.length)];
    if (!next) return;
    event.preventDefault();
    onSelect(next.id);
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };
  return (
    <section class="tabbed">
      <div class="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            class="tab"
            id={`${id}-${tab.id}`}
            data-test="tab"
            data-tab={tab.id}
            aria-selected={tab.id === selected}
            aria-controls={tab.id === selected ? `${id}-content` : undefined}
            tabIndex={tab.id === selected ? 0 : -1}
            onClick={() => onSelect(tab.id)}
          >
            {tab.text}
            {tab.badge !== undefined && tab.badge !== '' && (
              <span class="tab-badge" title={tab.badgeTitle}>
                {tab.badge}
              </span>
            )}
          </button>
        ))}
      </div>
      <div class="tab-content" role="tabpanel" id={`${id}-content`} aria-labelledby={`${id}-${selected}`}>
        {children}
      </div>
    </section>
  );
}

/** The place that a key leads to; -1 for keys that lead nowhere. */
function neighbour(key: string, index: number, count: number): number {
  switch (key) {
    case 'ArrowRight':
      return (index + 1) % count;
    case 'ArrowLeft':
      return (index + count - 1) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return -1;
  }
}
