import { createHash, randomUUID } from 'node:crypto'
import { type Request, type Response, Router } from 'express'
import type { Actor } from '../../../engine/context.ts'
import { CommandRefused, type Problem } from '../../../engine/errors.ts'
import { ServicesPage, StartPage } from '../../../web/pages/start.tsx'
import { TaskPage } from '../../../web/pages/task.tsx'
import {
  type TaskFilter,
  TaskList,
  type TaskListProps,
  TasksPage
} from '../../../web/pages/tasks.tsx'
import { formOf } from '../../../web/parts/form-schema.ts'
import { type Posted, readForm, typed } from '../../../web/parts/form-values.ts'
import { isQueue, type Queue, type QueueCounts } from '../../../web/parts/task-queues.tsx'
import { renderPart } from '../../../web/render.ts'
import { RequestRefused } from '../../refusals.ts'
import type { CaseView, ServiceView, TaskSummary } from '../../schemas.ts'
import type { Services } from '../../services.ts'
import { who } from '../../session.ts'
import { frameOf, type PageOptions, param, postedIn, queryText, sendPage } from './frame.ts'
import { HANDLINGS, handlingOf, missingIn, wrong } from './handling.ts'

/** Tasks that one page shows, at most. */
const MOST_TASKS = 1000

/** The task list, the task page and the start of an application. */
export function workPages(options: PageOptions): Router {
  const { services } = options
  const app = Router()

  app.get('/tasks', async (request, response) => {
    const filter: TaskFilter = {
      role: queryText(request, 'role'),
      due: queryText(request, 'due'),
      process: queryText(request, 'process'),
      text: queryText(request, 'q'),
      queue: queueIn(request)
    }
    const actor = who(response)
    const role = actor.roles.includes(filter.role) ? filter.role : ''
    const { tasks: own, more } = await allTasks(services, actor, role)
    const tasks =
      filter.queue === 'unit' ? (await allTasks(services, actor, '', 'unit')).tasks : own
    const props = {
      frame: frameOf(options, request, response),
      tasks: tasks.filter(isIn(filter.queue)).filter(fits(filter)),
      counts: countsOf(own),
      filter,
      more
    }
    if (queryText(request, 'part') === 'list') return sendList(request, response, props)
    sendPage(response, TasksPage({ ...props, processes: processesOf(tasks) }))
  })

  app.post('/cases/:instance/selections/:token', async (request, response) => {
    const instance = param(request, 'instance')
    const token = param(request, 'token')
    const element = typed(postedIn(request), 'element') ?? ''
    const actor = who(response)
    if (element === '') await services.endSelection(actor, { instance, token })
    else await services.startActivity(actor, { instance, token, element })
    const query = new URLSearchParams({
      done: element === '' ? 'selection-ended' : 'activity-started'
    })
    response.redirect(303, `/cases/${instance}?${query}`)
  })

  app.get('/tasks/:instance/:token', async (request, response) => {
    await showTask(request, response, null, [])
  })

  app.post('/tasks/:instance/:token', async (request, response) => {
    const actor = who(response)
    const instance = param(request, 'instance')
    const token = param(request, 'token')
    const posted = postedIn(request)
    const task = await services.taskView(actor, instance, token)
    const variables = readForm(formOf(task.schema), posted, task.values)
    let after: CaseView
    try {
      after = await services.completeTask(actor, { instance, token, variables })
    } catch (error) {
      const problems = problemsOf(error)
      if (problems === null) throw error
      return showTask(request, response, posted, problems)
    }
    const query = new URLSearchParams({ done: 'task', case: instance })
    const next = after.tasks.find(isNext)
    if (next !== undefined) query.set('next', next.token)
    response.redirect(303, `/tasks?${query}`)
  })

  for (const action of HANDLINGS) {
    app.post(`/tasks/:instance/:token/${action}`, async (request, response) => {
      const instance = param(request, 'instance')
      const token = param(request, 'token')
      const posted = postedIn(request)
      const missing = missingIn(action, posted)
      if (missing.length > 0) return showTask(request, response, posted, [], missing)
      try {
        const given = { instance, token, ...handlingOf(action, posted) }
        await services.handleTask(who(response), given)
      } catch (error) {
        const problems = problemsOf(error)
        if (problems === null) throw error
        const own = problems.map(({ path }) => wrong(action, path))
        return showTask(request, response, posted, [], own)
      }
      const stays = action === 'claim' || action === 'prioritize'
      const query = new URLSearchParams({ done: action, case: instance })
      response.redirect(
        303,
        stays ? `/tasks/${instance}/${token}?done=${action}` : `/tasks?${query}`
      )
    })
  }

  async function showTask(
    request: Request,
    response: Response,
    posted: Posted | null,
    problems: readonly Problem[],
    handling: readonly Problem[] = []
  ): Promise<void> {
    const task = await services.taskView(
      who(response),
      param(request, 'instance'),
      param(request, 'token')
    )
    const frame = frameOf(options, request, response)
    const page = TaskPage({ frame, task, posted, problems, handling })
    sendPage(response, page, problems.length + handling.length === 0 ? 200 : 422)
  }

  app.get('/start', (request, response) => {
    const actor = who(response)
    const offered = services.services(actor, unitOf(actor))
    sendPage(
      response,
      ServicesPage({ frame: frameOf(options, request, response), services: offered })
    )
  })

  app.get('/start/:process', (request, response) => {
    const service = serviceIn(request, response)
    const frame = frameOf(options, request, response)
    sendPage(
      response,
      StartPage({ frame, service, instance: randomUUID(), posted: null, problems: [] })
    )
  })

  app.post('/start/:process', async (request, response) => {
    const service = serviceIn(request, response)
    const posted = postedIn(request)
    const instance = typed(posted, '_instance') ?? ''
    if (!/^[0-9a-f-]{36}$/.test(instance)) {
      throw new RequestRefused('bad-request', 'expected the form to name the case to be')
    }
    const variables = readForm(formOf(service.schema), posted, service.values)
    try {
      await services.startCase(who(response), { process: service.process, instance, variables })
    } catch (error) {
      const problems = problemsOf(error)
      if (problems === null) throw error
      const frame = frameOf(options, request, response)
      return sendPage(response, StartPage({ frame, service, instance, posted, problems }), 422)
    }
    response.redirect(303, `/cases/${instance}?done=started`)
  })

  function serviceIn(request: Request, response: Response): ServiceView {
    const actor = who(response)
    const process = param(request, 'process')
    const service = services.services(actor, unitOf(actor)).find(each => each.process === process)
    if (service !== undefined) return service
    throw new CommandRefused('unknown-process', `service <${process}> is not offered here`)
  }

  return app
}

