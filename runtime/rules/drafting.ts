import type { Problem } from '../../engine/errors.ts'
import { ancestorsOf } from '../../engine/offices/ancestors.ts'
import type { OfficeTree } from '../../engine/offices/resolve.ts'
import type { Authorship } from '../../engine/rules/splice.ts'
import type { OfficeId } from '../../engine/state.ts'
import { applyEdits, type Stating } from './applying.ts'
import { checkNation, checkPart } from './assemble.ts'
import { meet, subjectOf } from './edit-days.ts'
import type { Edit } from './edits.ts'
import { type Finding, Findings, problemOf } from './findings.ts'
import type { Invariant } from './invariants.ts'
import { makeReleases, type OpenLaw, openAll } from './laws.ts'
import { type Schemas, schemaProblems } from './schemas.ts'
import type { StoredLaw } from './statements.ts'

/** The law as it stands. */
export interface Standing extends Stating {
  /** What the files state, before anything that change sets have published. */
  readonly files: Stating
  readonly tree: OfficeTree
  readonly schemas: Schemas
  /** What the nation asks of several keys together. */
  readonly invariants: readonly Invariant[]
  readonly laws: ReadonlyMap<OfficeId, OpenLaw>
}

/** The law as edits would make it. */
export interface Drafted extends Stating {
  /** Of every unit; where nothing changes it is the law that stands. */
  readonly laws: ReadonlyMap<OfficeId, OpenLaw>
  readonly stored: StoredLaw
  /** What keeps it from being published. Paths are JSON pointers: `/edits/2/value`. */
  readonly problems: readonly Problem[]
  /** What must be known and forbids nothing, as a value of an office that it would suspend. */
  readonly notices: readonly Problem[]
}

/** Makes the law as it would be with edits of one unit, and says everything that is wrong with it. */
export function draftLaw(
  standing: Standing,
  scope: OfficeId,
  edits: readonly Edit[],
  by: Authorship
): Drafted {
  const { tree, schemas } = standing
  const validate = schemas('edit')
  const unfit = edits.map((edit, index) =>
    schemaProblems(validate, edit).map(problem => ({
      ...problem,
      path: `/edits/${index}${problem.path}`
    }))
  )
  // an edit that does not fit its schema is left out, and the others keep their numbers
  const findings = new Findings()
  const fit = edits.filter((_, index) => unfit[index]!.length === 0)
  const numbers = edits.flatMap((_, index) => (unfit[index]!.length === 0 ? [index] : []))
  const after = applyEdits(standing, scope, fit, by, findings)
  const units = below(tree, scope)
  const found = [
    ...findings.all.map(finding => ({ unit: scope, finding })),
    ...check(tree, after, scope, units, findings)
  ]
  const before = found.length === 0 ? NONE : findingsBefore(standing, scope, units)
  const news = found.filter(({ unit, finding }) => !before.has(nameOf(unit, finding)))
  const told = news.map(({ unit, finding }) => ({
    blocks: finding.kind === 'error' || (finding.kind === 'suspended' && isOwn(finding)),
    problem: isOwn(finding)
      ? { ...problemOf(finding), path: renumbered(finding.path, numbers) }
      : elsewhere(unit, finding)
  }))
  const stored = makeReleases(tree, after.parts)
  return {
    ...after,
    laws: openAll(stored, standing.laws),
    stored,
    problems: [
      ...unfit.flat(),
      ...rivals(fit, numbers),
      ...told.flatMap(({ blocks, problem }) => (blocks ? [problem] : []))
    ],
    notices: told.flatMap(({ blocks, problem }) => (blocks ? [] : [problem]))
  }
}

/** What is said of the law as it stands, reckoned once for each unit that drafts. */
function findingsBefore(
  { tree, ...standing }: Standing,
  scope: OfficeId,
  units: readonly OfficeId[]
): ReadonlySet<string> {
  const known = said.get(standing.parts) ?? new Map<OfficeId, ReadonlySet<string>>()
  said.set(standing.parts, known)
  const before = known.get(scope)
  if (before) return before
  const found = check(tree, standing, scope, units, new Findings())
  const names = new Set(found.map(({ unit, finding }) => nameOf(unit, finding)))
  known.set(scope, names)
  return names
}
const said = new WeakMap<Stating['parts'], Map<OfficeId, ReadonlySet<string>>>()
const NONE: ReadonlySet<string> = new Set()

interface Found {
  readonly unit: OfficeId
  readonly finding: Finding
}

function check(
  tree: OfficeTree,
  { parts }: Stating,
  scope: OfficeId,
  units: readonly OfficeId[],
  findings: Findings
): readonly Found[] {
  const found: Found[] = []
  const note = (unit: OfficeId, run: () => void) => {
    const start = findings.all.length
    run()
    found.push(...findings.all.slice(start).map(finding => ({ unit, finding })))
  }
  const own = parts.get(scope)
  if (own?.level === 'national') note(scope, () => checkNation(own, findings))
  for (const unit of units) {
    const part = parts.get(unit)
    if (part) note(unit, () => checkPart(tree, parts, part, findings))
  }
  return found
}

/** The unit and every unit that was ever under it. */
export function below(tree: OfficeTree, scope: OfficeId): readonly OfficeId[] {
  return [...tree.units.keys()].filter(
    id => id === scope || ancestorsOf(tree, id).some(({ unit }) => unit.id === scope)
  )
}

function nameOf(unit: OfficeId, { kind, path, message }: Finding): string {
  return `${kind} ${unit} ${path} ${message}`
}

function isOwn({ path }: Finding): boolean {
  return path.startsWith('/edits/')
}

function elsewhere(unit: OfficeId, finding: Finding): Problem {
  const { message, text } = problemOf(finding)
  const path = finding.path === '' ? unit : `${unit} ${finding.path}`
  const named = (words: string) => (words.includes(`<${unit}>`) ? words : `<${unit}>: ${words}`)
  return text
    ? { path, message: named(message), text: { id: named(text.id), en: named(text.en) } }
    : { path, message: named(message) }
}

function renumbered(path: string, numbers: readonly number[]): string {
  return path.replace(/^\/edits\/(\d+)/, (_, index: string) => `/edits/${numbers[Number(index)]}`)
}

/** Two edits of one change set that say something of the same thing for the same days. */
function rivals(edits: readonly Edit[], numbers: readonly number[]): readonly Problem[] {
  return edits.flatMap((edit, index) => {
    const other = edits.findIndex((one, nth) => nth < index && meet(one, edit))
    if (other < 0 || edit.kind === 'calendar') return []
    return [
      {
        path: `/edits/${numbers[index]}`,
        message: `expected one edit of <${subjectOf(edit)}> for each day, found edit ${numbers[other]! + 1} and edit ${numbers[index]! + 1} for the same`,
        text: {
          id: `Perubahan ${numbers[other]! + 1} dan ${numbers[index]! + 1} menyatakan <${subjectOf(edit)}> untuk hari yang sama`,
          en: `Edits ${numbers[other]! + 1} and ${numbers[index]! + 1} both state <${subjectOf(edit)}> for the same days`
        }
      }
    ]
  })
}
