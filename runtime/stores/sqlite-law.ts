import type { StoredLaw } from '../rules/statements.ts'
import type { Database } from './database.ts'

/** What is published can never be changed or taken away. */
const appendOnly = (table: string): string =>
  ['update', 'delete']
    .map(
      verb => `
    CREATE TRIGGER IF NOT EXISTS ${table}_no_${verb} BEFORE ${verb} ON ${table}
      BEGIN SELECT RAISE(ABORT, 'append only: <${table}> is never changed'); END;`
    )
    .join('')

const TABLES = `
  CREATE TABLE IF NOT EXISTS rule_statements (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    scope TEXT NOT NULL, key TEXT NOT NULL, by TEXT NOT NULL, at TEXT NOT NULL, body TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS rule_parts (id TEXT PRIMARY KEY, unit TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS rule_releases (id TEXT PRIMARY KEY, office TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS rule_heads (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    office TEXT NOT NULL, release TEXT NOT NULL, at TEXT, change_set TEXT);
  CREATE INDEX IF NOT EXISTS rule_heads_office ON rule_heads (office, number);

  CREATE TABLE IF NOT EXISTS rule_change_sets (
    id TEXT PRIMARY KEY, scope TEXT NOT NULL, state TEXT NOT NULL, version INTEGER NOT NULL,
    content_hash TEXT NOT NULL, content_version INTEGER NOT NULL,
    changed_at TEXT NOT NULL, body TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS rule_change_sets_changed ON rule_change_sets (changed_at, id);
  CREATE TABLE IF NOT EXISTS rule_makers (
    change_set TEXT NOT NULL, person TEXT NOT NULL, PRIMARY KEY (change_set, person)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS rule_barred (
    change_set TEXT NOT NULL, person TEXT NOT NULL, because TEXT NOT NULL,
    PRIMARY KEY (change_set, person)) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS rule_approvals (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    change_set TEXT NOT NULL, person TEXT NOT NULL, at TEXT NOT NULL,
    content_hash TEXT NOT NULL, impact_hash TEXT NOT NULL, version INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS rule_publications (
    number INTEGER PRIMARY KEY, change_set TEXT NOT NULL, emergency INTEGER NOT NULL,
    at TEXT NOT NULL, body TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS rule_impacts (change_set TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;

  CREATE TRIGGER IF NOT EXISTS rule_approvals_four_eyes BEFORE INSERT ON rule_approvals BEGIN
    SELECT RAISE(ABORT, 'four eyes: a maker may not approve')
      WHERE EXISTS (SELECT 1 FROM rule_makers m
        WHERE m.change_set = new.change_set AND m.person = new.person);
    SELECT RAISE(ABORT, 'four eyes: somebody who acts for a maker, or for whom a maker acts, may not approve')
      WHERE EXISTS (SELECT 1 FROM rule_barred b
        WHERE b.change_set = new.change_set AND b.person = new.person);
    SELECT RAISE(ABORT, 'four eyes: the approval is of another content')
      WHERE NOT EXISTS (SELECT 1 FROM rule_change_sets s
        WHERE s.id = new.change_set AND s.content_hash = new.content_hash);
  END;
  CREATE TRIGGER IF NOT EXISTS rule_publications_approved BEFORE INSERT ON rule_publications
    WHEN new.emergency = 0 BEGIN
    SELECT RAISE(ABORT, 'four eyes: nobody has approved what is published')
      WHERE NOT EXISTS (SELECT 1 FROM rule_approvals a JOIN rule_change_sets s ON s.id = a.change_set
        WHERE a.change_set = new.change_set AND a.content_hash = s.content_hash
          AND a.version >= s.content_version);
  END;
  ${['rule_makers', 'rule_barred', 'rule_approvals', 'rule_publications', 'rule_heads'].map(appendOnly).join('')}
`

/** Makes the tables of local law that are missing. */
export function openLawTables(database: Database): void {
  database.exec(TABLES)
}

/** Writes parts and releases that are not known, and which release an office has from now on; inside a transaction. */
export function lawWriter(
  database: Database
): (law: StoredLaw, at: string | null, changeSet: string | null) => void {
  const insertPart = database.prepare(
    'INSERT OR IGNORE INTO rule_parts (id, unit, body) VALUES (?, ?, ?)'
  )
  const insertRelease = database.prepare(
    'INSERT OR IGNORE INTO rule_releases (id, office, body) VALUES (?, ?, ?)'
  )
  const insertHead = database.prepare(
    `INSERT INTO rule_heads (office, release, at, change_set)
     SELECT ?, ?, ?, ? WHERE ? IS NOT
       (SELECT release FROM rule_heads WHERE office = ? ORDER BY number DESC LIMIT 1)`
  )
  return ({ parts, releases }, at, changeSet) => {
    for (const [id, part] of parts) insertPart.run(id, part.unit, JSON.stringify(part))
    for (const [id, release] of releases) {
      insertRelease.run(id, release.office, JSON.stringify(release))
      insertHead.run(release.office, id, at, changeSet, id, release.office)
    }
  }
}
