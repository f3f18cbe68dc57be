import { Fragment, useLayoutEffect, useRef } from 'react';
import styles from './ShortcutSheet.module.css';
import { SHORTCUTS } from './shortcuts';

interface Props {
  open: boolean;
  onClose: () => void;
}

export function ShortcutSheet({ open, onClose }: Props) {
  return open && <Sheet onClose={onClose} />;
}

function Sheet({ onClose }: Pick<Props, 'onClose'>) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // Before it is taken away, or the focus would not go back to where it was.
    return () => shown?.close();
  }, []);

  return (
    <dialog ref={dialog} className={styles.sheet} aria-labelledby="shortcuts-title" onClose={onClose}>
      <h2 id="shortcuts-title" className={styles.title}>
        Keyboard
      </h2>
      <div className={styles.groups}>
        {SHORTCUTS.map(({ where, keys }) => (
          <section key={where} className={styles.group}>
            <h3 className={styles.where}>{where}</h3>
            <dl>
              {keys.map(({ keys: names, action, inTurn }) => (
                <div key={action} className={styles.shortcut}>
                  <dt className={styles.names}>
                    {names.map((name, i) => (
                      <Fragment key={name}>
                        {inTurn && i > 0 && <span className={styles.then}>then</span>}
                        <kbd className={styles.name}>{name}</kbd>
                      </Fragment>
                    ))}
                  </dt>
                  <dd>{action}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <form method="dialog">
        <button type="submit" className={styles.close}>
          Close
        </button>
      </form>
    </dialog>
  );
}
