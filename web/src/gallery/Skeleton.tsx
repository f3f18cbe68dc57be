import styles from './Skeleton.module.css';

const TILES = 40;

/** The wall before anything is known of it. */
export function Skeleton() {
  return (
    <main className={styles.skeleton} aria-busy="true">
      <p className="visually-hidden">Loading the pictures</p>
      <div className={styles.heading} />
      <div className={styles.tiles}>
        {Array.from({ length: TILES }, (_, i) => (
          <div key={i} className={styles.tile} />
        ))}
      </div>
    </main>
  );
}
