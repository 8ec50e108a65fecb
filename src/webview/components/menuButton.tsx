import './menuButton.css';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icon';
import { moveFocus } from './rovingFocus';
import type { Tool } from './toolbar';

interface MenuButtonProps {
  readonly label: string;
  readonly tools: readonly Tool[];
  readonly tabIndex: number;
}

const ITEM = '.menu-item:not(:disabled)';

/** A button that opens a menu, by the ARIA pattern: arrow keys within, Escape and Tab close it. */
export function MenuButton({ label, tools, tabIndex }: MenuButtonProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    if (!isOpen) return undefined;
    menu.current?.querySelector<HTMLElement>(ITEM)?.focus();
    const closeOutside = ({ target }: PointerEvent) => {
      if (target instanceof Node && !menu.current?.contains(target) && !button.current?.contains(target)) setOpen(false);
    };
    document.addEventListener('pointerdown', closeOutside);
    return () => document.removeEventListener('pointerdown', closeOutside);
  }, [isOpen]);

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const onMenuKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      close();
      event.stopPropagation();
    } else if (event.key === 'Tab') {
      // From the button on, as the menu is only of its making.
      close();
    } else {
      moveFocus(event, menu.current, ITEM, { back: 'ArrowUp', forth: 'ArrowDown' });
    }
  };
  return (
    <div class="menu-button">
      <button
        ref={button}
        type="button"
        class="tool"
        data-tool="more"
        title={label}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        tabIndex={tabIndex}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || isOpen) return;
          setOpen(true);
          event.preventDefault();
        }}
      >
        <Icon name="ellipsis" />
      </button>
      {isOpen && (
        <div ref={menu} class="menu" role="menu" aria-label={label} onKeyDown={onMenuKey}>
          {tools.map((tool) => (
            <MenuItem key={tool.id} tool={tool} onDone={close} />
          ))}
        </div>
      )}
    </div>
  );
}

function MenuItem({ tool, onDone }: { readonly tool: Tool; onDone(): void }) {
  const isCheck = tool.pressed !== undefined;
  const run = () => {
    onDone();
    tool.run();
  };
  return (
    <button
      type="button"
      class="menu-item"
      role={isCheck ? 'menuitemcheckbox' : 'menuitem'}
      aria-checked={isCheck ? tool.pressed : undefined}
      data-tool={tool.id}
      title={tool.title}
      disabled={tool.disabled === true}
      tabIndex={-1}
      onClick={run}
    >
      <Icon name={tool.pressed === true ? 'check' : tool.icon} />
      <span>{tool.text}</span>
    </button>
  );
}
