import { memo, useEffect, useRef } from 'react';
import { placeholderPixels } from './placeholderPixels';
import styles from './Placeholder.module.css';

// A thumbnail that the browser still had, or that a good line brings, is there by then, and costs less to draw.
const PATIENCE_MS = 60;

/**
 * The colours of a picture whose thumbnail is on its way. A canvas: as an image of its own it would be an address of
 * 3 KB, which the page's policy would have to let in.
 */
export const Placeholder = memo(function Placeholder({ hash }: { hash: string }) {
  const element = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    // Each by itself, so that a slow phone takes a touch in between.
    const timer = setTimeout(() => draw(element.current, hash), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [hash]);
  return <canvas ref={element} className={styles.placeholder} aria-hidden />;
});

function draw(canvas: HTMLCanvasElement | null, hash: string): void {
  const pixels = placeholderPixels(hash);
  if (!canvas || !pixels) return;
  canvas.width = pixels.width;
  canvas.height = pixels.height;
  canvas.getContext('2d')?.putImageData(new ImageData(pixels.rgba, pixels.width, pixels.height), 0, 0);
}
