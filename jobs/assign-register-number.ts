import { Input } from './input.ts'
import type { Handler } from './job.ts'
import { localDate } from './letters/compose.ts'
import type { JobServices } from './services.ts'

/** Gives the next number of a register of the office and year: `ITK/TJU/2015/0001`. */
export function assignRegisterNumber({
  registers,
  rulebook
}: Pick<JobServices, 'registers' | 'rulebook'>): Handler {
  return async job => {
    const input = new Input(job)
    const register = input.text('register')
    input.done()

    const year = localDate(job.at, rulebook.office(job.office, job.at).timeZone).slice(0, 4)
    const claimant = `${job.id} ${register}`
    const seq = await registers.claim({
      office: job.office,
      register,
      year: Number(year),
      claimant,
      at: job.at
    })
    const office = job.office.replace(/^kanim-/, '').toUpperCase()
    const number = `${register}/${office}/${year}/${String(seq).padStart(4, '0')}`
    await registers.issued(claimant, { number, instance: job.instance })
    return { registration: { number } }
  }
}
