import { useEffect, useRef } from 'react';
import styles from './ShortcutSheet.module.css';

const SHORTCUTS: readonly { where: string; keys: readonly (readonly [keys: string[], action: string])[] }[] =
  [
    {
      where: 'Pictures',
      keys: [
        [['←', '→', '↑', '↓'], 'Go from picture to picture'],
        [['Page Up', 'Page Down'], 'A screen at a time'],
        [['Home', 'End'], 'Newest, oldest'],
        [['Enter'], 'Open the picture'],
      ],
    },
    {
      where: 'One picture',
      keys: [
        [['←', '→'], 'Newer, older'],
        [['+', '−'], 'Zoom'],
        [['F'], 'Full screen'],
        [['Esc'], 'Back to the pictures'],
      ],
    },
    { where: 'Anywhere', keys: [[['?'], 'Show or hide this sheet']] },
  ];

interface Props {
  open: boolean;
  onClose: () => void;
}

export function ShortcutSheet({ open, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);

  return (
    <dialog ref={dialog} className={styles.sheet} aria-labelledby="shortcuts-title" onClose={onClose}>
      <h2 id="shortcuts-title" className={styles.title}>
        Keyboard
      </h2>
      {SHORTCUTS.map(({ where, keys }) => (
        <section key={where} className={styles.group}>
          <h3 className={styles.where}>{where}</h3>
          <dl>
            {keys.map(([names, action]) => (
              <div key={action} className={styles.shortcut}>
                <dt className={styles.names}>
                  {names.map((name) => (
                    <kbd key={name} className={styles.name}>
                      {name}
                    </kbd>
                  ))}
                </dt>
                <dd>{action}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <form method="dialog">
        <button type="submit" className={styles.close}>
          Close
        </button>
      </form>
    </dialog>
  );
}
