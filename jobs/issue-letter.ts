import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Instant, LocalDate, Variables } from '../engine/state.ts'
import type { IssuedLetter } from '../runtime/letters.ts'
import type { Person } from '../runtime/people.ts'
import { Input } from './input.ts'
import type { Handler, Job } from './job.ts'
import { JobFault } from './job.ts'
import { compose, localDate } from './letters/compose.ts'
import type { Addressee, Letter, Letterhead, Signatory } from './letters/letter.ts'
import { letterheadOf } from './letters/letterhead.ts'
import { formatNumber } from './letters/numbers.ts'
import { paper } from './letters/paper.tsx'
import { normalise } from './letters/pdf.ts'
import type { SealedFacts } from './letters/seal.ts'
import type { Template } from './letters/template.ts'
import { findTemplate } from './letters/template.ts'
import type { JobServices } from './services.ts'

type LetterServices = Omit<JobServices, 'billing' | 'watchList' | 'mail'>

/**
 * Writes, numbers, prints, seals and files a letter of the unit of whoever signs it.
 *
 * Every attempt of a job gives the same letter, whatever crashed before: its id follows from the job,
 * its number is claimed under that id, and its date is the job's own.
 */
export function issueLetter(services: LetterServices): Handler {
  const { letters, registers, files, sealer, renderer, attempts } = services

  return async job => {
    const filed = await letters.byJob(job.id)
    if (filed !== null) return finish(filed)

    const draft = await prepare(services, job)
    // written once without a number: a letter that cannot be written takes none
    writeLetter(services, draft, '-')

    const claimant = sealer.letterId(job.id)
    const number = formatNumber(draft.template.numberPattern ?? draft.office.numberPattern, {
      unit: draft.office.unitCode,
      class: draft.register,
      seq: await claim(job, draft, claimant),
      year: Number(draft.date.slice(0, 4)),
      month: Number(draft.date.slice(5, 7))
    })
    try {
      const letter = writeLetter(services, draft, number)
      const facts = sealedFacts(letter, claimant, draft.sample)
      const seal = sealer.seal(facts)
      const address = `${services.publicUrl}/v/${claimant}`
      const sheet = paper(letter, {
        link: `${address}#${seal}`,
        address,
        id: claimant,
        sample: draft.sample
      })
      const pdf = normalise(await renderer.print(sheet), job.at)

      await letters.file({
        id: claimant,
        job: job.id,
        instance: job.instance,
        office: draft.office.unit,
        kind: letter.kind,
        title: letter.title,
        number,
        date: draft.date,
        issuedAt: job.at,
        sha256: await files.put(pdf),
        seal,
        facts: { ...facts },
        status: 'valid',
        sample: draft.sample
      })
    } catch (error) {
      const last = error instanceof JobFault || (job.attempt >= attempts && !isUnstored(error))
      if (last && (await letters.byJob(job.id)) === null) {
        await registers.void(claimant, (error as Error).message, job.at)
      }
      throw error
    }
    return finish((await letters.byJob(job.id))!)
  }

  async function claim(
    { at }: Job,
    { office, register, date }: Draft,
    claimant: string
  ): Promise<number> {
    const year = Number(date.slice(0, 4))
    return registers.claim({ office: office.unit, register, year, claimant, at })
  }

  async function finish(letter: IssuedLetter): Promise<Variables> {
    const { id, number, date, kind, instance, sha256, title } = letter
    await registers.issued(id, { letter: id, number, date, kind, title, instance, sha256 })
    return { letter: { id, number, date, kind } }
  }
}

/** What could not be stored, as on a full disk, is tried until it can: the number is kept for it. */
function isUnstored(error: unknown): boolean {
  return error instanceof Error && error.name === 'StoreUnavailable'
}

/** All that a letter is written from, but its number. */
interface Draft {
  readonly template: Template
  readonly register: string
  readonly office: Letterhead
  readonly date: LocalDate
  readonly to: Addressee | null
  readonly signatory: Signatory | null
  readonly facts: Variables
  readonly sample: boolean
}

async function prepare(
  { people, rulebook, templates, sample }: LetterServices,
  job: Job
): Promise<Draft> {
  const input = new Input(job)
  const kind = input.text('template')
  const facts = input.object('facts')
  const to = input.optionalObject('to')
  const signedBy = input.optionalText('signedBy')
  input.done()

  const person = signedBy === null ? null : await people.byId(signedBy)
  if (signedBy !== null && person === null)
    throw new JobFault(`letter <${kind}> is signed by <${signedBy}>, whom nobody knows`)

  const unit = person?.unit ?? job.office
  const { timeZone } = rulebook.office(unit, job.at)
  const date = localDate(job.at, timeZone)
  const template = findTemplate(templates, kind, unit, date)
  if (template === null) throw new JobFault(`there is no letter <${kind}> on ${date}`)
  const office = fault(() =>
    letterheadOf(rulebook.office(unit, job.at), date, templates.letterheads)
  )
  return {
    template,
    date,
    office,
    register: template.register ?? office.classification,
    to: to && {
      name: String(to.name ?? ''),
      place: typeof to.place === 'string' && to.place !== '' ? to.place : null
    },
    signatory:
      template.signatory === undefined ? null : signatoryOf(person, template, rulebook, job.at),
    facts,
    sample: sample() || (person?.demo ?? false)
  }
}

/** Who signs, under the name of the first role that the letter asks for and the person has. */
function signatoryOf(
  person: Person | null,
  { id, signatory }: Template,
  rulebook: JobServices['rulebook'],
  at: Instant
): Signatory {
  const { roles = [], onBehalfOf = {} } = signatory ?? {}
  if (person === null)
    throw new JobFault(`letter <${id}> needs <signedBy>, one of ${roles.join(', ')}`)
  const role = roles.find(each => person.roles.includes(each))
  if (role === undefined) {
    throw new JobFault(
      `letter <${id}> is signed by ${roles.join(' or ')}, and <${person.id}> is neither`
    )
  }
  const superior = onBehalfOf[role]
  return {
    position: rulebook.roleLabel(person.unit, role, at),
    onBehalfOf: superior === undefined ? null : rulebook.roleLabel(person.unit, superior, at),
    name: person.name,
    nip: person.nip
  }
}

function writeLetter(
  { templates }: LetterServices,
  { template, office, ...values }: Draft,
  number: string
): Letter {
  return fault(() => compose(template, { ...values, number }, office, templates.places))
}

/** What trying again cannot mend is a fault. */
function fault<Result>(make: () => Result): Result {
  try {
    return make()
  } catch (error) {
    throw new JobFault((error as Error).message, { cause: error })
  }
}

function sealedFacts(letter: Letter, id: string, sample: boolean): SealedFacts {
  const { name, passport, nationality, from, until } = letter.sealed
  return {
    issuer: letter.office.name,
    office: letter.office.unit,
    id,
    kind: letter.kind,
    number: letter.number,
    date: letter.date,
    name,
    passport,
    nationality,
    from,
    until,
    digest: createHash('sha256')
      .update(canonicalize(letter) ?? '')
      .digest('hex')
      .slice(0, 32),
    sample
  }
}
