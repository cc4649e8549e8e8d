import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import type { Actor } from '../engine/context.ts'
import { CommandRefused } from '../engine/errors.ts'
import { PAUSE_REASONS, type PauseReason } from '../engine/graph.ts'
import type { MigrationPlan } from '../engine/operate/commands.ts'
import { proposePlan } from '../engine/operate/mapping.ts'
import type { IncidentCode, Variables } from '../engine/state.ts'
import { suggestion } from '../runtime/nearest.ts'
import type { ItemResult } from '../runtime/operations/batches.ts'
import type { BulkOperation } from '../runtime/operations/operation.ts'
import type { Order, Which } from '../runtime/operations/operations.ts'
import type { CaseStatus } from '../runtime/store.ts'
import { type CommandLine, counted, UsageError } from './commands.ts'
import { type Installation, openInstallation } from './installation.ts'
import { BadOption, jsonOption } from './options.ts'
import { signIn } from './sign-in.ts'

const TEXT = { type: 'string' } as const
const OPTIONS = {
  instance: { type: 'string', multiple: true },
  office: TEXT,
  process: TEXT,
  version: TEXT,
  status: TEXT,
  at: TEXT,
  incident: TEXT,
  element: TEXT,
  to: TEXT,
  via: TEXT,
  variables: TEXT,
  plan: TEXT,
  by: TEXT,
  reason: TEXT,
  batch: TEXT,
  pauses: TEXT,
  'dry-run': { type: 'boolean' },
  json: { type: 'boolean' }
} as const
type Values = ReturnType<typeof parse>['values']

/** `alur instance`: what operators do to running instances, on the data folder. */
export const instance: CommandLine = async args => {
  const { values, positionals } = parse(args)
  const [verb, ...rest] = positionals
  if (verb === undefined || rest.length > 0) throw new UsageError('expected one verb')
  if (verb === 'plan') return within(installation => plan(installation, values))
  const operation = await operationOf(verb, values)
  const { by: name, reason } = values
  if (name === undefined) throw new UsageError('expected --by, the sign-in name of an operator')
  if (reason === undefined || reason.trim() === '') throw new UsageError('expected --reason')
  return within(async installation => {
    const by = await signIn(installation.people, name)
    if (by === null) return 1
    const order = { operation, which: whichOf(installation, by, values), by, reason }
    if (values['dry-run'] !== true) return carryOut(installation, order, values)
    const results = await installation.operations.preview(order)
    console.error(`tried: ${instances(results.length)}`)
    return printed(results, values)
  })
}

async function within(act: (installation: Installation) => Promise<number>): Promise<number> {
  const installation = await openInstallation()
  try {
    return await act(installation)
  } finally {
    await installation.close()
  }
}

/** The same batch again goes on where it was cut off. */
async function carryOut(
  { operations, batches }: Installation,
  order: Order,
  values: Values
): Promise<number> {
  const id = values.batch ?? randomUUID()
  const { total } = await operations.begin(id, order).catch(error => {
    throw error instanceof CommandRefused ? new BadOption(`--batch: ${error.message}`) : error
  })
  console.error(`batch ${id}: ${instances(total)}`)
  const timer = setInterval(async () => {
    const { did, nothing, refused } = await batches.progress(id)
    console.error(`${did + nothing + refused} of ${total}`)
  }, 2000)
  await operations.settled()
  clearInterval(timer)
  return printed(await batches.results(id, 0, total), values)
}

const instances = (count: number) => `${count} instance${count === 1 ? '' : 's'}`

function printed(results: readonly ItemResult[], { json }: Values): number {
  for (const result of results) {
    if (json) console.log(JSON.stringify(result))
    else console.log(lineOf(result))
  }
  const refused = results.filter(({ outcome }) => outcome === 'refused').length
  if (refused > 0) console.error(counted(refused))
  return refused > 0 ? 1 : 0
}

function lineOf({ instance, number, outcome, problem, happens }: ItemResult): string {
  const name = number === instance ? instance : `${number} (${instance})`
  const why = problem === null ? '' : `: ${problem}`
  const lines = happens.map(({ what, becomes, element, to, note }) =>
    [`    ${what} ${element} ${becomes}`, to === null ? null : `to ${to}`, note]
      .filter(part => part !== null && part !== '')
      .join(' ')
  )
  return [`${name} ${outcome}${why}`, ...lines].join('\n')
}

