import { civil, DAY, dateText, HOUR, MINUTE, SECOND, timeText, weekday } from './civil.ts'
import { offsetAt, zoneText } from './zones.ts'

/** A FEEL date, time, date and time, or duration. Values of one kind are ordered by `order`. */
export abstract class Temporal {
  abstract readonly kind:
    | 'date'
    | 'time'
    | 'date and time'
    | 'days and time duration'
    | 'years and months duration'
  abstract readonly order: number
  /** ISO 8601. */
  abstract toString(): string
  /** The value of a property such as `year`; undefined when there is none. */
  abstract property(name: string): unknown
}

/** A calendar date, kept as the days since 1970-01-01. */
export class FeelDate extends Temporal {
  readonly kind = 'date'
  readonly order: number
  constructor(day: number) {
    super()
    this.order = day
  }
  override toString(): string {
    return dateText(this.order)
  }
  property(name: string): unknown {
    return dateProperty(this.order, name)
  }
}

/** A time of day, kept in milliseconds since midnight. */
export class FeelTime extends Temporal {
  readonly kind = 'time'
  readonly order: number
  readonly milliseconds: number
  readonly zone: string | null
  constructor(milliseconds: number, zone: string | null) {
    super()
    this.milliseconds = milliseconds
    this.zone = zone
    this.order = zone === null ? milliseconds : milliseconds - offsetAt(0, milliseconds, zone)
  }
  override toString(): string {
    return timeText(this.milliseconds) + zoneText(this.zone)
  }
  property(name: string): unknown {
    return timeProperty(this.milliseconds, this.zone, name)
  }
}

/** A date and time by the clock on the wall, in a zone or in none. */
export class FeelDateTime extends Temporal {
  readonly kind = 'date and time'
  readonly order: number
  readonly day: number
  readonly milliseconds: number
  readonly zone: string | null
  constructor(day: number, milliseconds: number, zone: string | null) {
    super()
    this.day = day
    this.milliseconds = milliseconds
    this.zone = zone
    const local = day * DAY + milliseconds
    this.order = zone === null ? local : local - offsetAt(day, milliseconds, zone)
  }
  override toString(): string {
    return `${dateText(this.day)}T${timeText(this.milliseconds)}${zoneText(this.zone)}`
  }
  property(name: string): unknown {
    return dateProperty(this.day, name) ?? timeProperty(this.milliseconds, this.zone, name)
  }
}

/** A duration of days and time, kept in milliseconds. */
export class DayTimeDuration extends Temporal {
  readonly kind = 'days and time duration'
  readonly order: number
  constructor(milliseconds: number) {
    super()
    this.order = milliseconds === 0 ? 0 : milliseconds
  }
  override toString(): string {
    if (this.order === 0) return 'PT0S'
    const total = Math.abs(this.order)
    const days = Math.floor(total / DAY)
    const hours = Math.floor((total % DAY) / HOUR)
    const minutes = Math.floor((total % HOUR) / MINUTE)
    const seconds = (total % MINUTE) / SECOND
    const time = part(hours, 'H') + part(minutes, 'M') + part(seconds, 'S')
    return `${this.order < 0 ? '-' : ''}P${part(days, 'D')}${time && `T${time}`}`
  }
  property(name: string): unknown {
    switch (name) {
      case 'days':
        return whole(this.order / DAY)
      case 'hours':
        return whole((this.order % DAY) / HOUR)
      case 'minutes':
        return whole((this.order % HOUR) / MINUTE)
      case 'seconds':
        return whole((this.order % MINUTE) / SECOND)
      default:
        return undefined
    }
  }
}

/** A duration of years and months, kept in months. */
export class YearMonthDuration extends Temporal {
  readonly kind = 'years and months duration'
  readonly order: number
  constructor(months: number) {
    super()
    this.order = months === 0 ? 0 : months
  }
  override toString(): string {
    if (this.order === 0) return 'P0M'
    const months = Math.abs(this.order)
    return `${this.order < 0 ? '-' : ''}P${part(Math.floor(months / 12), 'Y')}${part(months % 12, 'M')}`
  }
  property(name: string): unknown {
    if (name === 'years') return whole(this.order / 12)
    return name === 'months' ? whole(this.order % 12) : undefined
  }
}
export type FeelDuration = DayTimeDuration | YearMonthDuration

function dateProperty(day: number, name: string): number | undefined {
  switch (name) {
    case 'year':
      return civil(day)[0]
    case 'month':
      return civil(day)[1]
    case 'day':
      return civil(day)[2]
    case 'weekday':
      return weekday(day)
    default:
      return undefined
  }
}

function timeProperty(milliseconds: number, zone: string | null, name: string): unknown {
  switch (name) {
    case 'hour':
      return Math.floor(milliseconds / HOUR)
    case 'minute':
      return Math.floor((milliseconds % HOUR) / MINUTE)
    case 'second':
      return Math.floor((milliseconds % MINUTE) / SECOND)
    case 'timezone':
      return zone
    default:
      return undefined
  }
}

function part(amount: number, unit: string): string {
  return amount === 0 ? '' : `${amount}${unit}`
}

/** Cuts towards zero, and never gives a negative zero. */
function whole(value: number): number {
  return Math.trunc(value) + 0
}
