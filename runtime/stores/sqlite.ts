import type { ProcessInstance, Value } from '../../engine/state.ts'
import { urgencyOf } from '../../engine/task-events.ts'
import {
  type BufferedMessage,
  type CalendarInUse,
  type Commit,
  type CommitRecord,
  Conflict,
  type Correlation,
  type DataAccess,
  type DataEntry,
  type DataPlace,
  type OpenTask,
  type PendingEffect,
  type Removal,
  type Store,
  StoreUnavailable,
  type Subscriber
} from '../store.ts'
import { closeDatabase, type Database } from './database.ts'
import { groupWriter } from './group.ts'
import { packed, packedDecision, unpacked } from './packing.ts'
import { sqliteQueries } from './sqlite-queries.ts'
import { openTables } from './sqlite-tables.ts'
import { unavailable } from './unavailable.ts'

/** Keeps everything in one SQLite file, for one machine. Commits that arrive together share one fsync. */
export function sqliteStore(database: Database): Store {
  const sql = openTables(database)
  const writer = groupWriter(database)
  let open = true

  function read<Result>(query: () => Result): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (!open) return reject(new StoreUnavailable('closed', 'the store is closed'))
      try {
        resolve(query())
      } catch (error) {
        reject(unavailable(error))
      }
    })
  }

  function write(commit: Commit): void {
    const { before, state, receives, at } = commit
    if (state.version <= before) throw new Error(`expected a step of <${state.id}> to have events`)
    if (receives !== null && isTaken(receives, state.id)) throw new Conflict(state.id, before)
    for (const { message, key } of commit.begins ?? []) {
      if (sql.anyWaits.get(message, key) !== undefined) throw new Conflict(state.id, before)
    }
    if (commit.data) checkData(commit.data, commit)
    writeInstance(commit)
    for (const { unit, store, key, value } of commit.data?.writes ?? []) {
      sql.writeData.run(unit, store, key, value === null ? null : JSON.stringify(value))
    }
    writeRows(commit)
    const { by, command, events } = commit
    sql.addCommit.run(
      state.id,
      before,
      state.version,
      at,
      JSON.stringify(by),
      command,
      JSON.stringify(packed(events, at))
    )
    for (const { event, office, rule, release, date } of commit.decisions ?? []) {
      const made = events[event]
      if (made?.type !== 'ruleDecided') throw new Error(`expected event ${event} to decide`)
      const recorded = packedDecision(made)
      sql.addDecision.run(state.id, before, event, at, office, rule, release, date, recorded)
    }
    for (const effect of commit.effects) {
      sql.addEffect.run(effect.id, state.id, JSON.stringify(effect), at)
    }
    if (receives !== null && sql.takeBuffered.run(receives).changes === 0) {
      sql.addReceived.run(receives, state.id)
    }
    for (const effect of commit.settles) settle(effect)
  }

  /** The version check: nothing has been written before it. */
  function writeInstance({ before, state, rows }: Commit): void {
    const { instance: row } = rows
    const text = JSON.stringify(state)
    const written =
      before === 0
        ? sql.addInstance.run(
            row.instance,
            state.version,
            text,
            row.process,
            row.processName,
            row.office,
            row.status,
            row.number,
            row.subject,
            row.search,
            row.startedAt,
            row.changedAt,
            row.calendar ?? null
          )
        : sql.changeInstance.run(
            state.version,
            text,
            row.processName,
            row.status,
            row.number,
            row.subject,
            row.search,
            row.changedAt,
            row.calendar ?? null,
            row.instance,
            before
          )
    if (written.changes === 0) throw new Conflict(state.id, before)
  }

  /** Nothing has been written before it: whether the data stores are still as they were read, with room. */
  function checkData({ reads, writes }: DataAccess, { state, before }: Commit): void {
    if (reads.some(place => entryAt(place).version !== place.version)) {
      throw new Conflict(state.id, before)
    }
    const grown = new Map<string, number>()
    for (const { unit, store, key, capacity, more } of writes) {
      const name = JSON.stringify([unit, store])
      grown.set(name, (grown.get(name) ?? 0) + more)
      if (more <= 0 || capacity === null) continue
      const size = entryAt({ unit, store, key }).size + (grown.get(name) as number)
      if (size > capacity) throw new Conflict(state.id, before)
    }
  }

  function entryAt({ unit, store, key }: DataPlace): DataEntry {
    const row = sql.dataEntry.get(unit, store, key) as
      | { readonly value: string | null; readonly version: number }
      | undefined
    const { size } = sql.dataSize.get(unit, store) as { readonly size: number }
    const value = row?.value == null ? null : (JSON.parse(row.value) as Value)
    return { value, version: row?.version ?? 0, size }
  }

  function clearRows(instance: string): void {
    sql.clearTasks.run(instance)
    sql.clearOwners.run(instance)
    sql.clearIncidents.run(instance)
    sql.clearWaits.run(instance)
  }

  function writeRows({ before, state, rows }: Commit): void {
    if (before > 0) clearRows(state.id)
    for (const task of rows.tasks) {
      const rank = rankOf(task)
      sql.addTask.run(
        task.instance,
        task.token,
        rank,
        task.process,
        task.element,
        task.name,
        task.office,
        task.unit,
        task.role,
        task.since,
        task.dueAt,
        task.number,
        task.subject,
        task.processName,
        task.owners === null ? null : JSON.stringify(task.owners),
        task.followUpAt,
        task.priority,
        task.assignee?.id ?? null,
        task.assignee?.name ?? null,
        task.owner?.id ?? null,
        task.owner?.name ?? null,
        JSON.stringify(task.barred)
      )
      for (const name of task.owners ?? []) {
        sql.addOwner.run(task.instance, task.token, name, task.unit, rank)
      }
    }
    for (const incident of rows.incidents) {
      sql.addIncident.run(
        incident.instance,
        incident.token,
        incident.element,
        incident.name,
        incident.office,
        incident.code,
        incident.message,
        incident.since,
        incident.number,
        incident.subject
      )
    }
    for (const wait of rows.waits) {
      sql.addWait.run(wait.instance, wait.subscription, wait.message, wait.key)
    }
  }

  function isTaken(publication: string, instance: string): boolean {
    const kept = sql.buffered.get(publication) as { readonly taken: number } | undefined
    if (kept) return kept.taken === 1
    return sql.received.get(publication, instance) !== undefined
  }

  function settle(effect: string): void {
    sql.settle.run(effect)
    sql.forgetReceived.run(effect)
  }

  function remove(removal: Removal): void {
    const { instance } = removal
    clearRows(instance)
    for (const statement of [
      sql.removeInstance,
      sql.removeCommits,
      sql.removeDecisions,
      sql.removeEffects,
      sql.removeReceived
    ]) {
      statement.run(instance)
    }
    sql.addRemoval.run(instance, removal.removedAt, JSON.stringify(removal))
  }

  return {
    load: instance =>
      read(() => {
        const row = sql.load.get(instance) as { readonly state: string } | undefined
        return row ? (JSON.parse(row.state) as ProcessInstance) : null
      }),
    commit: commit => writer.write(() => write(commit)),
    history: instance => read(() => sql.history.all(instance).map(commitRecord)),
    ...sqliteQueries(database, read),
    calendarsInUse: () => read(() => sql.calendarsInUse.all() as CalendarInUse[]),
    restingOn: ({ office, calendar }, after, limit) =>
      read(() =>
        (sql.restingOn.all(office, calendar, after, limit) as { readonly instance: string }[]).map(
          ({ instance }) => instance
        )
      ),
    subscribers: (message, key, publication) =>
      read(() => sql.subscribers.all(message, key, publication, publication) as Subscriber[]),
    readData: place => read(() => entryAt(place)),
    pendingEffects: () => read(() => sql.pending.all().map(pendingEffect)),
    settle: effect => writer.write(() => settle(effect)),
    buffer: message =>
      writer.write(() => {
        const added = sql.keep.run(...columnsOf(message), message.id)
        for (const key of added.changes > 0 ? (message.otherKeys ?? []) : []) {
          sql.keepKey.run(message.id, key)
        }
        return sql.buffered.get(message.id) !== undefined
      }),
    correlations: async (now, instance) => {
      const found = await read(() => sql.correlations.all(now, instance, instance).map(correlation))
      if (instance === null && sql.expired.get(now) !== undefined) {
        await writer.write(() => {
          sql.forgetExpired.run(now)
          sql.forgetKeys.run()
        })
      }
      return found
    },
    observe: (condition, holds) =>
      writer.write(() => {
        const known = sql.condition.get(condition) as Observed | undefined
        if (known !== undefined && (known.holds === 1) === holds) return known.times
        sql.noteCondition.run({ condition, holds: holds ? 1 : 0 })
        return (sql.condition.get(condition) as Observed).times
      }),
    remove: removal => writer.write(() => remove(removal)),
    isRemoved: instance => read(() => sql.isRemoved.get(instance) !== undefined),
    removals: limit =>
      read(() =>
        (sql.removals.all(limit) as { readonly removal: string }[]).map(
          row => JSON.parse(row.removal) as Removal
        )
      ),
    async close() {
      if (!open) return
      writer.close()
      open = false
      closeDatabase(database)
    }
  }
}

