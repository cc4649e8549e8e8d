import { readFile } from 'node:fs/promises'
import type { ChangeSetView } from '../../api/law.ts'
import { RequestRefused } from '../../api/refusals.ts'
import type { Actor } from '../../engine/context.ts'
import { CommandRefused, InvalidData } from '../../engine/errors.ts'
import { addDays, localDate } from '../../engine/time.ts'
import { ChangeConflict } from '../../runtime/rules/change-sets.ts'
import type { ChangeContent } from '../../runtime/rules/edits.ts'
import type { ImpactReport } from '../../runtime/rules/impact.ts'
import { counted, UsageError } from '../commands.ts'
import { type Installation, openInstallation } from '../installation.ts'
import { BadOption } from '../options.ts'
import { signIn } from '../sign-in.ts'
import { dayOption, needed, only, read, type Verb } from './verbs.ts'

const BY = { by: { type: 'string' }, json: { type: 'boolean' } } as const
type As = (installation: Installation, actor: Actor) => Promise<number>

/** Opens the data folder, signs in, and says what is refused in a line. */
export async function as(by: string | undefined, act: As): Promise<number> {
  const name = needed('--by, the sign-in name of who does it', by)
  const installation = await openInstallation()
  try {
    const actor = await signIn(installation.people, name)
    return actor === null ? 1 : await act(installation, actor)
  } catch (error) {
    const refused =
      error instanceof CommandRefused ||
      error instanceof RequestRefused ||
      error instanceof ChangeConflict
    if (!refused || error instanceof InvalidData) throw error
    console.error(`${'code' in error ? `${error.code}: ` : ''}${error.message}`)
    return 1
  } finally {
    await installation.close()
  }
}

/** `alur rules changes`: the change sets of the own unit and those below it. */
export const list: Verb = async args => {
  const { values } = read(args, BY)
  return as(values.by, async ({ changes }, actor) => {
    const { rows } = await changes.changeSets(actor, { limit: 100 })
    for (const row of rows) {
      const { id, state, scope, from, title } = row
      if (values.json) console.log(JSON.stringify(row))
      else console.log(`${id} ${state} ${scope} ${from ?? '-'} ${title.id} (${title.en})`)
    }
    return 0
  })
}

/** `alur rules show`: one change set, with a sentence for each edit and what is wrong with it. */
export const show: Verb = async args => {
  const { values, positionals } = read(args, BY)
  const id = only(positionals, 'the id of one change set')
  return as(values.by, async ({ changes }, actor) =>
    printed(await changes.changeSet(actor, id), values.json)
  )
}

/** `alur rules draft`: content in a file becomes a change set, is checked, measured, and submitted when nothing is wrong. */
export const draft: Verb = async args => {
  const { values, positionals } = read(args, { ...BY, days: { type: 'string' } })
  const file = only(positionals, 'one file with the content of a change set')
  const content = await contentIn(file)
  return as(values.by, (installation, actor) =>
    propose(installation, actor, content, values.json, daysOf(values.days))
  )
}

/** Drafts, checks, measures and submits; what is wrong is printed, and the draft stays to be mended. */
export async function propose(
  installation: Installation,
  actor: Actor,
  content: ChangeContent,
  json: boolean | undefined,
  days: number
): Promise<number> {
  const { id } = await installation.changes.draftChange(actor, content)
  return finish(installation, actor, id, json, days)
}

async function finish(
  installation: Installation,
  actor: Actor,
  id: string,
  json: boolean | undefined,
  days: number
): Promise<number> {
  const { changes } = installation
  const checked = await changes.checkChange(actor, id)
  if ((checked.check?.problems.length ?? 0) > 0) return printed(checked, json)
  await measured(installation, actor, id, days)
  const { version } = await changes.changeSet(actor, id)
  return printed(await changes.submitChange(actor, { id, version }), json)
}

/** `alur rules impact`: what a change set would have done to the decisions of a period, and does to open cases. */
export const impact: Verb = async args => {
  const options = { ...BY, days: { type: 'string' } } as const
  const { values, positionals } = read(args, options)
  const id = only(positionals, 'the id of one change set')
  return as(values.by, async (installation, actor) => {
    const report = await measured(installation, actor, id, daysOf(values.days))
    if (values.json) console.log(JSON.stringify(report))
    else for (const line of reportLines(report)) console.log(line)
    return report.decisions.notReproduced === 0 ? 0 : 1
  })
}

