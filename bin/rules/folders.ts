import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Standing } from '../../runtime/rules/drafting.ts'
import { exportUnit } from '../../runtime/rules/exporting.ts'
import { importUnit } from '../../runtime/rules/importing.ts'
import { counted } from '../commands.ts'
import { openInstallation } from '../installation.ts'
import { BadOption } from '../options.ts'
import { as, propose } from './changes.ts'
import { sentence } from './diff.ts'
import { needed, only, read, type Verb } from './verbs.ts'

/** `alur rules export`: a region or an office with all that it has published, as a folder that can be reviewed. */
export const exporting: Verb = async args => {
  const { values, positionals } = read(args, { out: { type: 'string' } })
  const unit = only(positionals, 'one region or office')
  const out = needed('--out, the folder to write', values.out)
  const installation = await openInstallation()
  try {
    const { parts, cases } = installation.rulebook.standing()
    const part = parts.get(unit)
    if (part === undefined || part.level === 'national')
      throw new BadOption(`expected a region or an office of the rules, found <${unit}>`)
    const files = exportUnit('rules', part, cases)
    for (const { path, text } of files) {
      await mkdir(dirname(join(out, path)), { recursive: true })
      await writeFile(join(out, path), text)
    }
    console.log(`${files.length} files in <${out}>`)
    return 0
  } finally {
    await installation.close()
  }
}

/** `alur rules import`: what was changed in an exported folder becomes a change set; `--dry-run` only says what. */
export const importing: Verb = async args => {
  const options = {
    unit: { type: 'string' },
    by: { type: 'string' },
    title: { type: 'string' },
    reason: { type: 'string' },
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' }
  } as const
  const { values, positionals } = read(args, options)
  const folder = only(positionals, 'one folder, as an export wrote it')
  const unit = needed('--unit, the region or office', values.unit)
  const title = values.title ?? `Impor ${unit}`
  const reason = values['dry-run'] ? title : needed('--reason', values.reason)
  const words = { id: reason, en: reason }
  if (values['dry-run']) {
    const installation = await openInstallation()
    try {
      return said(changesIn(installation.rulebook.standing(), folder, unit, words), values.json)
    } finally {
      await installation.close()
    }
  }
  return as(values.by, async (installation, actor) => {
    const found = changesIn(installation.rulebook.standing(), folder, unit, words)
    if (found.problems.length > 0 || found.edits.length === 0) return said(found, values.json)
    const content = {
      scope: unit,
      title: { id: title, en: title },
      reason: words,
      edits: found.edits,
      reverts: null
    }
    return propose(installation, actor, content, values.json, 365)
  })
}

function changesIn(
  { parts, cases }: Standing,
  folder: string,
  unit: string,
  words: { readonly id: string; readonly en: string }
): ReturnType<typeof importUnit> {
  const part = parts.get(unit)
  if (part === undefined || part.level === 'national')
    throw new BadOption(`--unit: expected a region or an office of the rules, found <${unit}>`)
  return importUnit('rules', folder, part, cases, words)
}

function said({ edits, problems }: ReturnType<typeof importUnit>, json?: boolean): number {
  for (const edit of edits) console.log(json ? JSON.stringify(edit) : sentence(edit))
  for (const { message } of problems) console.error(message)
  if (problems.length > 0) console.error(counted(problems.length))
  else if (edits.length === 0) console.error('nothing differs')
  return problems.length === 0 ? 0 : 1
}
