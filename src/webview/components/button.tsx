import { Icon } from './icon';

interface ButtonProps {
  readonly text: string;
  readonly icon: string;
  /** What it does, when the text does not say all. */
  readonly title?: string;
  /** Shown behind the text, and beside the icon where that stands alone. */
  readonly detail?: string;
  readonly primary?: boolean;
  /** For the inside of lists. */
  readonly small?: boolean;
  /** Why it cannot be used, where that is so. */
  readonly refused?: string | undefined;
  /** Shows the icon only where the page is narrow. */
  readonly shrinks?: boolean;
  onClick(button: HTMLElement): void;
}

/** A button as VS Code draws them. */
export function Button({ text, icon, title = text, detail = '', primary = false, small = false, refused, shrinks = false, onClick }: ButtonProps) {
  const classes = ['button', primary && 'primary', small && 'small', shrinks && 'shrinks'].filter((name) => name !== false);
  return (
    <button type="button" class={classes.join(' ')} title={refused ?? title} disabled={refused !== undefined} onClick={(event) => onClick(event.currentTarget)}>
      <Icon name={icon} />
      <span class="button-text">{text}</span>
      {detail !== '' && <span class="button-detail">{detail}</span>}
    </button>
  );
}
