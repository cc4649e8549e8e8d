import { join } from 'node:path'
import type { Problem } from '../../engine/errors.ts'
import type { Instant, OfficeId } from '../../engine/state.ts'
import { draftLaw, type Standing } from '../../runtime/rules/drafting.ts'
import { makeReleases, type OpenLaw, openAll } from '../../runtime/rules/laws.ts'
import { readSchemas } from '../../runtime/rules/schemas.ts'
import type { Change, World } from './law.ts'

export const WORDS = { id: 'Contoh', en: 'A sample' }
const schemas = readSchemas(join(import.meta.dirname, '..', '..', 'rules', 'schema'))

/** The moment of the nth publication; -1 is before the first. */
export function at(nth: number): Instant {
  return new Date(Date.UTC(2020, 5, 1) + nth * 1000).toISOString()
}

/** The law of a world before anything was published. */
export function standingOf({ tree, parts }: World): Standing {
  const stating = { parts: new Map(parts.map(part => [part.unit, part])), cases: [] }
  const laws = openAll(makeReleases(tree, stating.parts))
  return { ...stating, files: stating, tree, schemas, invariants: [], laws }
}

export function lawOf({ laws }: Standing, office: OfficeId): OpenLaw {
  return laws.get(office)!
}

/** Publishes what may be published of some changes; the first gets the number `first`. */
export function publish(
  standing: Standing,
  changes: readonly Change[],
  first = 0
): {
  readonly standing: Standing
  readonly published: readonly string[]
  readonly problems: readonly Problem[]
} {
  let now = standing
  const published: string[] = []
  const problems: Problem[] = []
  changes.forEach(({ scope, edits }, nth) => {
    const changeSet = `cs-${first + nth}`
    const drafted = draftLaw(now, scope, edits, { at: at(first + nth), changeSet })
    problems.push(...drafted.problems)
    if (drafted.problems.length > 0) return
    const { parts, cases, laws } = drafted
    now = { ...now, parts, cases, laws }
    published.push(changeSet)
  })
  return { standing: now, published, problems }
}
