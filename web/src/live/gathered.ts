// Many calls in a short time become one.

export interface Gathered {
  call: () => void;
  stop: () => void;
}

/** `run` follows the first call after `soon_ms`, and then a call at most every `rest_ms`. */
export function gathered(run: () => void, soon_ms: number, rest_ms: number): Gathered {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let restUntil = 0;
  return {
    call() {
      if (timer !== undefined) return;
      const wait_ms = Math.max(soon_ms, restUntil - Date.now());
      timer = setTimeout(() => {
        timer = undefined;
        restUntil = Date.now() + rest_ms;
        run();
      }, wait_ms);
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
