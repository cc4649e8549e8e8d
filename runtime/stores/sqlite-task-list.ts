import type { OpenTask, Page, TaskFilter, TaskQuery } from '../store.ts'
import { type All, keysOf, page, type Row } from './sqlite-pages.ts'

const TASK = `t.instance, t.token, t.process, t.element, t.name, t.office, t.unit, t.role, t.owners,
  t.since, t.due_at as dueAt, t.follow_up_at as followUpAt, t.priority, t.assignee,
  t.assignee_name as assigneeName, t.owner, t.owner_name as ownerName, t.barred, t.number,
  t.subject, t.process_name as processName, t.rank,
  exists (select 1 from instances i where i.instance = t.instance and i.status = 'suspended') as suspended`
const KEYS = ['rank', 'instance', 'token'] as const

interface Condition {
  readonly text: string
  readonly values: readonly (string | null)[]
}

/**
 * A page of a task list. Each role and each name that a task may be had by is read along its own index,
 * from where the last page ended.
 */
export function taskPage(all: All, query: TaskQuery): Page<OpenTask> {
  const { unit, limit, cursor, only = {} } = query
  const after = keysOf(cursor, 3) ?? ['', '', '']
  const most = limit + 1
  const filters = conditionsOf(only)
  const lists = (query.roles === null ? [EVERY] : branchesOf(query)).map(
    ({ from, at, conditions }) => {
      const where = [...conditions, ...filters]
      return {
        text: `select ${TASK} from ${from} where ${at}.unit = ?
          ${where.map(({ text }) => ` and ${text}`).join('')}
          and (${at}.rank, ${at}.instance, ${at}.token) > (?, ?, ?)
          order by ${at}.rank, ${at}.instance, ${at}.token limit ?`,
        values: [unit, ...where.flatMap(({ values }) => values), ...after, most]
      }
    }
  )
  const rows = all(
    `${lists.map(({ text }) => `select * from (${text})`).join(' union ')}
     order by rank, instance, token limit ?`,
    [...lists.flatMap(({ values }) => values), most]
  )
  const { rows: kept, next } = page<Row>(rows, limit, KEYS)
  return { rows: kept.map(taskOf), next }
}

interface Branch {
  readonly from: string
  /** The table along whose index it is read. */
  readonly at: 't' | 'o'
  readonly conditions: readonly Condition[]
}

const EVERY: Branch = { from: 'tasks t', at: 't', conditions: [] }

/** What may be done as oneself, and for each of those whom one acts for. */
function branchesOf({ roles, person = null, deputyFor = [] }: TaskQuery): readonly Branch[] {
  const own = namesIn(roles ?? [], person, [])
  const anyone: Branch = {
    from: 'tasks t',
    at: 't',
    conditions: [{ text: 't.role is null and t.owners is null', values: [] }]
  }
  const others = deputyFor.flatMap(({ person, roles, whole, processes }) =>
    namesIn(roles, whole ? person : null, processes === null ? [] : [within(processes)])
  )
  return [anyone, ...own, ...others]
}

function namesIn(
  roles: readonly string[],
  person: string | null,
  conditions: readonly Condition[]
): readonly Branch[] {
  const held = [...new Set(roles)]
  const names = person === null ? held : [...held, person]
  return [
    ...held.map((role): Branch => {
      const ofRole = { text: 't.role = ?', values: [role] }
      return { from: 'tasks t', at: 't', conditions: [ofRole, ...conditions] }
    }),
    ...names.map((name): Branch => {
      const named = { text: 'o.name = ?', values: [name] }
      const from = 'task_owners o join tasks t on t.instance = o.instance and t.token = o.token'
      return { from, at: 'o', conditions: [named, ...conditions] }
    })
  ]
}

function within(processes: readonly string[]): Condition {
  return { text: `t.process in (${processes.map(() => '?').join(', ')})`, values: processes }
}

function conditionsOf(only: TaskFilter): readonly Condition[] {
  const { assignee, dueBefore, followUpBy, followUpAfter } = only
  return [
    ...(assignee === undefined
      ? []
      : assignee === null
        ? [{ text: 't.assignee is null', values: [] }]
        : [{ text: 't.assignee = ?', values: [assignee] }]),
    ...(dueBefore === undefined ? [] : [{ text: 't.due_at < ?', values: [dueBefore] }]),
    ...(followUpBy === undefined
      ? []
      : [{ text: '(t.follow_up_at is null or t.follow_up_at <= ?)', values: [followUpBy] }]),
    ...(followUpAfter === undefined
      ? []
      : [{ text: 't.follow_up_at > ?', values: [followUpAfter] }])
  ]
}

// A row of the database has no type of its own; the columns are those of `TASK`.
function taskOf({ assigneeName, ownerName, ...row }: Row): OpenTask {
  const { assignee, owner, owners, barred } = row
  const named = (id: string | null | undefined, name: string | undefined) =>
    id === null || id === undefined ? null : { id, name: name ?? id }
  return {
    ...(row as unknown as OpenTask),
    owners: typeof owners === 'string' ? (JSON.parse(owners) as string[]) : null,
    barred: JSON.parse(barred ?? '[]') as string[],
    suspended: Number(row.suspended) === 1,
    assignee: named(assignee, assigneeName),
    owner: named(owner, ownerName)
  }
}
