import { checkRules } from '../../runtime/rules/check.ts'
import { counted, UsageError } from '../commands.ts'
import { read, type Verb } from './verbs.ts'

/** `alur rules check`: a folder of rules alone, with its cases and the analysis of its tables. */
export const check: Verb = async args => {
  const { values, positionals } = read(args, { json: { type: 'boolean' } })
  const [folder = 'rules', ...rest] = positionals
  if (rest.length > 0) throw new UsageError('expected at most one folder of rules')
  const { problems, summary } = await checkRules(folder)
  if (values.json) {
    console.log(JSON.stringify({ problems, summary }))
    return problems.length === 0 ? 0 : 1
  }
  for (const { path, message } of summary.notices) console.log(`note: ${path}: ${message}`)
  for (const { path, message } of problems) console.error(`${path}: ${message}`)
  const { offices, parameters, tables, rows, cases, decided } = summary
  console.log(
    `${parameters} parameters, ${tables} tables with ${rows} rows, ${offices} offices; ${cases} cases decided ${decided} times`
  )
  console.log(problems.length === 0 ? 'no problems' : counted(problems.length))
  return problems.length === 0 ? 0 : 1
}
