import { useCallback, useContext, useState } from 'preact/hooks';
import { PageContext } from './context';

/**
 * A choice among some texts that outlives the page, which VS Code throws away when the panel is hidden.
 *
 * @param key The name it is kept under.
 * @param choices What may be chosen, the default first: what is remembered may come from another version of the page.
 */
export function useRememberedChoice<T extends string>(key: string, choices: readonly [T, ...T[]]): readonly [T, (choice: T) => void] {
  const host = useContext(PageContext)?.host;
  const [chosen, setChosen] = useState<T>(() => choices.find((choice) => choice === host?.recall(key)[0]) ?? choices[0]);
  const choose = useCallback(
    (choice: T) => {
      host?.remember(key, [choice]);
      setChosen(choice);
    },
    [host, key],
  );
  return [chosen, choose];
}
