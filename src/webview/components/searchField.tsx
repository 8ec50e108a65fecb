import './searchField.css';
import * as l10n from '@vscode/l10n';
import { useEffect, useState } from 'preact/hooks';
import { formatQuantity } from '../../model/format';

interface SearchFieldProps {
  readonly id: string;
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  /** Rows that are left; null while they are looked for. */
  readonly count: number | null;
  onInput(text: string): void;
}

/** How long nothing must be typed before the result is told. */
const TELL_AFTER = 700;

/** A search field for a list. What it leaves is told to those who do not see the list: once per search, not with each reading. */
export function SearchField({ id, label, placeholder, value, count, onInput }: SearchFieldProps) {
  const [told, setTold] = useState('');
  useEffect(() => {
    if (value === '') {
      setTold('');
      return;
    }
    const timer = setTimeout(() => setTold(l10n.t('{0} found', formatQuantity(count ?? 0, 'row'))), TELL_AFTER);
    return () => clearTimeout(timer);
  }, [value]);
  return (
    <>
      <input
        type="search"
        class="search"
        data-test={id}
        placeholder={placeholder}
        aria-label={label}
        maxLength={200}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <span class="unseen" role="status">
        {told}
      </span>
    </>
  );
}

interface SortSelectProps<Id extends string> {
  readonly id: string;
  readonly options: readonly (readonly [id: Id, text: string])[];
  readonly value: Id;
  onChange(id: Id): void;
}

export function SortSelect<Id extends string>({ id, options, value, onChange }: SortSelectProps<Id>) {
  return (
    <label class="sort">
      {l10n.t('Sort by')}
      <select data-test={id} value={value} onChange={(event) => onChange(options.find(([known]) => known === event.currentTarget.value)?.[0] ?? value)}>
        {options.map(([known, text]) => (
          <option key={known} value={known}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
