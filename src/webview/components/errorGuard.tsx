import * as l10n from '@vscode/l10n';
import { Component, type ComponentChildren } from 'preact';
import { visibleText } from '../../model/displayName';
import type { Host } from '../host';
import { Button } from './button';
import { Icon } from './icon';

interface ErrorGuardProps {
  readonly host: Host;
  readonly children: ComponentChildren;
}

const MESSAGE_CHARACTERS = 300;

interface Problem {
  readonly text: string | null;
}

/**
 * Says so when something inside could not be drawn: without it the page would go on showing old figures as if nothing
 * were. Every update is another try.
 */
export class ErrorGuard extends Component<ErrorGuardProps, Problem> {
  override state: Problem = { text: null };

  override componentWillReceiveProps(): void {
    this.setState({ text: null });
  }

  override componentDidCatch(error: unknown): void {
    this.setState({ text: visibleText(error instanceof Error ? error.message : String(error), MESSAGE_CHARACTERS) });
  }

  override render() {
    if (this.state.text === null) return this.props.children;
    return (
      <div class="empty" role="alert">
        <Icon name="error" />
        <h2>{l10n.t('The profiler could not draw its page.')}</h2>
        <p>{this.state.text}</p>
        <Button text={l10n.t('Load it again')} icon="refresh" primary onClick={() => this.props.host.post({ type: 'ready' })} />
      </div>
    );
  }
}
