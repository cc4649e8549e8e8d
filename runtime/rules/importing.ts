import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Problem } from '../../engine/errors.ts'
import { InvalidData } from '../../engine/errors.ts'
import type { Text } from '../../engine/messages.ts'
import type { LawPart } from '../../engine/rules/release.ts'
import { canonicalText } from '../../engine/rules/release.ts'
import type { OfficeId } from '../../engine/state.ts'
import { differenceOf } from './difference.ts'
import type { CaseEdit, Edit } from './edits.ts'
import { Findings } from './findings.ts'
import { loadRules, type RuleCase } from './load.ts'

/** What is asked to be changed by a folder that a unit was exported to and edited in. */
export interface Import {
  readonly edits: readonly Edit[]
  /** What the folder changes and edits cannot say. */
  readonly problems: readonly Problem[]
}

/**
 * Reads a unit that was exported as a folder, and says by which edits the law as it stands becomes what
 * the folder says.
 *
 * @throws InvalidData with every problem of the files
 */
export function importUnit(
  rules: string,
  folder: string,
  now: LawPart,
  cases: readonly RuleCase[],
  words: Text
): Import {
  const read = readOver(rules, folder, now.unit, now.level === 'region' ? 'regions' : 'offices')
  const { edits, problems } = differenceOf(now, read.part, words)
  const own = cases.filter(({ scope }) => scope === now.unit)
  const gone = own.filter(one => !read.cases.some(other => isSame(one, other)))
  return {
    edits: [...edits, ...caseEdits(own, read.cases)],
    problems: [
      ...problems,
      ...gone.map(({ rule, name }) => ({
        path: `<${rule}>`,
        message: `case <${name}> of <${rule}> is missing: a published case is stated anew, not taken out`
      }))
    ]
  }
}

function readOver(rules: string, folder: string, unit: OfficeId, kind: 'regions' | 'offices') {
  const laid = mkdtempSync(join(tmpdir(), 'alur-import-'))
  try {
    cpSync(rules, laid, { recursive: true })
    const given = join(folder, kind, unit)
    if (!existsSync(given)) {
      const message = `expected the folder <${kind}/${unit}>, as an export writes it`
      throw new InvalidData(`folder <${folder}>`, [{ path: folder, message }])
    }
    rmSync(join(laid, kind, unit), { recursive: true, force: true })
    cpSync(given, join(laid, kind, unit), { recursive: true })
    const calendars = join(folder, 'calendars')
    for (const name of existsSync(calendars) ? readdirSync(calendars) : [])
      cpSync(join(calendars, name), join(laid, 'calendars', name))
    const findings = new Findings()
    const { parts, cases } = loadRules(laid, findings)
    const problems = findings.errors()
    const part = parts.get(unit)
    if (problems.length > 0 || part === undefined)
      throw new InvalidData(`folder <${folder}>`, problems)
    return { part, cases: cases.filter(({ scope }) => scope === unit) }
  } finally {
    rmSync(laid, { recursive: true, force: true })
  }
}

function caseEdits(before: readonly RuleCase[], after: readonly RuleCase[]): readonly CaseEdit[] {
  return after
    .filter(one => !before.some(other => canonicalText(other) === canonicalText(one)))
    .map(({ scope: _, office: __, ...one }) => ({ kind: 'case', case: one }))
}

function isSame(a: RuleCase, b: RuleCase): boolean {
  return a.rule === b.rule && a.name === b.name
}
