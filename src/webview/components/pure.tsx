import { Component, type FunctionComponent } from 'preact';

/**
 * The component, drawn again only when one of its properties is another object or value. (`memo` would bring in
 * preact/compat.) With rows whose objects are kept while they are unchanged, an update touches only what changed.
 */
export function pure<P extends object>(View: FunctionComponent<P>): new (props: P) => Component<P> {
  return class extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      const before = new Map<string, unknown>(Object.entries(this.props));
      const after = Object.entries(next);
      return after.length !== before.size || after.some(([key, value]: [string, unknown]) => !Object.is(before.get(key), value));
    }

    override render() {
      return <View {...this.props} />;
    }
  };
}
