import { CircleCheck, Info, TriangleAlert, X } from 'lucide-react';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import styles from './ToastShelf.module.css';
import { useToasts, type ShownToast } from './toasts';

const ICON = { plain: Info, good: CircleCheck, trouble: TriangleAlert } as const;
/** Leads to the newest message, from wherever the focus is. */
const REACH_KEY = 'F8';
// A hand comes onto the messages, and goes.
const COMES = ['pointerenter', 'focusin'] as const;
const GOES = ['pointerleave', 'focusout'] as const;

/** Where the page's messages appear: once on a page, above everything else. */
export function ToastShelf() {
  const toasts = useToasts();
  const shown = useSyncExternalStore(toasts.subscribe, toasts.shown);
  const shelf = useRef<HTMLElement>(null);
  // Where the focus was before it came here.
  const left = useRef<EventTarget>(null);
  const newest = shown.at(-1);

  useEffect(() => {
    const element = shelf.current;
    element?.hidePopover();
    // Anew each time: what was opened last lies on top, also of a dialog.
    if (newest) element?.showPopover();
    // Whoever was on the last of them would hold the next for ever.
    else toasts.hold(document.hidden);
  }, [newest, toasts]);

  useEffect(() => {
    const element = shelf.current;
    const hold = () => toasts.hold(true);
    const remember = ({ relatedTarget }: FocusEvent) => {
      if (!element?.contains(relatedTarget as Node | null)) left.current = relatedTarget;
    };
    const release = () => toasts.hold(document.hidden);
    const onKey = (event: KeyboardEvent) => {
      if (event.key === REACH_KEY) element?.querySelector<HTMLElement>('li:last-child button')?.focus();
    };
    document.addEventListener('visibilitychange', release);
    window.addEventListener('keydown', onKey);
    element?.addEventListener('focusin', remember);
    for (const comes of COMES) element?.addEventListener(comes, hold);
    for (const goes of GOES) element?.addEventListener(goes, release);
    return () => {
      document.removeEventListener('visibilitychange', release);
      window.removeEventListener('keydown', onKey);
      element?.removeEventListener('focusin', remember);
      for (const comes of COMES) element?.removeEventListener(comes, hold);
      for (const goes of GOES) element?.removeEventListener(goes, release);
    };
  }, [toasts]);

  const dismiss = (id: number) => {
    toasts.dismiss(id);
    // What had it is gone.
    if (left.current instanceof HTMLElement) left.current.focus({ preventScroll: true });
  };

  return (
    <>
      <section ref={shelf} popover="manual" className={styles.shelf} aria-label={`Messages (${REACH_KEY})`}>
        <ul className={styles.list}>
          {shown.map((toast) => (
            <Entry key={toast.id} toast={toast} onDismiss={() => dismiss(toast.id)} />
          ))}
        </ul>
      </section>
      {/* Apart from what is seen: a place that comes and goes is not read out. */}
      <p className="visually-hidden" role="status" aria-label="Messages">
        {newest && spoken(newest)}
      </p>
    </>
  );
}

function spoken({ words, action }: ShownToast): string {
  return action ? `${words.replace(/\.$/, '')}. ${action.label}: ${REACH_KEY}, then Enter.` : words;
}

interface EntryProps {
  toast: ShownToast;
  onDismiss: () => void;
}

function Entry({ toast: { words, tone = 'plain', action }, onDismiss }: EntryProps) {
  const Icon = ICON[tone];
  return (
    <li className={styles.toast} data-tone={tone}>
      <Icon size={18} strokeWidth={1.75} aria-hidden />
      <span className={styles.words}>{words}</span>
      {action && (
        <button
          type="button"
          className={styles.action}
          onClick={() => {
            onDismiss();
            action.run();
          }}
        >
          {action.label}
        </button>
      )}
      <button type="button" className={styles.close} aria-label={`Dismiss: ${words}`} onClick={onDismiss}>
        <X size={16} strokeWidth={1.75} aria-hidden />
      </button>
    </li>
  );
}
