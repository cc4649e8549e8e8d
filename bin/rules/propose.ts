import { proposeCases } from '../../runtime/rules/proposing.ts'
import { BadOption } from '../options.ts'
import { checkOffice, openRulebook } from '../rules.ts'
import { needed, only, read, type Verb } from './verbs.ts'

/** `alur rules propose`: cases at the bounds of a table or parameter, with what the rules give now, ready to paste. */
export const propose: Verb = async args => {
  const options = { office: { type: 'string' }, folder: { type: 'string' } } as const
  const { values, positionals } = read(args, options)
  const rule = only(positionals, 'one table or parameter')
  const office = needed('--office', values.office)
  const rulebook = await openRulebook(values.folder)
  checkOffice(rulebook, office)
  if (!rulebook.keys().some(({ key }) => key === rule))
    throw new BadOption(`expected a table or a parameter, found <${rule}>`)
  const { laws, cases } = rulebook.standing()
  const law = laws.get(office)
  if (law === undefined) throw new BadOption(`--office: <${office}> has no law`)
  const proposed = await proposeCases({ law, office, rule, cases })
  console.log(
    JSON.stringify(
      proposed.map(({ because: _, ...one }) => one),
      null,
      2
    )
  )
  for (const { name, because } of proposed) console.error(`${name}: ${because}`)
  return 0
}
