import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { parseArgs } from 'node:util'
import { readSettings } from '../runtime/settings.ts'
import { openDatabase } from '../runtime/stores/database.ts'
import { sqlitePeople } from '../runtime/stores/sqlite-people.ts'
import { type CommandLine, UsageError } from './commands.ts'
import { openRulebook } from './rules.ts'

const OPTIONS = {
  name: { type: 'string' },
  unit: { type: 'string' },
  roles: { type: 'string' },
  nip: { type: 'string' }
} as const

/** Shorter passwords are guessed. ASVS 5.0, 6.2.1. */
const SHORTEST_PASSWORD = 12

/** `alur person add`: someone who may sign in. The password is the first line of standard input. */
export const person: CommandLine = async ([action, ...args]) => {
  if (action !== 'add') throw new UsageError('expected `person add`')
  const { values, positionals } = parse(args)
  const [id, ...rest] = positionals
  if (id === undefined || rest.length > 0) throw new UsageError('expected one sign-in name')
  const { name, unit, roles: words, nip = null } = values
  if (name === undefined || unit === undefined || words === undefined) {
    throw new UsageError('expected --name, --unit and --roles')
  }
  const roles = words
    .split(',')
    .map(each => each.trim())
    .filter(each => each !== '')
  const { data } = readSettings(process.env)
  const problems = await problemsOf({ id, unit, roles, nip })
  const people = sqlitePeople(openDatabase(join(data, 'alur.db')))
  if ((await people.byId(id)) !== null)
    problems.push(`expected a new sign-in name, <${id}> is taken`)
  const password = problems.length === 0 ? await readPassword() : ''
  if (problems.length === 0 && password.length < SHORTEST_PASSWORD) {
    problems.push(
      `expected a password of at least ${SHORTEST_PASSWORD} characters on standard input`
    )
  }
  for (const problem of problems) console.error(problem)
  if (problems.length > 0) return 1
  await people.add({ id, name, unit, roles, nip, demo: false, password })
  console.log(`${id} may sign in at <${unit}> with the roles ${roles.join(', ')}`)
  return 0
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

async function problemsOf({
  id,
  unit,
  roles,
  nip
}: {
  readonly id: string
  readonly unit: string
  readonly roles: readonly string[]
  readonly nip: string | null
}): Promise<string[]> {
  const problems: string[] = []
  const rulebook = await openRulebook()
  const now = new Date().toISOString()
  if (!/^[a-z0-9][a-z0-9._-]{1,60}$/.test(id))
    problems.push(`expected a sign-in name such as loket.tju, found <${id}>`)
  if (nip !== null && !/^\d{18}$/.test(nip))
    problems.push(`expected --nip of 18 digits, found <${nip}>`)
  if (!rulebook.offices().some(office => office.id === unit))
    problems.push(`expected a unit of the rules, found <${unit}>`)
  else {
    if (roles.length === 0) problems.push('expected at least one role')
    for (const role of roles) {
      if (rulebook.roleLabel(unit, role, now) === role)
        problems.push(`expected a role of <${unit}>, found <${role}>`)
    }
  }
  return problems
}

export async function readPassword(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write('password: ')
  const lines = createInterface({ input: process.stdin })
  for await (const line of lines) {
    lines.close()
    return line
  }
  return ''
}
