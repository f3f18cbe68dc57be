import type { LiveState } from './changes';
import styles from './LiveIndicator.module.css';

const WORDS: Record<LiveState, { label: string; title: string }> = {
  connecting: { label: 'Connecting', title: 'Asking the server for changes' },
  live: { label: 'Live', title: 'New pictures appear by themselves' },
  reconnecting: { label: 'Reconnecting', title: 'The server does not answer; trying again' },
};

interface Props {
  state: LiveState;
  /** Something has just come in. */
  news: boolean;
}

export function LiveIndicator({ state, news }: Props) {
  const { label, title } = WORDS[state];
  return (
    <span className={styles.indicator} data-state={state} data-news={news} title={title} role="status">
      <span className={styles.dot} aria-hidden="true" />
      <span className={styles.label}>{label}</span>
    </span>
  );
}