/** The problems of a form that came back; null when the error is about something else. */
export function problemsOf(error: unknown): readonly Problem[] | null {
  const refused = error instanceof CommandRefused && error.code === 'invalid-variables'
  const invalid = error instanceof RequestRefused && error.code === 'invalid-data'
  if (!refused && !invalid) return null
  return error.problems.length > 0 ? error.problems : [{ path: '', message: error.message }]
}

/** Whether a task is one that the reader may do now. */
function isNext({ yours, barred, held, later }: TaskSummary): boolean {
  return yours && !barred && held !== 'other' && !later
}

function unitOf(actor: Actor): string {
  if (actor.unit === null)
    throw new CommandRefused('not-allowed', `expected <${actor.id}> to belong to a unit`)
  return actor.unit
}

async function allTasks(
  services: Services,
  actor: Actor,
  role: string,
  who?: 'unit'
): Promise<{ readonly tasks: readonly TaskSummary[]; readonly more: boolean }> {
  const tasks: TaskSummary[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<Services['taskList']>> = await services.taskList(actor, {
      ...(role === '' ? {} : { role }),
      ...(who === undefined ? {} : { who }),
      limit: 200,
      cursor
    })
    tasks.push(...page.rows)
    cursor = page.next
  } while (cursor !== null && tasks.length < MOST_TASKS)
  return { tasks, more: cursor !== null }
}

function queueIn(request: Request): Queue {
  const queue = queryText(request, 'queue')
  return isQueue(queue) ? queue : ''
}

/** Whether a task is in a queue: what is to be followed up later stands only where it is asked for. */
function isIn(queue: Queue): (task: TaskSummary) => boolean {
  switch (queue) {
    case 'mine':
      return ({ held }) => held === 'mine'
    case 'free':
      return ({ held, later, barred }) => held === 'free' && !later && !barred
    case 'overdue':
      return ({ dueState }) => dueState === 'overdue'
    case 'later':
      return ({ later }) => later
    case 'unit':
      return () => true
    default:
      return ({ later }) => !later
  }
}

function countsOf(tasks: readonly TaskSummary[]): QueueCounts {
  const count = (queue: Queue) => tasks.filter(isIn(queue)).length
  return {
    '': count(''),
    mine: count('mine'),
    free: count('free'),
    overdue: count('overdue'),
    later: count('later'),
    unit: null
  }
}

function fits(filter: TaskFilter): (task: TaskSummary) => boolean {
  const text = filter.text.toLowerCase()
  return task =>
    (filter.due === '' || task.dueState === filter.due) &&
    (filter.process === '' || task.process === filter.process) &&
    [task.name, task.nameEnglish, task.number, task.subject].some(each =>
      each.toLowerCase().includes(text)
    )
}

function processesOf(
  tasks: readonly TaskSummary[]
): readonly { readonly id: string; readonly name: string }[] {
  const names = new Map(tasks.map(({ process, processName }) => [process, processName]))
  return [...names]
    .map(([id, name]) => ({ id, name }))
    .sort((a, b) => a.name.localeCompare(b.name, 'id'))
}

/** The list alone, or that nothing has changed. */
function sendList(request: Request, response: Response, props: TaskListProps): void {
  const html = renderPart(TaskList(props))
  const etag = `"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"`
  response.set('etag', etag)
  if (request.get('if-none-match') === etag) {
    response.status(304).end()
    return
  }
  response.type('html').send(html)
}
