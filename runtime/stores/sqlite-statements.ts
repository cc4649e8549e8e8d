import type { LawPart, ReleaseContent } from '../../engine/rules/release.ts'
import type { Publication, PublishedStatement, Statements } from '../rules/statements.ts'
import type { Database } from './database.ts'
import { guarded } from './unavailable.ts'

/** Keeps published statements and releases in SQLite. */
export function sqliteStatements(database: Database): Statements {
  database.exec(`
    CREATE TABLE IF NOT EXISTS rule_statements (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      scope TEXT NOT NULL, key TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL, body TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS rule_publications (
      number INTEGER PRIMARY KEY, change_set TEXT NOT NULL, at TEXT NOT NULL, body TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS rule_parts (id TEXT PRIMARY KEY, unit TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS rule_releases (id TEXT PRIMARY KEY, office TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
  `)
  const selectStatements = database.prepare('SELECT body FROM rule_statements ORDER BY number')
  const selectPublications = database.prepare('SELECT body FROM rule_publications ORDER BY number')
  const insertStatement = database.prepare(
    'INSERT INTO rule_statements (scope, key, by, at, body) VALUES (?, ?, ?, ?, ?)'
  )
  const insertPart = database.prepare(
    'INSERT OR IGNORE INTO rule_parts (id, unit, body) VALUES (?, ?, ?)'
  )
  const insertRelease = database.prepare(
    'INSERT OR IGNORE INTO rule_releases (id, office, body) VALUES (?, ?, ?)'
  )
  const selectPart = database.prepare('SELECT body FROM rule_parts WHERE id = ?')
  const selectRelease = database.prepare('SELECT body FROM rule_releases WHERE id = ?')

  return guarded({
    async all() {
      return (selectStatements.all() as Body[]).map(
        ({ body }) => JSON.parse(body) as PublishedStatement
      )
    },

    async publications() {
      return (selectPublications.all() as Body[]).map(({ body }) => JSON.parse(body) as Publication)
    },

    async keep({ releases, parts }, published) {
      database.transaction(() => {
        for (const [id, part] of parts) insertPart.run(id, part.unit, JSON.stringify(part))
        for (const [id, release] of releases)
          insertRelease.run(id, release.office, JSON.stringify(release))
        if (published) {
          const { scope, key, by, at } = published
          insertStatement.run(scope, key, by, at, JSON.stringify(published))
        }
      })()
    },

    async release(id) {
      const row = selectRelease.get(id) as Body | undefined
      if (!row) return null
      const content = JSON.parse(row.body) as ReleaseContent
      const parts = content.parts.map(
        ({ part }) => JSON.parse((selectPart.get(part) as Body).body) as LawPart
      )
      return { content, parts }
    }
  })
}

interface Body {
  readonly body: string
}
