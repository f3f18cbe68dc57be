import { numberWords } from '../time/words';
import { Bars } from '../ui/Bars';

/** A camera's last days at a glance, today last: a day without a picture is a dash on the ground. */
export function Sparkline({ days }: { days: readonly number[] }) {
  const most = Math.max(...days);
  const missing = days.filter((count) => count === 0).length;
  const words = `Pictures a day over ${days.length} days: ${numberWords(most)} at most, ${missing} without any`;
  return <Bars shares={days.map((count) => count / (most || 1))} barWidth={6} height={24} label={words} />;
}