async function measured(
  { changes, rulebook, clock }: Installation,
  actor: Actor,
  id: string,
  days: number
): Promise<ImpactReport> {
  const zone = rulebook.offices().find(office => office.id === actor.unit)?.timeZone
  const to = localDate(clock.now(), zone ?? 'Asia/Jakarta')
  return changes.measureImpact(actor, { id, from: addDays(to, -days), to })
}

/** `alur rules publish`: a second person approves what was submitted, and it holds from its days on. */
export const publish: Verb = async args => {
  const { values, positionals } = read(args, BY)
  const id = only(positionals, 'the id of one change set')
  return as(values.by, async ({ changes }, actor) => {
    const { contentHash, impact: report } = await changes.changeSet(actor, id)
    const impactHash = report?.hash ?? ''
    return printed(await changes.approveChange(actor, { id, contentHash, impactHash }), values.json)
  })
}

/** `alur rules revert`: drafts, checks, measures and submits what brings back what held before a change set. */
export const revert: Verb = async args => {
  const options = {
    ...BY,
    from: { type: 'string' },
    reason: { type: 'string' },
    days: { type: 'string' }
  } as const
  const { values, positionals } = read(args, options)
  const id = only(positionals, 'the id of one change set')
  const from = dayOption('--from', needed('--from', values.from))
  const words = needed('--reason', values.reason)
  return as(values.by, async (installation, actor) => {
    const { changes } = installation
    const inverse = await changes.revertChange(actor, {
      id,
      from,
      reason: { id: words, en: words }
    })
    const code = await finish(installation, actor, inverse.id, values.json, daysOf(values.days))
    const { decisions, openCases } = await changes.affectedBy(actor, id)
    if (!values.json) {
      console.log(
        `${decisions.length} decisions to look at again, ${openCases.length} open cases pinned it`
      )
      for (const one of decisions.slice(0, SHOWN))
        console.log(`  ${one.caseNumber} ${one.rule}, ${one.at}`)
    }
    return code
  })
}
const SHOWN = 20

// words ///////////////////////////////////////////////////////////////////////

function printed(view: ChangeSetView, json: boolean | undefined): number {
  const problems = view.check?.problems ?? []
  if (json) {
    console.log(JSON.stringify(view))
    return problems.length === 0 ? 0 : 1
  }
  const { id, state, scope, title, sentences, check, impact: report, contentHash } = view
  console.log(`${id} ${state} ${scope}: ${title.id} (${title.en})`)
  console.log(
    `content ${contentHash.slice(0, 12)}, impact ${report?.hash.slice(0, 12) ?? 'not measured'}`
  )
  for (const { id, en } of sentences) console.log(`  ${id} (${en})`)
  for (const { path, message } of check?.notices ?? []) console.log(`note: ${path}: ${message}`)
  for (const { path, message } of problems) console.error(`${path}: ${message}`)
  if (problems.length > 0) console.error(counted(problems.length))
  return problems.length === 0 ? 0 : 1
}

function reportLines(report: ImpactReport): readonly string[] {
  const { decisions, money, deadlines, openCases, rules, documents, hash } = report
  return [
    `${report.from} to ${report.to}: ${decisions.replayed} decisions made again, ${decisions.changed} changed, ${decisions.failing} failing, ${decisions.notReproduced} not reproduced`,
    ...rules
      .filter(({ changed }) => changed > 0)
      .map(({ rule, changed, replayed }) => `  ${rule}: ${changed} of ${replayed}`),
    `rupiah ${money.before} before, ${money.after} after, ${money.difference} difference`,
    `deadlines: ${deadlines.newlyMissed} newly missed, ${deadlines.newlyMet} newly met, ${deadlines.moved} moved`,
    ...documents.map(
      ({ code, newlyAsked, noLongerAsked }) =>
        `  document ${code}: ${newlyAsked} newly asked, ${noLongerAsked} no longer`
    ),
    `open cases: ${openCases.changed} of ${openCases.looked} changed`,
    `report ${hash}`
  ]
}

async function contentIn(file: string): Promise<ChangeContent> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new BadOption(`expected a file that can be read at <${file}>`)
  })
  try {
    return JSON.parse(text) as ChangeContent
  } catch (error) {
    throw new BadOption(`<${file}>: expected JSON: ${(error as Error).message}`)
  }
}

/** How many days back decisions are made again. */
function daysOf(given: string | undefined): number {
  const days = Number(given ?? 365)
  if (Number.isInteger(days) && days > 0 && days <= 3660) return days
  throw new UsageError(`--days: expected a number of days from 1 to 3660, found <${given}>`)
}
