import * as l10n from '@vscode/l10n';
import { useContext } from 'preact/hooks';
import { displayPath } from '../../model/displayPath';
import { groupName } from '../../model/handleText';
import { fileOf } from '../../model/hidden';
import type { HandleRow } from '../../protocol/profile';
import { Button } from './button';
import { PageContext } from './context';

/** Takes a group, or all groups of its file, out of the lists until the user wants them back. */
export function HideButtons({ row }: { readonly row: HandleRow }) {
  const page = useContext(PageContext);
  if (!page) return null;
  const { host, workspaceFolders } = page;
  const file = fileOf(row);
  return (
    <div class="hide-buttons">
      <Button
        text={l10n.t('Hide this group')}
        icon="eye-closed"
        small
        onClick={(button) => {
          focusGrid(button);
          host.post({ type: 'hideGroup', group: { id: row.id, name: groupName(row) } });
        }}
      />
      {file !== null && (
        <Button
          text={l10n.t('Hide this file')}
          title={l10n.t('Hide all groups of {0}', fileName(file, workspaceFolders))}
          icon="eye-closed"
          small
          onClick={(button) => {
            focusGrid(button);
            host.post({ type: 'hideFile', file });
          }}
        />
      )}
    </div>
  );
}

function fileName(file: string, workspaceFolders: readonly string[]): string {
  const { folder, name } = displayPath(file, workspaceFolders);
  return folder + name;
}

/** The button is about to go with its row: else the focus would fall back to the page's start. */
function focusGrid(button: HTMLElement): void {
  button.closest<HTMLElement>('.grid')?.focus({ preventScroll: true });
}
