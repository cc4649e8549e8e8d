import { appendFileSync } from 'node:fs'
import { CommandRefused } from '../../engine/errors.ts'
import { systemClock } from '../../runtime/clock.ts'
import { COUNTER, openHouse } from './house.ts'

// Drives so many instances to their end on one file, whatever an earlier process has left there.
// Started by kill.test.ts, which ends it at any moment.

const [file, journal, count] = process.argv.slice(2) as [string, string, string]
const ids = Array.from({ length: Number(count) }, (_, index) => `kill-${index}`)

const house = await openHouse({
  file,
  clock: systemClock,
  handlers: {
    append: async ({ id, instance }) => {
      appendFileSync(journal, `${instance} ${id}\n`)
      return {}
    }
  }
})
process.stdout.write('working\n')

async function harmless(work: Promise<unknown>): Promise<void> {
  await work.catch(error => {
    if (!(error instanceof CommandRefused)) throw error
  })
}

async function startAll(): Promise<void> {
  for (const instance of ids) {
    const start = { process: 'kill', office: 'kanim-tju', variables: {}, by: COUNTER, instance }
    if ((await house.store.load(instance)) === null) await harmless(house.runtime.start(start))
  }
}

async function completeAll(): Promise<void> {
  for (;;) {
    const { rows } = await house.store.taskList({
      unit: 'kanim-tju',
      roles: ['counter'],
      limit: 20,
      cursor: null
    })
    await Promise.all(
      rows.map(({ instance, token }) => {
        const command = { type: 'completeUserTask', token, variables: {} } as const
        return harmless(house.runtime.execute({ instance, by: COUNTER, command }))
      })
    )
    const states = await Promise.all(ids.map(id => house.store.load(id)))
    if (states.every(state => state?.status === 'completed')) return
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}

await Promise.all([startAll(), completeAll()])
await house.close()
process.stdout.write('done\n')
