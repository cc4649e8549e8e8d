import { Temporal } from 'temporal-polyfill'
import type { Citation, Text } from '../../engine/messages.ts'
import { describe, holdsOn, isDay, vagueness } from '../../engine/rules/dates.ts'
import type { Governed, Stated } from '../../engine/rules/definitions.ts'
import type { Instrument, LawPart } from '../../engine/rules/release.ts'
import type { LocalDate, OfficeId } from '../../engine/state.ts'
import { isEnded } from './instruments.ts'

/** Something that somebody must look at again. */
export interface Review {
  readonly unit: OfficeId
  readonly key: string
  readonly row: string | null
  readonly why: 'review' | 'repealed' | 'partial-dates' | 'unknown-dates'
  readonly text: Text
  readonly cites: readonly Citation[]
}

/**
 * What holds on a day and needs a look: not held against its source for longer than its key allows, resting
 * on an instrument that has ended, or on one whose dates are not known to the day.
 */
export function reviewsOf(
  parts: ReadonlyMap<OfficeId, LawPart>,
  today: LocalDate
): readonly Review[] {
  const all = [...parts.values()]
  const governed = new Map<string, Governed>(
    all.flatMap(({ definitions, tables }) => [
      ...definitions.map(one => [one.key, one] as const),
      ...tables.map(one => [one.rule, one] as const)
    ])
  )
  const national = all.flatMap(({ level, instruments }) =>
    level === 'national' ? instruments : []
  )
  return all.flatMap(part => {
    const known = [...national, ...part.instruments, ...all.flatMap(one => one.instruments)]
    const find = (id: string) => known.find(one => one.id === id)
    const stated = [
      ...part.values.map(one => ({ key: one.key, row: null, one })),
      ...part.tables.flatMap(({ rule, rows }) =>
        rows.map(one => ({ key: rule, row: one.id, one }))
      ),
      ...part.rows.map(one => ({ key: one.rule, row: one.id, one }))
    ]
    return stated
      .filter(({ one }) => (one.withdrawnAt ?? null) === null && holdsOn(one, today) !== 'no')
      .flatMap(({ key, row, one }) =>
        reasons(one, governed.get(key), find, today).map(reason => ({
          unit: part.unit,
          key,
          row,
          ...reason
        }))
      )
  })
}

type Reason = Pick<Review, 'why' | 'text' | 'cites'>

function reasons(
  stated: Stated,
  governed: Governed | undefined,
  find: (id: string) => Instrument | undefined,
  today: LocalDate
): readonly Reason[] {
  const found: Reason[] = []
  const due = governed?.reviewEvery === undefined ? null : dueOf(stated, governed.reviewEvery)
  if (due !== null && due < today) {
    const never = due === NEVER
    found.push({
      why: 'review',
      text: never
        ? { id: 'Belum pernah dicocokkan dengan sumbernya', en: 'Never held against its source' }
        : {
            id: `Harus dicocokkan dengan sumbernya sebelum ${due}`,
            en: `Was to be held against its source by ${due}`
          },
      cites: stated.cites
    })
  }
  for (const cite of stated.cites) {
    const instrument = find(cite.instrument)
    if (!instrument) continue
    const { short, inForce } = instrument
    const [id, en] = [describe(inForce, 'id'), describe(inForce)]
    const vague = vagueness(inForce)
    if (isEnded(instrument, today))
      found.push({
        why: 'repealed',
        text: {
          id: `${short} tidak berlaku lagi (${id})`,
          en: `${short} is no longer in force (${en})`
        },
        cites: [cite]
      })
    else if (vague !== null)
      found.push({
        why: vague === 'partial' ? 'partial-dates' : 'unknown-dates',
        text: {
          id: `${short}: masa berlakunya tidak diketahui sampai harinya (${id})`,
          en: `${short}: when it is in force is not known to the day (${en})`
        },
        cites: [cite]
      })
  }
  return found
}

/** The day by which a statement must be looked at; the beginning of time when nobody ever has. */
function dueOf({ verifiedAt, recordedAt, from }: Stated, every: string): LocalDate {
  const known = recordedAt?.slice(0, 'yyyy-mm-dd'.length)
  const last = verifiedAt ?? known ?? (isDay(from) ? from : null)
  return last === null ? NEVER : Temporal.PlainDate.from(last).add(every).toString()
}
const NEVER: LocalDate = '0000-01-01'

/** How many of each kind, in one line. */
export function reviewLine(reviews: readonly Review[]): string {
  const count = (why: Review['why']) => reviews.filter(one => one.why === why).length
  return (
    `to review: ${count('review')} past their review, ${count('repealed')} on what is no longer in force, ` +
    `${count('partial-dates')} on partial and ${count('unknown-dates')} on unknown dates`
  )
}
