import { RuleFailed } from '../../runtime/rulebook.ts'
import { checkOffice, openRulebook } from '../rules.ts'
import { dayOption, needed, only, read, type Verb } from './verbs.ts'

/** `alur rules resolve`: what holds at an office on a date, with what every level said. */
export const resolve: Verb = async args => {
  const { values, positionals } = read(args, {
    office: { type: 'string' },
    date: { type: 'string' },
    folder: { type: 'string' },
    json: { type: 'boolean' }
  })
  const key = only(positionals, 'one key of a parameter or a table')
  const office = needed('--office', values.office)
  const date = dayOption('--date', needed('--date', values.date))
  const rulebook = await openRulebook(values.folder)
  checkOffice(rulebook, office)
  try {
    const resolved = rulebook.resolve(key, office, date, null)
    if (values.json) console.log(JSON.stringify(resolved))
    else {
      const { id, en } = rulebook.label(key)
      console.log(`${key}: ${id} (${en})`)
      console.log(`${JSON.stringify(resolved.value)}, by the ${resolved.level} level`)
      for (const { level, scope, status, why, cites } of resolved.trail) {
        const sources = cites.map(cite => rulebook.citation(cite)).join('; ')
        console.log(`  ${level} ${scope} ${status}: ${why}${sources && `; ${sources}`}`)
      }
    }
    return 0
  } catch (error) {
    if (!(error instanceof RuleFailed)) throw error
    console.error(error.message)
    return 1
  }
}
