/** Waits until a condition holds; fails after a deadline, saying what was waited for. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what = condition.toString(),
  milliseconds = 8000
): Promise<void> {
  const deadline = performance.now() + milliseconds
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}

/** Time in which something does not happen. */
export function aWhile(milliseconds = 150): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, milliseconds))
}
