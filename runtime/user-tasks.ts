import type { Context } from '../engine/context.ts'
import { CommandRefused } from '../engine/errors.ts'
import { validateForm } from '../engine/forms.ts'
import type { ElementId, ProcessGraph } from '../engine/graph.ts'
import type { Command } from '../engine/messages.ts'
import type { InstanceId, ProcessInstance, Variables } from '../engine/state.ts'
import { step } from '../engine/step.ts'
import { localDate } from '../engine/time.ts'
import { placeOf } from '../engine/views.ts'
import type { Library } from './library.ts'
import { variablesAt } from './rows.ts'
import type { Store } from './store.ts'

/**
 * The command with what a person filled in, held to the form of the task. A task without a form
 * takes nothing: else anyone could set any variable of the case.
 *
 * @throws CommandRefused `invalid-variables`, unless the step has another reason to refuse it
 */
export function withForm(
  library: Library,
  graph: ProcessGraph,
  state: ProcessInstance | null,
  command: Command,
  context: Context
): Command {
  if (command.type !== 'completeUserTask') return command
  const token = state?.tokens[command.token]
  if (!state || token?.wait?.for !== 'user') return command
  const place = placeOf(graph, state, token, context.findProcess)
  try {
    const seen = variablesAt(state, token)
    const variables = filledIn(
      library,
      place.graph,
      place.node.id,
      command.variables,
      seen,
      context
    )
    return { ...command, variables }
  } catch (refused) {
    step(graph, state, command, context)
    throw refused
  }
}

/** The values of a form as they may be stored. @throws CommandRefused `invalid-variables` */
export function filledIn(
  library: Library,
  { id, version }: ProcessGraph,
  element: ElementId,
  given: Variables,
  variables: Variables,
  { now, office }: Context
): Variables {
  const form = library.form(id, version, element)
  const { values, problems } =
    form === null
      ? { values: given, problems: Object.keys(given).map(unasked) }
      : validateForm(form, given, { variables, today: localDate(now, office.timeZone) })
  if (problems.length === 0) return values
  const count = `${problems.length} ${problems.length === 1 ? 'value' : 'values'}`
  throw new CommandRefused(
    'invalid-variables',
    `${count} of <${element}> cannot be accepted`,
    problems
  )
}

function unasked(name: string) {
  return { path: `/${name}`, message: 'expected nothing: the element has no form' }
}

/** Whether a person gives the command about a task. */
export function isAboutTask(
  command: Command
): command is Extract<Command, { readonly type: `${string}Task` }> {
  return command.type.endsWith('Task')
}

/** Why a task can no longer be completed, with the name of whoever was faster. */
export async function whoWasFaster(
  refused: CommandRefused,
  store: Store,
  instance: InstanceId,
  token: string
): Promise<CommandRefused> {
  const history = await store.history(instance)
  for (const { at, by, events } of history.toReversed()) {
    for (const event of events) {
      const ended = event.type === 'elementCompleted' || event.type === 'elementTerminated'
      if (!ended || event.token !== token) continue
      const how = event.type === 'elementCompleted' ? 'completed' : 'withdrawn'
      const message = `task <${event.element}> was ${how} by ${by.name} at ${at}`
      return new CommandRefused(refused.code, message, refused.problems)
    }
  }
  return refused
}
