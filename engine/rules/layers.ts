import { Stuck } from '../errors.ts'
import type { Level } from '../graph.ts'
import type { Citation, Text, TrailStep } from '../messages.ts'
import type { Instant, LocalDate, OfficeId, Value } from '../state.ts'
import { boundsOn, findBreach } from './bounds.ts'
import type { Interval } from './dates.ts'
import { describe, holdsOn } from './dates.ts'
import type { Confidence, Definition, Layer, Stated, StatedValue } from './definitions.ts'
import { fromTheTop } from './definitions.ts'

/** The value of a key at an office on a date, and what every level said. */
export interface Resolved {
  readonly value: Value
  readonly level: Level
  readonly scope: OfficeId
  readonly cites: readonly Citation[]
  readonly confidence: Confidence | null
  readonly remarks: readonly Text[]
  readonly trail: readonly TrailStep[]
}

/**
 * Finds the value of a key: from the nation down, each level's one value that holds on the date takes
 * the place of the one above, unless the level may not state it or it is out of bounds. The order in
 * which layers and values are given does not matter.
 *
 * `knownAt` leaves out what was published later, and takes what has been withdrawn since.
 *
 * @throws Stuck when no value holds, or when two of the same unit hold
 */
export function resolveValue(
  definition: Definition,
  layers: readonly Layer<StatedValue>[],
  at: LocalDate,
  knownAt: Instant | null = null
): Resolved {
  const trail: TrailStep[] = []
  let resolved: Omit<Resolved, 'trail'> | null = null

  for (const { level, scope, statements } of fromTheTop(layers)) {
    const stated = oneThatHolds(definition.key, level, scope, statements, at, knownAt)
    if (!stated) {
      trail.push(step(level, scope, 'none', STATES_NOTHING, null))
      continue
    }
    if (level !== 'national' && !definition.overridableAt.includes(level)) {
      trail.push(
        step(level, scope, 'ignored', `may not be stated at level ${level}`, stated, stated.value)
      )
      continue
    }
    const breach =
      level === 'national'
        ? null
        : findBreach(boundsOn(definition.bounds, at), stated.value, resolved?.value)
    if (breach) {
      trail.push(step(level, scope, 'suspended', breach, stated, stated.value))
      continue
    }
    const instead = resolved ? `instead of ${JSON.stringify(resolved.value)}` : describe(stated)
    trail.push(step(level, scope, 'applied', instead, stated, stated.value))
    resolved = {
      value: stated.value,
      level,
      scope,
      cites: stated.cites,
      confidence: stated.confidence,
      remarks: remarksOf(stated, at)
    }
  }

  if (!resolved) {
    const said = trail.map(
      ({ scope, status, why }) => `<${scope}> ${status === 'none' ? why : `${status}: ${why}`}`
    )
    throw new Stuck('no-value', `key <${definition.key}> has no value on ${at}: ${said.join('; ')}`)
  }
  return { ...resolved, trail }
}

/** What a trail says of a level without a value; the same on every day, as all that a trail says. */
export const STATES_NOTHING = 'states nothing for this day'

function oneThatHolds(
  key: string,
  level: Level,
  scope: OfficeId,
  statements: readonly StatedValue[],
  at: LocalDate,
  knownAt: Instant | null
): StatedValue | null {
  const holding = statements.filter(
    stated => stated.key === key && isKnown(stated, knownAt) && holdsOn(stated, at) !== 'no'
  )
  const [stated, other] = holding
  if (other) {
    const values = holding.map(one => `${JSON.stringify(one.value)} (${describe(one)})`).sort()
    throw new Stuck(
      'no-value',
      `${level} <${scope}> states <${key}> more than once for ${at}: ${values.join(' and ')}`
    )
  }
  return stated ?? null
}

/**
 * Whether a statement was published by then and had not been withdrawn; what stands in the files always was
 * published. Null is now.
 */
export function isKnown({ recordedAt, withdrawnAt }: Stated, knownAt: Instant | null): boolean {
  if (knownAt === null) return !withdrawnAt
  return (recordedAt ?? '') <= knownAt && (!withdrawnAt || withdrawnAt > knownAt)
}

/** What an officer must be told about a statement. */
export function remarksOf(stated: Stated, at: LocalDate): readonly Text[] {
  const remarks: Text[] = []
  if (stated.remark) remarks.push(stated.remark)
  if (stated.assumption)
    remarks.push({
      id: 'Asumsi: tidak dinyatakan oleh sumber mana pun',
      en: 'An assumption: no source states it'
    })
  if (stated.sample) remarks.push({ id: 'Data contoh', en: 'Sample data' })
  if (holdsOn(stated, at) === 'perhaps') {
    remarks.push({
      id: `Hari mulai atau berakhirnya tidak diketahui pasti (${stated.from ?? '?'} – ${stated.to ?? '?'}); pada hari yang hukumnya dipakai mungkin belum atau tidak lagi berlaku`,
      en: `Its first or last day is not fully known (${describe(stated)}); on the day whose law is used it may not hold yet, or no longer`
    })
  }
  return remarks
}

/** One line of a trail. */
export function step(
  level: Level,
  scope: OfficeId,
  status: TrailStep['status'],
  why: string,
  stated: (Interval & Pick<Stated, 'cites' | 'changeSet'>) | null,
  value: Value = null
): TrailStep {
  const { from = null, to = null, cites = [], changeSet } = stated ?? {}
  const plain = { level, scope, status, why, value, from, to, cites }
  return changeSet === undefined ? plain : { ...plain, changeSet }
}
