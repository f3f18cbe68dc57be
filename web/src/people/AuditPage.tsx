import { useInfiniteQuery } from '@tanstack/react-query';
import { fetchAudit, type AuditEntry } from '../api/people';
import { PageFrame } from '../pages/PageFrame';
import { momentWords } from '../time/words';
import { Button } from '../ui/Button';
import { Problem } from '../ui/Problem';
import styles from './AuditPage.module.css';
import { auditWords } from './auditWords';

const AUDIT_KEY = ['audit'];

/** Who did what, newest first. */
export default function AuditPage() {
  const { data, error, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    queryKey: AUDIT_KEY,
    queryFn: ({ pageParam, signal }) => fetchAudit(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  return (
    <PageFrame title="Audit log" lead="Who signed in and who changed what, for 400 days.">
      <Problem error={error} />
      <ol className={styles.entries} aria-label="What was done, newest first">
        {data?.pages.flatMap(({ entries }) => entries.map((entry) => <Entry key={entry.id} entry={entry} />))}
      </ol>
      {hasNextPage && (
        <Button busy={isFetching} onClick={() => void fetchNextPage()}>
          Show older entries
        </Button>
      )}
    </PageFrame>
  );
}

function Entry({ entry }: { entry: AuditEntry }) {
  return (
    <li className={styles.entry} data-allowed={entry.allowed}>
      <p className={styles.what}>
        <strong className={styles.actor}>{entry.actor}</strong> {auditWords(entry)}
      </p>
      <p className={styles.where}>
        <time dateTime={new Date(entry.at).toISOString()}>{momentWords(entry.at)}</time>
        {entry.address !== '' && ` · from ${entry.address}`}
      </p>
    </li>
  );
}
