import './hiddenList.css';
import * as l10n from '@vscode/l10n';
import { useContext } from 'preact/hooks';
import { NAME_LIMIT, visibleText } from '../../model/displayName';
import { displayPath } from '../../model/displayPath';
import { formatCount } from '../../model/format';
import type { Hidden } from '../../protocol/profile';
import { Button } from './button';
import { PageContext } from './context';
import { Icon } from './icon';

/** Says how much the user has hidden, and opens to the way back: one by one, or all. */
export function HiddenList({ hidden }: { readonly hidden: Hidden }) {
  const page = useContext(PageContext);
  const count = hidden.files.length + hidden.groups.length;
  if (!page || count === 0) return null;
  const { host, workspaceFolders } = page;
  return (
    <details class="hidden" data-test="hidden">
      <summary>
        <Icon name="eye-closed" />
        <span role="status">{l10n.t('{0} hidden', formatCount(count))}</span>
      </summary>
      <ul class="hidden-entries" aria-label={l10n.t('Hidden')}>
        {hidden.files.map((file) => {
          const { folder, name } = displayPath(file, workspaceFolders);
          const undo = (button: HTMLElement) => {
            if (count === 1) focusGrid(button);
            host.post({ type: 'unhideFile', file });
          };
          return <Entry key={`file ${file}`} kind="file" name={folder + name} title={visibleText(file, 500)} onUndo={undo} />;
        })}
        {hidden.groups.map(({ id, name }) => {
          const undo = (button: HTMLElement) => {
            if (count === 1) focusGrid(button);
            host.post({ type: 'unhideGroup', groupId: id });
          };
          return <Entry key={`group ${id}`} kind="group" name={visibleText(name, NAME_LIMIT)} title={visibleText(name, 500)} onUndo={undo} />;
        })}
      </ul>
      {count > 1 && (
        <Button
          text={l10n.t('Show all again')}
          icon="eye"
          small
          onClick={(button) => {
            focusGrid(button);
            host.post({ type: 'unhideAll' });
          }}
        />
      )}
    </details>
  );
}

interface EntryProps {
  readonly kind: 'file' | 'group';
  readonly name: string;
  readonly title: string;
  onUndo(button: HTMLElement): void;
}

function Entry({ kind, name, title, onUndo }: EntryProps) {
  return (
    <li class="hidden-entry">
      <Button text={l10n.t('Show again')} title={l10n.t('Show {0} again', name)} icon="eye" small onClick={onUndo} />
      <span class="hidden-kind">{kind}</span>
      <span class="row-name" title={title}>
        {name}
      </span>
    </li>
  );
}

/** The button is about to go with all that is hidden: else the focus would fall back to the page's start. */
function focusGrid(button: HTMLElement): void {
  button.closest('.list-card')?.querySelector<HTMLElement>('.grid')?.focus({ preventScroll: true });
}
