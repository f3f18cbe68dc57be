import { useInfiniteQuery } from '@tanstack/react-query';
import { fetchAudit, type AuditEntry } from '../api/people';
import { PageFrame } from '../pages/PageFrame';
import { momentWords } from '../time/words';
import { Awaited, Nothing } from '../ui/Awaited';
import { Button } from '../ui/Button';
import styles from './AuditPage.module.css';
import { auditWords } from './auditWords';

const AUDIT_KEY = ['audit'];

/** Who did what, newest first. */
export default function AuditPage() {
  const audit = useInfiniteQuery({
    queryKey: AUDIT_KEY,
    queryFn: ({ pageParam, signal }) => fetchAudit(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  return (
    <PageFrame title="Audit log" lead="Who signed in and who changed what, for 400 days.">
      <Awaited query={audit} what="the log">
        {({ pages }) => {
          const all = pages.flatMap(({ entries }) => entries);
          return all.length === 0 ? (
            <Nothing>Nobody has done anything yet.</Nothing>
          ) : (
            <ol className={styles.entries} aria-label="What was done, newest first">
              {all.map((entry) => (
                <Entry key={entry.id} entry={entry} />
              ))}
            </ol>
          );
        }}
      </Awaited>
      {audit.hasNextPage && (
        <Button busy={audit.isFetching} onClick={() => void audit.fetchNextPage()}>
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
