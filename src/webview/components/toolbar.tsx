import './toolbar.css';
import * as l10n from '@vscode/l10n';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icon';
import { MenuButton } from './menuButton';
import { moveFocus } from './rovingFocus';

/** Something that a toolbar or its menu offers. */
export interface Tool {
  /** Its `data-tool` hook. */
  readonly id: string;
  /** What it does, in a few words. */
  readonly text: string;
  /** What it does, when the text does not say all. */
  readonly title?: string;
  readonly icon: string;
  /** For what is on or off. */
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  /** The one thing to do: with its text, and in the colour for that. */
  readonly primary?: boolean;
  run(): void;
}

interface ToolbarProps {
  readonly label: string;
  /** From left to right. Those that do not fit are in the menu. */
  readonly tools: readonly Tool[];
  /** Always there, behind the others. */
  readonly pinned?: readonly Tool[];
  /** Always in the menu. */
  readonly more?: readonly Tool[];
}

/** Of a tool and the gap beside it, in CSS pixels. */
const TOOL_WIDTH = 28;
/** Of one that shows its text: enough for a short one in any language. */
const PRIMARY_WIDTH = 150;

/** As narrow as this it has some tools and its menu. */
const LEAST_WIDTH = 60;

/** A toolbar by the ARIA pattern: one stop for Tab, arrow keys within. What does not fit is in a menu at its end. */
export function Toolbar({ label, tools, pinned = [], more = [] }: ToolbarProps) {
  const bar = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(Infinity);
  const [current, setCurrent] = useState('');

  useLayoutEffect(() => {
    const element = bar.current;
    if (!element) return undefined;
    const measure = () => setWidth(element.clientWidth);
    measure();
    const resizes = new ResizeObserver(measure);
    resizes.observe(element);
    return () => resizes.disconnect();
  }, []);

  const taken = pinned.reduce((sum, tool) => sum + (tool.primary === true ? PRIMARY_WIDTH : TOOL_WIDTH), 0);
  const room = Math.floor((width - taken) / TOOL_WIDTH);
  const needsMenu = more.length > 0 || tools.length > room;
  const shown = tools.slice(0, Math.max(0, needsMenu ? room - 1 : room));
  const hidden = [...tools.slice(shown.length), ...more];
  const buttons = [...shown, ...pinned];
  const ids = [...buttons.filter(({ disabled }) => disabled !== true).map(({ id }) => id), ...(hidden.length > 0 ? ['more'] : [])];
  const stop = ids.includes(current) ? current : ids[0];

  return (
    <div
      ref={bar}
      class="toolbar"
      role="toolbar"
      aria-label={label}
      style={{ minWidth: `${Math.max(LEAST_WIDTH, taken + TOOL_WIDTH)}px` }}
      onKeyDown={(event) => moveFocus(event, bar.current, '.tool:not(:disabled)', { back: 'ArrowLeft', forth: 'ArrowRight' })}
      onFocusIn={(event) => event.target instanceof HTMLElement && setCurrent(event.target.closest<HTMLElement>('[data-tool]')?.dataset.tool ?? current)}
    >
      {buttons.map((tool) => (
        <ToolButton key={tool.id} tool={tool} tabIndex={tool.id === stop ? 0 : -1} />
      ))}
      {hidden.length > 0 && <MenuButton label={l10n.t('More actions')} tools={hidden} tabIndex={stop === 'more' ? 0 : -1} />}
    </div>
  );
}

/** One tool by itself, or in a toolbar. */
export function ToolButton({ tool, tabIndex = 0 }: { readonly tool: Tool; readonly tabIndex?: number }) {
  const { id, text, title = text, icon, pressed, disabled = false, primary = false } = tool;
  return (
    <button
      type="button"
      class={`tool${primary ? ' button primary' : ''}`}
      data-tool={id}
      title={title}
      aria-label={text}
      aria-pressed={pressed}
      disabled={disabled}
      tabIndex={tabIndex}
      onClick={() => tool.run()}
    >
      <Icon name={icon} />
      {primary && <span class="button-text">{text}</span>}
    </button>
  );
}
