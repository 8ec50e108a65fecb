import * as l10n from '@vscode/l10n';
import { useContext } from 'preact/hooks';
import { stackText } from '../../model/rowText';
import type { Frame } from '../../protocol/frames';
import { Button } from './button';
import { PageContext } from './context';
import { copyText } from './openFrame';

/** Copies a whole stack, the folded frames with it. */
export function CopyButton({ stack }: { readonly stack: readonly Frame[] }) {
  const page = useContext(PageContext);
  return <Button text={l10n.t('Copy stack')} icon="copy" small onClick={() => copyText(page, stackText(stack))} />;
}
