import { ScanSearch } from 'lucide-react';

interface Props {
  shown: boolean;
  onToggle: () => void;
}

/** Shows and hides what was found in the picture. */
export function BoxesButton({ shown, onToggle }: Props) {
  return (
    <button
      type="button"
      className="yarl__button"
      aria-label="Boxes of what was found"
      title="Boxes of what was found"
      aria-pressed={shown}
      onClick={onToggle}
    >
      <ScanSearch size={22} strokeWidth={1.75} aria-hidden />
    </button>
  );
}
