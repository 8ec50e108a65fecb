import { Component, type FunctionComponent } from 'preact';
import type { PageState } from '../state';

/**
 * The component, drawn again only when one of its properties is another object or value. (`memo` would bring in
 * preact/compat.) With rows whose objects are kept while they are unchanged, an update touches only what changed.
 */
export function pure<P extends object>(View: FunctionComponent<P>): new (props: P) => Component<P> {
  return class extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      return isOther(this.props, next);
    }

    override render() {
      return <View {...this.props} />;
    }
  };
}

/**
 * The same for a component that shows parts of the page's state: what comes in between, of which it shows nothing, must not
 * cost its work too. @param parts Each of those that it declares, or it does not compile.
 */
export function pureOf<P extends { readonly state: Partial<PageState> }>(
  parts: Readonly<Record<keyof P['state'] & keyof PageState, true>>,
  View: FunctionComponent<P>,
): new (props: P) => Component<P> {
  const names = Object.keys(parts) as (keyof PageState)[];
  return class extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      const { state, ...others } = this.props;
      const { state: nextState, ...nextOthers } = next;
      return names.some((name) => state[name] !== nextState[name]) || isOther(others, nextOthers);
    }

    override render() {
      return <View {...this.props} />;
    }
  };
}

function isOther(before: object, after: object): boolean {
  const known = new Map<string, unknown>(Object.entries(before));
  const given = Object.entries(after);
  return given.length !== known.size || given.some(([key, value]: [string, unknown]) => !Object.is(known.get(key), value));
}
