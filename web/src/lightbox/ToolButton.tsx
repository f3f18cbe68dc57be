import type { LucideIcon } from 'lucide-react';

interface Props {
  icon: LucideIcon;
  label: string;
  /** Whether what it opens beside the picture is open; missing: it opens nothing there. */
  open?: boolean;
  /** Whether what it switches is on; missing: it switches nothing. */
  pressed?: boolean;
  onClick: () => void;
}

/** One of those above the picture. */
export function ToolButton({ icon: Icon, label, open, pressed, onClick }: Props) {
  return (
    <button
      type="button"
      className="yarl__button"
      aria-label={label}
      title={label}
      aria-expanded={open}
      aria-pressed={pressed}
      onClick={onClick}
    >
      <Icon size={22} strokeWidth={1.75} aria-hidden />
    </button>
  );
}
