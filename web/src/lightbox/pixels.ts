// How large a picture is shown, and what that means in pixels of the screen. Pure.
//
// The library counts its zoom from the picture that fits its room: 1. `fit` is how many CSS pixels each pixel of the
// picture takes then, `density` how many pixels the screen has for each of CSS.

/** The zoom at which every pixel of the picture is one of the screen. */
export function pixelZoom(fit: number, density: number): number {
  return 1 / (fit * density);
}

// The library rounds its zoom to five digits.
const ROUNDING = 1e-4;

/**
 * Whether pixels are drawn as squares: from their own size on, when somebody came that close. A small picture that is
 * enlarged to fit is smoother to look at.
 */
export function showsPixels(zoom: number, fit: number, density: number): boolean {
  const scale = zoom * fit * density;
  return scale > 1 - ROUNDING && (Math.abs(zoom - 1) > ROUNDING || scale < 1 + ROUNDING);
}

/** As small as one may go: what fits, or the picture's own pixels where those are smaller. */
export function smallestZoom(fit: number, density: number): number {
  return Math.min(1, pixelZoom(fit, density));
}

/** "52 %": of the picture's own size. */
export function zoomWords(zoom: number, fit: number, density: number): string {
  return `${Math.round(100 * zoom * fit * density)} %`;
}
