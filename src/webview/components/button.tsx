import { Icon } from './icon';

interface ButtonProps {
  readonly text: string;
  readonly icon: string;
  readonly primary?: boolean;
  /** Shows the icon only where the page is narrow. */
  readonly shrinks?: boolean;
  onClick(): void;
}

/** A button as VS Code draws them. */
export function Button({ text, icon, primary = false, shrinks = false, onClick }: ButtonProps) {
  return (
    <button type="button" class={`button${primary ? ' primary' : ''}${shrinks ? ' shrinks' : ''}`} title={text} onClick={onClick}>
      <Icon name={icon} />
      <span class="button-text">{text}</span>
    </button>
  );
}
