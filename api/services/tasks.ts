import { randomUUID } from 'node:crypto'
import type { Actor } from '../../engine/context.ts'
import { CommandRefused } from '../../engine/errors.ts'
import type { ProcessGraph } from '../../engine/graph.ts'
import { mayBegin, officerRole } from '../../engine/starting.ts'
import { variablesAt } from '../../runtime/rows.ts'
import type { Access } from '../access.ts'
import type { CaseReader } from '../cases.ts'
import { NO_FORM, startingValues, withItems } from '../forms.ts'
import type { ServiceView } from '../schemas.ts'
import type { Deps, Services } from '../services.ts'
import { hasPlainStart, startLane, startOf, startOnce } from '../starting.ts'
import { commandOf, rightsIn, whoseTasks } from '../task-rights.ts'
import { placeOf } from '../walk.ts'

type TaskServices = Pick<
  Services,
  | 'taskList'
  | 'taskView'
  | 'services'
  | 'startCase'
  | 'completeTask'
  | 'handleTask'
  | 'startActivity'
  | 'endSelection'
  | 'publishMessage'
>

export function taskServices(deps: Deps, access: Access, reader: CaseReader): TaskServices {
  const { store, runtime, library, people, rulebook, clock } = deps

  const mustBelongTo = (actor: Actor, unit: string): void => {
    if (access.unitOf(actor).id === unit) return
    throw new CommandRefused('not-allowed', `expected someone of <${unit}>, found <${actor.id}>`)
  }

  const view = async (actor: Actor, instance: string) =>
    reader.view(actor, await reader.read(actor, instance))

  const serviceOf = (actor: Actor, office: string, graph: ProcessGraph): ServiceView => {
    const lane = startLane(graph)
    const schema = library.form(graph.id, graph.version, startOf(graph).id) ?? NO_FORM
    const { line } = rulebook.office(office, clock.now())
    return {
      process: graph.id,
      name: graph.name,
      nameEnglish: graph.english,
      version: graph.version,
      schema,
      values: {},
      documentation: graph.documentation,
      role: lane === null ? null : (officerRole(lane) ?? lane.role),
      mayStart: hasPlainStart(graph) && mayBegin(lane, actor, line)
    }
  }

  return {
    async taskList(actor, query) {
      const { unit = access.unitOf(actor).id, role, who, cursor = null, limit = 50 } = query
      mustBelongTo(actor, unit)
      const now = clock.now()
      const only = {
        ...(who === 'mine' ? { assignee: actor.id } : {}),
        ...(who === 'free' ? { assignee: null } : {}),
        ...(query.due === 'overdue' ? { dueBefore: now } : {}),
        ...(query.followUp === 'now' ? { followUpBy: now } : {}),
        ...(query.followUp === 'later' ? { followUpAfter: now } : {})
      }
      const { supervisors = [] } = rulebook.office(unit, now)
      const whose = whoseTasks(actor, role, who === 'unit', supervisors)
      const { rows, next } = await store.taskList({ unit, ...whose, only, limit, cursor })
      return { rows: rows.map(row => reader.task(actor, row)), next }
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
      const { graph, node } = place
      const where = { state, wait: token.wait, findProcess: library.find, ...place }
      const office = rulebook.office(state.office, clock.now())
      const rights = rightsIn(where, office, actor, await people.ofUnit(token.wait.unit))
      const { objection } = rights
      if (objection?.code === 'not-allowed' && !rights.supervise) {
        throw new CommandRefused('not-allowed', objection.message)
      }
      const variables = variablesAt(state, token)
      const form = library.form(graph.id, graph.version, node.id)
      const schema = withItems(form ?? NO_FORM, variables)
      const whole = await reader.view(actor, read)
      const task = whole.tasks.find(each => each.token === id)
      if (task === undefined)
        throw new Error(`expected the view of <${instance}> to list task <${id}>`)
      return {
        ...task,
        rights,
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
      { process, office = access.unitOf(actor).id, instance = randomUUID(), element, variables }
    ) {
      mustBelongTo(actor, office)
      const at = element === undefined ? {} : { element }
      const start = { instance, process, office, variables, by: actor, ...at }
      const created = await startOnce(deps, start)
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

    async startActivity(actor, { instance, token, element }) {
      await reader.readAll(actor, instance)
      const command = { type: 'startActivity', token, element, variables: {} } as const
      await runtime.execute({ instance, command, by: actor })
      return view(actor, instance)
    },

    async endSelection(actor, { instance, token }) {
      await reader.readAll(actor, instance)
      await runtime.execute({ instance, command: { type: 'endSelection', token }, by: actor })
      return view(actor, instance)
    },

    async handleTask(actor, handling) {
      const { instance } = handling
      await reader.readAll(actor, instance)
      const command = await commandOf(handling, people)
      await runtime.execute({ instance, command, by: actor })
      return view(actor, instance)
    },

    async publishMessage(actor, { name, key = '', timeToLive = null, office, variables }) {
      const unit = access.unitOf(actor)
      const to = office ?? (unit.level === 'office' ? unit.id : null)
      if (
        !actor.roles.includes('operator') ||
        (to === null ? unit.level !== 'national' : !access.covers(unit.id, to))
      ) {
        throw new CommandRefused('not-allowed', `expected an operator, found <${actor.id}>`)
      }
      const message = { message: name, key, office: to, variables, timeToLive }
      return runtime.publish(message)
    }
  }
}