/** Prints the plan that takes cases from one version to another; it is looked over and given to `migrate`. */
async function plan({ library }: Installation, values: Values): Promise<number> {
  const { process } = values
  if (process === undefined) throw new UsageError('expected --process')
  const to =
    values.to === undefined ? library.find(process, null)?.version : whole('--to', values.to)
  const from = values.version === undefined ? (to ?? 1) - 1 : whole('--version', values.version)
  const [old, now] = [from, to ?? 0].map(version => library.find(process, version))
  if (old == null || now == null) {
    throw new BadOption(`expected two deployed versions of <${process}>, found ${from} and ${to}`)
  }
  const proposal = proposePlan(old, now)
  console.log(JSON.stringify(proposal.plan, null, 2))
  for (const id of proposal.unmapped) console.error(`<${id}> goes nowhere`)
  for (const id of proposal.added) console.error(`<${id}> is new`)
  return 0
}

// what is asked for ///////////////////////////////////////////////////////////

function whichOf({ rulebook, library }: Installation, by: Actor, values: Values): Which {
  const { instance, office, process, version, status, at, incident } = values
  if (instance !== undefined) return { instances: instance }
  if ([office, process, version, status, at, incident].every(each => each === undefined)) {
    throw new UsageError('expected --instance, or a filter')
  }
  if (status !== undefined) known('--status', status, STATUSES)
  if (process !== undefined && library.find(process, null) === null) {
    const names = library.processes.map(({ id }) => id)
    known('--process', process, names)
  }
  const parents = new Map(rulebook.offices().map(({ id, parent }) => [id, parent]))
  const below = (id: string | null): boolean =>
    id !== null && (id === by.unit || below(parents.get(id) ?? null))
  const offices = [...parents.keys()].filter(id => below(id) && (office ?? id) === id)
  if (offices.length === 0) throw new BadOption(`--office: <${by.id}> does not operate <${office}>`)
  return {
    offices,
    ...(process === undefined ? {} : { process }),
    ...(version === undefined ? {} : { version: whole('--version', version) }),
    ...(status === undefined ? {} : { status: status as CaseStatus }),
    ...(at === undefined ? {} : { element: at }),
    ...(incident === undefined ? {} : { incident: incident as IncidentCode })
  }
}

const STATUSES = [
  'running',
  'suspended',
  'completed',
  'terminated',
  'failed'
] satisfies CaseStatus[]

/** @throws BadOption for a name that is not there, so that a slip of the pen does not find nothing */
function known(option: string, given: string, names: readonly string[]): void {
  if (names.includes(given)) return
  const choice = names.length > 8 ? '' : `, one of ${names.join(', ')}`
  throw new BadOption(`${option}: <${given}> is not known${choice}${suggestion(given, names)}`)
}

async function operationOf(verb: string, values: Values): Promise<BulkOperation> {
  const stated = (await jsonOption('--variables', values.variables)) as Variables | undefined
  const variables = stated === undefined ? {} : { variables: stated }
  const via = values.via === undefined ? {} : { via: values.via }
  const element = () => needed('--element', values.element)
  switch (verb) {
    case 'suspend': {
      const { pauses } = values
      if (pauses === undefined) return { type: 'suspend' }
      known('--pauses', pauses, PAUSE_REASONS)
      return { type: 'suspend', pauses: pauses as PauseReason }
    }
    case 'resume':
    case 'terminate':
    case 'revert':
      return { type: verb }
    case 'delete':
      return { type: 'remove' }
    case 'retry':
      return values.element === undefined
        ? { type: 'retry', ...variables }
        : { type: 'retry', element: values.element, ...variables }
    case 'skip':
      return { type: 'skip', element: element(), ...variables }
    case 'move':
      return {
        type: 'moveToken',
        element: element(),
        to: needed('--to', values.to),
        ...via,
        ...variables
      }
    case 'add':
      return { type: 'addToken', element: element(), ...via, ...variables }
    case 'remove':
      return { type: 'removeToken', element: element() }
    case 'set':
      return { type: 'setVariables', variables: needed('--variables', stated) }
    case 'restart':
      return { type: 'restart', element: element(), ...variables }
    case 'migrate': {
      const plan = await jsonOption('--plan', needed('--plan', values.plan))
      return { type: 'migrate', plan: planOf(plan) }
    }
    default:
      throw new UsageError(`expected a verb of instance, found <${verb}>`)
  }
}

function planOf(given: unknown): MigrationPlan {
  const plan = given as Partial<MigrationPlan> | null
  const fits =
    typeof plan?.process === 'string' &&
    Number.isInteger(plan.from) &&
    Number.isInteger(plan.to) &&
    typeof plan.map === 'object' &&
    plan.map !== null &&
    Object.values(plan.map).every(id => typeof id === 'string')
  if (fits) return plan as MigrationPlan
  throw new BadOption('--plan: expected { "process", "from", "to", "map": { "old": "new" } }')
}

function needed<Value>(name: string, value: Value | undefined): Value {
  if (value !== undefined) return value
  throw new UsageError(`expected ${name}`)
}

function whole(name: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw new BadOption(`${name}: expected a version, found <${text}>`)
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}
