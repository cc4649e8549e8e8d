import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Actor } from '../../engine/context.ts'
import { CommandRefused } from '../../engine/errors.ts'
import type { FlowNode, ProcessGraph } from '../../engine/graph.ts'
import type { Value, Variables } from '../../engine/state.ts'
import type { Start } from '../../runtime/door.ts'
import { variablesAt } from '../../runtime/rows.ts'
import type { CommitRecord } from '../../runtime/store.ts'
import type { Access } from '../access.ts'
import type { CaseReader } from '../cases.ts'
import { NO_FORM, startingValues, withItems } from '../forms.ts'
import type { ServiceView } from '../schemas.ts'
import type { Deps, Services } from '../services.ts'
import { placeOf } from '../walk.ts'

type TaskServices = Pick<
  Services,
  'taskList' | 'taskView' | 'services' | 'startCase' | 'completeTask' | 'publishMessage'
>

export function taskServices(deps: Deps, access: Access, reader: CaseReader): TaskServices {
  const { store, runtime, library, rulebook } = deps

  const mustBelongTo = (actor: Actor, unit: string): void => {
    if (access.unitOf(actor).id === unit) return
    throw new CommandRefused('not-allowed', `expected someone of <${unit}>, found <${actor.id}>`)
  }

  const view = async (actor: Actor, instance: string) =>
    reader.view(actor, await reader.read(actor, instance))

  const serviceOf = (actor: Actor, office: string, graph: ProcessGraph): ServiceView => {
    const start = startOf(graph)
    const lane = start.lane === null ? undefined : graph.lanes[start.lane]
    const role = lane?.role ?? null
    const schema = library.form(graph.id, graph.version, start.id) ?? NO_FORM
    return {
      process: graph.id,
      name: graph.name,
      nameEnglish: graph.english,
      version: graph.version,
      schema,
      values: {},
      documentation: graph.documentation,
      role,
      mayStart: actor.unit === office && (role === null || actor.roles.includes(role))
    }
  }

  return {
    async taskList(actor, { unit = access.unitOf(actor).id, role, cursor = null, limit = 50 }) {
      mustBelongTo(actor, unit)
      if (role !== undefined && !actor.roles.includes(role)) {
        throw new CommandRefused(
          'not-allowed',
          `expected someone with the role <${role}>, found <${actor.id}>`
        )
      }
      const roles = role === undefined ? actor.roles : [role]
      const { rows, next } = await store.taskList({ unit, roles, limit, cursor })
      return { rows: rows.map(reader.task), next }
    },

    async taskView(actor, instance, id) {
      const read = await reader.readAll(actor, instance)
      const { state } = read
      const token = state.tokens[id]
      const place = placeOf(state, id, library.find)
      if (token?.wait?.for !== 'user' || place === null) {
        throw new CommandRefused(
          'not-waiting',
          `expected token <${id}> to wait for a person; it is done or gone`
        )
      }
      const { unit, role } = token.wait
      if (unit !== actor.unit || (role !== null && !actor.roles.includes(role))) {
        throw new CommandRefused(
          'not-allowed',
          `expected someone of <${unit}> with the role <${role ?? 'any'}> for <${token.at}>`
        )
      }

      const { graph, node } = place
      const variables = variablesAt(state, token)
      const form = library.form(graph.id, graph.version, node.id)
      const schema = withItems(form ?? NO_FORM, variables)
      const whole = await reader.view(actor, read)
      const task = whole.tasks.find(each => each.token === id)
      if (task === undefined)
        throw new Error(`expected the view of <${instance}> to list task <${id}>`)
      return {
        ...task,
        version: state.version,
        documentation: node.documentation,
        kind: form === null ? 'tick' : 'form',
        schema,
        values: startingValues(schema, variables),
        standard: 'standard' in node ? node.standard : null,
        notices: whole.notices,
        case: whole
      }
    },

    services(actor, office) {
      mustBelongTo(actor, office)
      return rulebook.services(office).flatMap(service => {
        const bound = rulebook.bound(office, service)
        const graph = bound === null ? null : library.find(bound, null)
        return graph === null ? [] : [serviceOf(actor, office, graph)]
      })
    },

    async startCase(
      actor,
      { process, office = access.unitOf(actor).id, instance = randomUUID(), variables }
    ) {
      mustBelongTo(actor, office)
      const created =
        (await store.load(instance)) === null &&
        (await tryStart({ instance, process, office, variables, by: actor }))
      if (!created) {
        const [first] = await store.history(instance)
        const processes = boundTo(office, process)
        if (first === undefined || !isSameStart(first, { actor, office, variables, processes })) {
          throw new CommandRefused('already-started', `instance <${instance}> is already there`)
        }
      }
      return { created, view: await view(actor, instance) }
    },

    async completeTask(actor, { instance, token, variables }) {
      await reader.readAll(actor, instance)
      await runtime.execute({
        instance,
        command: { type: 'completeUserTask', token, variables },
        by: actor
      })
      return view(actor, instance)
    },

    async publishMessage(actor, { name, key, office, variables }) {
      const unit = access.unitOf(actor)
      const to = office ?? (unit.level === 'office' ? unit.id : null)
      if (
        !actor.roles.includes('operator') ||
        (to === null ? unit.level !== 'national' : !access.covers(unit.id, to))
      ) {
        throw new CommandRefused('not-allowed', `expected an operator, found <${actor.id}>`)
      }
      const message = { message: name, key, office: to, variables, timeToLive: null }
      const { taken } = await runtime.publish(message)
      return { taken }
    }
  }

  /** False when the same request, sent twice at once, was faster. */
  async function tryStart(start: Start): Promise<boolean> {
    try {
      await runtime.start(start)
      return true
    } catch (error) {
      if (error instanceof CommandRefused && error.code === 'already-started') return false
      throw error
    }
  }

  /** The process that was asked for, and the one that serves it at the office. */
  function boundTo(office: string, process: string): readonly string[] {
    const bound = rulebook.bound(office, process)
    return bound === null ? [process] : [process, bound]
  }
}

/** Set by the runtime when a case starts, beside what the form gave. */
const SET_AT_START = new Set(['caseNumber', 'submitted', 'channel'])

/** Whether a case was started by this very request: same person, office, process and content. */
function isSameStart(
  { by, events }: CommitRecord,
  same: {
    readonly actor: Actor
    readonly office: string
    readonly variables: Variables
    readonly processes: readonly string[]
  }
): boolean {
  const [started] = events
  if (started?.type !== 'instanceStarted') return false
  const { office, process, variables } = started
  return (
    by.id === same.actor.id &&
    office === same.office &&
    same.processes.includes(process) &&
    isDeepStrictEqual(given(variables), given(same.variables))
  )
}

function given(variables: Variables): { readonly [name: string]: Value } {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !SET_AT_START.has(name)))
}

/** The start event that a person uses. */
function startOf(graph: ProcessGraph): FlowNode {
  const starts = graph.starts.map(id => graph.nodes[id] as FlowNode)
  const plain = starts.find(node => node.type === 'startEvent' && node.on.kind === 'none')
  const start = plain ?? starts[0]
  if (start === undefined) throw new Error(`expected process <${graph.id}> to have a start event`)
  return start
}
