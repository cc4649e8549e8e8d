/** The known name that a misspelt one is most like; null when none is near. */
export function nearest(name: string, known: Iterable<string>): string | null {
  const most = Math.max(2, Math.floor(name.length / 3))
  let best: { readonly name: string; readonly edits: number } | null = null
  for (const each of known) {
    const edits = editsBetween(name.toLowerCase(), each.toLowerCase())
    if (edits <= most && (best === null || edits < best.edits)) best = { name: each, edits }
  }
  return best?.name ?? null
}

/** ` (do you mean <treasurer>?)`, or nothing. */
export function suggestion(name: string, known: Iterable<string>): string {
  const near = nearest(name, known)
  return near === null ? '' : ` (do you mean <${near}>?)`
}

/** How many letters must be put in, left out or changed. */
function editsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let i = 1; i <= one.length; i++) {
    const next = [i]
    for (let j = 1; j <= other.length; j++) {
      const changed = (row[j - 1] as number) + (one[i - 1] === other[j - 1] ? 0 : 1)
      next.push(Math.min(changed, (row[j] as number) + 1, (next[j - 1] as number) + 1))
    }
    row = next
  }
  return row[other.length] as number
}
