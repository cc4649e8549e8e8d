import { parseArgs } from 'node:util'
import { isDay } from '../engine/rules/dates.ts'
import { parseDateTime } from '../engine/time.ts'
import { decideFromCommandLine } from '../runtime/rules/command-line.ts'
import { type CommandLine, UsageError } from './commands.ts'
import { BadOption, jsonOption } from './options.ts'
import { checkOffice, openRulebook } from './rules.ts'

const OPTIONS = {
  office: { type: 'string' },
  date: { type: 'string' },
  facts: { type: 'string' },
  json: { type: 'boolean' }
} as const

/** `alur decide`: the outcome of a table or the value of a parameter, with the reasons. */
export const decide: CommandLine = async args => {
  const { values, positionals } = parse(args)
  const [rule, ...rest] = positionals
  if (rule === undefined || rest.length > 0) throw new UsageError('expected one table or parameter')
  if (values.office === undefined) throw new UsageError('expected --office')
  if (values.date === undefined) throw new UsageError('expected --date')
  if (!isDay(values.date)) {
    throw new BadOption(`--date: expected a day such as 2015-12-03, found <${values.date}>`)
  }
  checkOffice(await openRulebook(), values.office)
  const facts = JSON.stringify((await jsonOption('--facts', values.facts)) ?? {})
  const at = parseDateTime(`${values.date}T12:00:00`, 'Asia/Jakarta')
  const { date, office } = values
  const printed = await decideFromCommandLine({ folder: 'rules', rule, office, date, facts, at })
  if (!printed.ok) {
    console.error(printed.text)
    return 1
  }
  console.log(values.json ? JSON.stringify(printed.decision) : printed.text)
  return 0
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}
