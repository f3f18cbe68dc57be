import type { ReactNode } from 'react';
import styles from './Form.module.css';

interface Props {
  onSubmit: () => void;
  children: ReactNode;
}

/** Fields, one below the other, whose answer the page sends by itself. */
export function Form({ onSubmit, children }: Props) {
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}

/** The buttons at its end. */
export function FormButtons({ children }: { children: ReactNode }) {
  return <div className={styles.buttons}>{children}</div>;
}
