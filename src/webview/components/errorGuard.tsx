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

/** Says so when something inside could not be drawn: without it the page would go on showing old figures as if nothing were. */
export class ErrorGuard extends Component<ErrorGuardProps, { readonly problem: string | null }> {
  override state = { problem: null };

  override componentDidCatch(error: unknown): void {
    this.setState({ problem: visibleText(error instanceof Error ? error.message : String(error), MESSAGE_CHARACTERS) });
  }

  override render() {
    if (this.state.problem === null) return this.props.children;
    return (
      <main class="empty" role="alert">
        <Icon name="error" />
        <h2>The profiler could not draw its page.</h2>
        <p>{this.state.problem}</p>
        <Button text="Load it again" icon="refresh" primary onClick={() => this.#retry()} />
      </main>
    );
  }

  /** What could not be drawn came from the host, so its answer to a fresh page is what can help. */
  #retry(): void {
    this.setState({ problem: null });
    this.props.host.post({ type: 'ready' });
  }
}
