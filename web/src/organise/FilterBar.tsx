import { useMutation } from '@tanstack/react-query';
import { Download, Table2, X } from 'lucide-react';
import type { FilterQuery } from '../api/gallery';
import { prepareFilteredArchive } from '../api/organise';
import { useGroups } from '../people/usePeople';
import { mayAdminister } from '../session/rights';
import { useVisit } from '../session/visit';
import { pictureWords } from '../time/words';
import { isolated } from '../ui/isolated';
import { problemWords } from '../ui/troubleWords';
import { chipsOf, NO_FILTER, type Filter } from './filter';
import styles from './FilterBar.module.css';

interface Props {
  filter: Filter;
  /** As the server is asked for what is shown. */
  query: FilterQuery;
  total: number;
  nameOf: (camera: string) => string;
  onFilter: (filter: Filter) => void;
  onExport: () => void;
}

/** What is chosen of the pictures: each part can be taken away. */
export function FilterBar({ filter, query, total, nameOf, onFilter, onExport }: Props) {
  const { person } = useVisit();
  const { data: groups } = useGroups(filter.group !== undefined && mayAdminister(person));
  const group = groups?.find(({ id }) => id === filter.group)?.name;
  const zip = useMutation({
    mutationFn: () => prepareFilteredArchive(query),
    onSuccess: ({ url }) => window.location.assign(url),
  });
  return (
    <section className={styles.bar} aria-label="Filter">
      <ul className={styles.chips}>
        {chipsOf(filter, nameOf, group).map(({ words, without }) => (
          <li key={words}>
            <button
              type="button"
              className={styles.chip}
              aria-label={`Without ${isolated(words)}`}
              onClick={() => onFilter(without)}
            >
              <bdi className={styles.words}>{words}</bdi> <X size={14} strokeWidth={2} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      <span className={styles.count} aria-live="polite">
        {pictureWords(total)}
      </span>
      <button type="button" className={styles.action} disabled={zip.isPending} onClick={() => zip.mutate()}>
        <Download size={14} strokeWidth={2} aria-hidden /> ZIP
        <span className="visually-hidden"> of all that are shown</span>
      </button>
      <button type="button" className={styles.action} onClick={onExport}>
        <Table2 size={14} strokeWidth={2} aria-hidden /> Export
        <span className="visually-hidden"> all that are shown as a table</span>
      </button>
      <button type="button" className={styles.action} onClick={() => onFilter(NO_FILTER)}>
        Show all
      </button>
      {zip.error && (
        <p className={styles.problem} role="alert">
          {problemWords(zip.error)}
        </p>
      )}
    </section>
  );
}
