import type { Deployment, Deployments } from '../deployments.ts'
import type { Database } from './database.ts'
import { groupWriter } from './group.ts'
import { guarded } from './unavailable.ts'

interface Row extends Omit<Deployment, 'forms' | 'deployedAt'> {
  readonly forms: string
  readonly deployed_at: string
}

/** Deployed versions in SQLite. */
export function sqliteDeployments(database: Database): Deployments {
  database.exec(`
    create table if not exists deployments (
      process text not null, version integer not null, file text not null, sha256 text not null,
      xml text not null, forms text not null, deployed_at text not null,
      primary key (process, version)
    )
  `)
  const add = database.prepare('insert into deployments values (?, ?, ?, ?, ?, ?, ?)')
  const all = database.prepare('select * from deployments order by process, version')
  const writer = groupWriter(database)

  return guarded({
    async all() {
      return (all.all() as Row[]).map(({ deployed_at, forms, ...row }) => ({
        ...row,
        forms: JSON.parse(forms) as Deployment['forms'],
        deployedAt: deployed_at
      }))
    },
    add: deployments =>
      writer.write(() => {
        for (const { process, version, file, sha256, xml, forms, deployedAt } of deployments) {
          add.run(process, version, file, sha256, xml, JSON.stringify(forms), deployedAt)
        }
      })
  })
}
