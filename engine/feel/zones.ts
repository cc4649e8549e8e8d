import { Temporal } from 'temporal-polyfill'
import { dateText, HOUR, MINUTE, timeText, two } from './civil.ts'

/** The zone of a suffix; null without one, undefined when there is no such zone. */
export function readZone(suffix: string | undefined): string | null | undefined {
  if (!suffix) return null
  if (suffix === 'Z') return 'UTC'
  const zone = suffix.startsWith('@') ? suffix.slice(1) : suffix
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
    return zone
  } catch {
    return undefined
  }
}

/** A fixed offset of whole minutes as a zone: `+07:00`. */
export function offsetZone(milliseconds: number): string | null {
  const minutes = milliseconds / MINUTE
  if (!Number.isInteger(minutes) || Math.abs(minutes) >= 24 * 60) return null
  const total = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(total / 60))}:${two(total % 60)}`
}

/** How far a zone is ahead of UTC at a moment by its own clock, in milliseconds. */
export function offsetAt(day: number, milliseconds: number, zone: string): number {
  const fixed = fixedOffset(zone)
  if (fixed !== null) return fixed
  const local = `${dateText(day)}T${timeText(milliseconds)}`
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone).offsetNanoseconds / 1e6
}

/** How far a zone is ahead of UTC at a moment in milliseconds since 1970. */
export function offsetOf(moment: number, zone: string): number {
  const instant = Temporal.Instant.fromEpochMilliseconds(moment)
  return fixedOffset(zone) ?? instant.toZonedDateTimeISO(zone).offsetNanoseconds / 1e6
}

function fixedOffset(zone: string): number | null {
  if (zone === 'UTC') return 0
  const parts = /^([+-])(\d{2}):(\d{2})$/.exec(zone)
  if (!parts) return null
  const offset = Number(parts[2]) * HOUR + Number(parts[3]) * MINUTE
  return parts[1] === '-' ? -offset : offset
}

/** A zone as FEEL writes it behind a time. */
export function zoneText(zone: string | null): string {
  if (zone === null) return ''
  if (zone === 'UTC') return 'Z'
  return /^[+-]/.test(zone) ? zone : `@${zone}`
}
