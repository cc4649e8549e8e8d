import { Stuck } from '../engine/errors.ts'
import { compileExpression } from '../engine/expression.ts'
import type { Stage } from '../engine/graph.ts'
import type { Instant, LocalDate, ProcessInstance, TokenId, Variables } from '../engine/state.ts'
import { localDate } from '../engine/time.ts'
import type { CommitRecord } from '../runtime/store.ts'
import type { StageView } from './schemas.ts'
import { type FindProcess, walk } from './walk.ts'

interface Reached {
  readonly stage: Stage
  readonly since: Instant
  /** The token that reached it. */
  readonly token: TokenId | null
  /** When the task that the stage stands on is due, or null. */
  readonly dueAt: Instant | null
}

/** What the applicant is told of a case, oldest first: the stages that its tokens have reached. */
export function stagesOf(
  history: readonly CommitRecord[],
  state: ProcessInstance,
  findProcess: FindProcess,
  zone: string
): readonly StageView[] {
  const reached = reachedIn(history, findProcess)
  const now = reached.at(-1)
  return reached
    .map(each => ({
      name: each.stage.name,
      text: { id: each.stage.text, en: each.stage.english },
      since: each.since,
      by: each === now && state.status === 'running' ? dateOf(each, state.variables, zone) : null
    }))
    .concat(ended(now?.stage.name, history, state))
}

/** Every stage in the order in which it was reached; the same one again at once counts once. */
function reachedIn(history: readonly CommitRecord[], findProcess: FindProcess): readonly Reached[] {
  const [first] = history
  if (first === undefined) return []
  const all: Reached[] = []
  for (const { record, event, place } of walk(history, findProcess)) {
    const last = all.at(-1)
    if (event.type === 'elementActivated' && place !== null && place.node.stage !== null) {
      const { stage } = place.node
      const again = last !== undefined && isSame(last.stage, stage)
      if (again) all.pop()
      const since = again ? last.since : record.at
      all.push({ stage, since, token: event.token.id, dueAt: null })
    }
    if (
      event.type === 'elementWaiting' &&
      event.wait.for === 'user' &&
      event.token === last?.token
    ) {
      all.pop()
      all.push({ ...last, dueAt: event.wait.dueAt })
    }
  }
  return all[0]?.stage.name === 'received' ? all : [{ ...UNTOLD, since: first.at }, ...all]
}

/** What is said before any stage is reached. */
const UNTOLD: Omit<Reached, 'since'> = {
  stage: { name: 'received', text: '', english: '', by: null },
  token: null,
  dueAt: null
}

function isSame(a: Stage, b: Stage): boolean {
  return a.name === b.name && a.text === b.text
}

/** A case that is over says so, whatever stage its diagram reached last. */
function ended(
  last: Stage['name'] | undefined,
  history: readonly CommitRecord[],
  { status }: ProcessInstance
): readonly StageView[] {
  if (status === 'running' || last === 'refused' || last === 'closed') return []
  const since = history.at(-1)?.at ?? ''
  return [{ name: 'closed', text: { id: '', en: '' }, since, by: null }]
}

/** Until when a stage holds; null when nothing says so, or not yet. */
function dateOf({ stage, dueAt }: Reached, variables: Variables, zone: string): LocalDate | null {
  if (stage.by === null) return dueAt === null ? null : localDate(dueAt, zone)
  try {
    const found = compileExpression(stage.by).evaluate(name =>
      Object.hasOwn(variables, name) ? variables[name] : undefined
    )
    if (typeof found !== 'string') return null
    if (/^\d{4}-\d\d-\d\d$/.test(found)) return found
    return Number.isNaN(Date.parse(found)) ? null : localDate(new Date(found).toISOString(), zone)
  } catch (error) {
    // what it reads may not be known yet
    if (error instanceof Stuck) return null
    throw error
  }
}
