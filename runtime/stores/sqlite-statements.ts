import type { LawPart, ReleaseContent } from '../../engine/rules/release.ts'
import type { Publication, PublishedStatement, Statements } from '../rules/statements.ts'
import type { Database } from './database.ts'
import { lawWriter, openLawTables } from './sqlite-law.ts'
import { guarded } from './unavailable.ts'

/** Keeps published statements and releases in SQLite. */
export function sqliteStatements(database: Database): Statements {
  openLawTables(database)
  const selectStatements = database.prepare('SELECT body FROM rule_statements ORDER BY number')
  const selectPublications = database.prepare(
    'SELECT body FROM rule_publications WHERE number > ? ORDER BY number'
  )
  const insertStatement = database.prepare(
    'INSERT INTO rule_statements (scope, key, by, at, body) VALUES (?, ?, ?, ?, ?)'
  )
  const keepLaw = lawWriter(database)
  const selectPart = database.prepare('SELECT body FROM rule_parts WHERE id = ?')
  const selectRelease = database.prepare('SELECT body FROM rule_releases WHERE id = ?')

  return guarded({
    async all() {
      return (selectStatements.all() as Body[]).map(
        ({ body }) => JSON.parse(body) as PublishedStatement
      )
    },

    async publications(after = 0) {
      return (selectPublications.all(after) as Body[]).map(
        ({ body }) => JSON.parse(body) as Publication
      )
    },

    async keep(law, published) {
      database.transaction(() => {
        keepLaw(law, published?.at ?? null, null)
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
