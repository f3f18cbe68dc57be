import type { MouseEvent, ReactNode } from 'react';
import styles from './Frame.module.css';
import { MainNav } from './MainNav';

/** The ways to all places around the one that is shown. They stay while places change. */
export function Frame({ children }: { children: ReactNode }) {
  return (
    <div className={styles.frame}>
      <a href="#content" className={styles.skip} onClick={skip}>
        Skip to the content
      </a>
      <MainNav />
      <div className={styles.content}>{children}</div>
    </div>
  );
}

/** Not by the address, in which what stands behind the # is a secret. */
function skip(event: MouseEvent): void {
  event.preventDefault();
  const main = document.querySelector('main');
  // Not every one takes the focus by itself.
  if (main?.hasAttribute('tabindex') === false) main.tabIndex = -1;
  main?.focus();
}
