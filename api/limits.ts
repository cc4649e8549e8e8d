import { RequestRefused } from './refusals.ts'

/** Counts what one key has done within a window of time, in memory. */
export interface Limit {
  /** @throws RequestRefused `too-many` when the key has used up its window */
  check(key: string): void
  count(key: string): void
  /** Takes the last count back. */
  uncount(key: string): void
  forget(key: string): void
}

/** Above this many keys the oldest are forgotten, so that an attacker cannot fill the memory. */
const MOST_KEYS = 10_000

/** At most `most` within `window` milliseconds per key; `now` is a clock that only runs forward. */
export function limitOf(
  most: number,
  window: number,
  now: () => number = () => performance.now()
): Limit {
  const seen = new Map<string, number[]>()
  const recent = (key: string): number[] => (seen.get(key) ?? []).filter(at => at > now() - window)

  return {
    check(key) {
      const times = recent(key)
      const [first] = times
      if (times.length < most || first === undefined) return
      const seconds = Math.ceil((first + window - now()) / 1000)
      throw new RequestRefused(
        'too-many',
        `expected at most ${most} attempts, try again in ${seconds} s`,
        [],
        seconds
      )
    },
    count(key) {
      const times = recent(key)
      seen.delete(key)
      seen.set(key, [...times, now()].slice(-most))
      if (seen.size > MOST_KEYS) seen.delete(seen.keys().next().value as string)
    },
    uncount(key) {
      seen.set(key, recent(key).slice(0, -1))
    },
    forget(key) {
      seen.delete(key)
    }
  }
}

/** One key per IPv4 address, and per /64 of IPv6, which is what one household or office has. */
export function addressKey(address: string): string {
  const plain = address.replace(/^::ffff:/i, '').replace(/%.*$/, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail = ''] = plain.split('::')
  const front = head.split(':').filter(part => part !== '')
  const back = plain.includes('::') ? tail.split(':').filter(part => part !== '') : []
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0')
  return [...front, ...zeros, ...back]
    .slice(0, 4)
    .map(part => part.toLowerCase())
    .join(':')
}
