import { CircleCheck, OctagonAlert, TriangleAlert, type LucideIcon } from 'lucide-react';
import type { System } from '../api/system';
import { Panel } from '../ui/Panel';
import styles from './HealthPanel.module.css';
import { runningWords, signsOf, summaryWords, type Grade } from './systemWords';

const ICONS: Record<Grade, LucideIcon> = { trouble: OctagonAlert, care: TriangleAlert, well: CircleCheck };

/** Every part of the server and how it stands; what needs somebody comes first. */
export function HealthPanel({ system }: { system: System }) {
  const signs = signsOf(system);
  return (
    <Panel title={summaryWords(signs)} lead={runningWords(system)}>
      <ul className={styles.signs} aria-label="Parts of the server">
        {signs.map(({ name, grade, words, facts }) => {
          const Icon = ICONS[grade];
          return (
            <li key={name} className={styles.sign} data-grade={grade}>
              <Icon className={styles.icon} size={20} strokeWidth={1.75} aria-hidden />
              <div className={styles.what}>
                <p>
                  <span className={styles.name}>{name}</span> {words}
                </p>
                {facts.map((fact) => (
                  <p key={fact} className={styles.fact}>
                    {fact}
                  </p>
                ))}
              </div>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
