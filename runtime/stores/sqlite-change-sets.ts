import { CommandRefused } from '../../engine/errors.ts'
import type { ChangeSet } from '../rules/change-set.ts'
import type { Barred, ChangeSets, ChangeSetWrite, Head } from '../rules/change-sets.ts'
import { ChangeConflict } from '../rules/change-sets.ts'
import type { ImpactReport } from '../rules/impact.ts'
import type { Database } from './database.ts'
import { lawWriter, openLawTables } from './sqlite-law.ts'
import { guarded } from './unavailable.ts'

/** Change sets in SQLite, beside what they publish. */
export function sqliteChangeSets(database: Database): ChangeSets {
  openLawTables(database)
  const prepare = (text: string) => database.prepare(text)
  const selectSet = prepare('SELECT body, changed_at FROM rule_change_sets WHERE id = ?')
  const selectBarred = prepare(
    'SELECT person, because FROM rule_barred WHERE change_set = ? ORDER BY person'
  )
  const selectLast = prepare(
    `SELECT max(CAST(substr(id, 9) AS INTEGER)) AS last FROM rule_change_sets
     WHERE id GLOB ? || '[0-9]*'`
  )
  const selectPage = prepare(
    `SELECT body, changed_at FROM rule_change_sets
     WHERE scope IN (SELECT value FROM json_each(?))
       AND (? IS NULL OR state IN (SELECT value FROM json_each(?)))
       AND (? IS NULL OR changed_at < ? OR (changed_at = ? AND id > ?))
     ORDER BY changed_at DESC, id LIMIT ?`
  )
  const insertSet = prepare('INSERT INTO rule_change_sets VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  const updateSet = prepare(
    `UPDATE rule_change_sets SET state = ?, version = ?, content_hash = ?,
       content_version = CASE WHEN ? THEN ? ELSE content_version END, changed_at = ?, body = ?
     WHERE id = ? AND version = ?`
  )
  const insertMaker = prepare('INSERT OR IGNORE INTO rule_makers VALUES (?, ?)')
  const insertBarred = prepare('INSERT OR IGNORE INTO rule_barred VALUES (?, ?, ?)')
  const insertApproval = prepare(
    `INSERT INTO rule_approvals (change_set, person, at, content_hash, impact_hash, version)
     VALUES (?, ?, ?, ?, ?, ?)`
  )
  const insertPublication = prepare(
    'INSERT OR IGNORE INTO rule_publications VALUES (?, ?, ?, ?, ?)'
  )
  const selectHeads = prepare(
    'SELECT release, at, change_set AS changeSet FROM rule_heads WHERE office = ? ORDER BY number'
  )
  const insertImpact = prepare('INSERT OR REPLACE INTO rule_impacts VALUES (?, ?)')
  const selectImpact = prepare('SELECT body FROM rule_impacts WHERE change_set = ?')
  const keepLaw = lawWriter(database)

  const addMakers = ({ id, makers }: ChangeSet) => {
    for (const person of makers) insertMaker.run(id, person)
  }
  const write = ({ set, at, edited }: ChangeSetWrite): void => {
    const { id, state, version, contentHash } = set
    const body = JSON.stringify(set)
    const written = updateSet.run(
      state,
      version,
      contentHash,
      edited ? 1 : 0,
      version,
      at,
      body,
      id,
      version - 1
    )
    if (written.changes === 0) {
      throw new ChangeConflict(`change set <${id}> has moved on from version ${version - 1}`)
    }
    addMakers(set)
  }
  const inOne = (work: () => void): void => {
    try {
      database.transaction(work)()
    } catch (error) {
      throw refusal(error)
    }
  }

  return guarded({
    async add(set, at) {
      let kept: ChangeSet | null = null
      inOne(() => {
        const prefix = `cs-${at.slice(0, 4)}-`
        const { last } = selectLast.get(prefix) as { readonly last: number | null }
        const id = `${prefix}${String((last ?? 0) + 1).padStart(4, '0')}`
        kept = { ...set, id }
        const { scope, state, version, contentHash } = set
        const body = JSON.stringify(kept)
        insertSet.run(id, scope, state, version, contentHash, version, at, body)
        addMakers(kept)
      })
      return kept as unknown as ChangeSet
    },

    async byId(id) {
      const row = selectSet.get(id) as Row | undefined
      if (!row) return null
      const barred = (selectBarred.all(id) as Barred[]).map(({ person, because }) => ({
        person,
        because
      }))
      return { ...keptOf(row), barred }
    },

    async list({ scopes, states, limit, cursor }) {
      const [changedAt, id] = cursor === null ? [null, null] : cursor.split(' ')
      const wanted = states === null ? null : JSON.stringify(states)
      const found = (
        selectPage.all(
          JSON.stringify(scopes),
          wanted,
          wanted,
          changedAt,
          changedAt,
          changedAt,
          id,
          limit + 1
        ) as Row[]
      ).map(keptOf)
      const rows = found.slice(0, limit)
      const last = rows.at(-1)
      const more = found.length > limit && last !== undefined
      return { rows, next: more ? `${last.changedAt} ${last.set.id}` : null }
    },

    async write(one) {
      inOne(() => write(one))
    },

    async bar(id, barred) {
      inOne(() => {
        for (const { person, because } of barred) insertBarred.run(id, person, because)
      })
    },

    async publish({ writes, approval, enacted: { publication, law } }) {
      const { number, changeSet, at } = publication
      inOne(() => {
        for (const one of writes) write(one)
        if (approval !== null) {
          const { by, contentHash, impactHash } = approval
          const version = writes.find(({ set }) => set.id === changeSet)?.set.version ?? 0
          insertApproval.run(changeSet, by, approval.at, contentHash, impactHash, version)
        }
        const body = JSON.stringify(publication)
        const emergency = approval === null ? 1 : 0
        if (insertPublication.run(number, changeSet, emergency, at, body).changes === 0)
          throw new ChangeConflict(`publication ${number} was made by another process`)
        keepLaw(law, at, changeSet)
      })
    },

    async heads(office) {
      return (selectHeads.all(office) as Head[]).map(({ release, at, changeSet }) => ({
        release,
        at,
        changeSet
      }))
    },

    async keepImpact(id, report) {
      insertImpact.run(id, JSON.stringify(report))
    },

    async impact(id) {
      const row = selectImpact.get(id) as { readonly body: string } | undefined
      return row ? (JSON.parse(row.body) as ImpactReport) : null
    }
  })
}

interface Row {
  readonly body: string
  readonly changed_at: string
}

function keptOf({ body, changed_at }: Row) {
  return { set: JSON.parse(body) as ChangeSet, changedAt: changed_at }
}

/** What a trigger refuses is a refusal, not a bug. */
function refusal(error: unknown): unknown {
  const { message = '' } = error as { readonly message?: string }
  const [, why] = /four eyes: ([^\n]*)/.exec(message) ?? []
  return why === undefined ? error : new CommandRefused('same-person', why)
}