/** What tasks are ordered by: the class of their priority, then the due time. */
function rankOf({ priority, dueAt, since }: OpenTask): string {
  return URGENCY[urgencyOf(priority)] + (dueAt ?? `~${since}`)
}
const URGENCY = { urgent: 'a', normal: 'b', low: 'c' } as const

function columnsOf({ id, message, key, variables, until }: BufferedMessage): readonly string[] {
  return [id, message, key, JSON.stringify(variables), until]
}

// A row of the database has no type of its own; what is read here was written by `write` above.
type Row = Record<string, string>

/** What is known of a condition: whether it holds, and how often it has become true. */
interface Observed {
  readonly holds: number
  readonly times: number
}

function commitRecord(row: unknown): CommitRecord {
  const { before, after, at, by, command, events } = row as Row
  return {
    from: Number(before),
    to: Number(after),
    at: at as string,
    by: JSON.parse(by as string),
    command: command as CommitRecord['command'],
    events: unpacked(JSON.parse(events as string), at as string)
  }
}

function pendingEffect(row: unknown): PendingEffect {
  const { instance, effect, created_at } = row as Row
  return {
    instance: instance as string,
    effect: JSON.parse(effect as string),
    createdAt: created_at as string
  }
}

function correlation(row: unknown): Correlation {
  const { instance, subscription, id, message, key, variables, until } = row as {
    readonly [column: string]: string
  } & { readonly message: string; readonly key: string }
  return {
    subscriber: {
      instance: instance as string,
      subscription: subscription as string,
      message,
      key
    },
    buffered: {
      id: id as string,
      message,
      key,
      variables: JSON.parse(variables as string),
      until: until as string
    }
  }
}
