import type { LucideIcon } from 'lucide-react';

interface Props {
  icon: LucideIcon;
  label: string;
  open: boolean;
  onClick: () => void;
}

/** Opens and closes what stands beside the picture. */
export function PanelButton({ icon: Icon, label, open, onClick }: Props) {
  return (
    <button
      type="button"
      className="yarl__button"
      aria-label={label}
      title={label}
      aria-expanded={open}
      onClick={onClick}
    >
      <Icon size={22} strokeWidth={1.75} aria-hidden />
    </button>
  );
}
