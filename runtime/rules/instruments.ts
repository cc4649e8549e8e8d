import type { Citation } from '../../engine/messages.ts'
import type { Interval } from '../../engine/rules/dates.ts'
import { describe, firstUncovered, isOver, mayMeet } from '../../engine/rules/dates.ts'
import type { Governed, Stated } from '../../engine/rules/definitions.ts'
import type { Instrument, LawPart } from '../../engine/rules/release.ts'
import type { Findings } from './findings.ts'
import { checkInterval } from './intervals.ts'

export type Register = ReadonlyMap<string, Instrument>

/** The instruments of a line of units, and those above it; an id that stands twice is reported. */
export function registerOf(
  line: readonly LawPart[],
  findings: Findings,
  above: Register = new Map()
): Register {
  const register = new Map(above)
  for (const { unit, instruments } of line) {
    for (const instrument of instruments) {
      const { id } = instrument
      if (register.has(id))
        findings.error(instrument, {
          id: `instrumen <${id}> dari <${unit}> sudah ada dalam register`,
          en: `instrument <${id}> stands twice`
        })
      else register.set(id, instrument)
    }
  }
  return register
}

/** Checks the life of the instruments that one unit enters, with those of the units above it. */
export function checkInstruments(
  instruments: readonly Instrument[],
  register: Register,
  findings: Findings
): void {
  for (const instrument of instruments) {
    const { id, inForce, amends = [], repealedBy = null, confidence, sample } = instrument
    checkInterval(instrument, inForce, findings)
    if (confidence === 'L' && !sample)
      findings.error(instrument, {
        id: 'keyakinan L hanya untuk contoh',
        en: 'confidence L is for samples only'
      })
    for (const other of [...amends, ...(repealedBy === null ? [] : [repealedBy])]) {
      if (other === id)
        findings.error(instrument, {
          id: `<${id}> mengubah atau mencabut dirinya sendiri`,
          en: `<${id}> amends or repeals itself`
        })
      else if (!register.has(other)) findings.error(instrument, unknown(other))
    }
    checkAmendments(instrument, register, findings)
    checkRepeal(instrument, register, findings)
  }
}

/** An instrument that amends itself by way of others. Each circle is told once, at its first id. */
function checkAmendments(instrument: Instrument, register: Register, findings: Findings): void {
  const circle = circleOf(instrument.id, id => register.get(id)?.amends ?? [])
  if (!circle || [...circle].sort()[0] !== instrument.id) return
  const path = [...circle, instrument.id].join(' → ')
  findings.error(
    instrument,
    { id: `perubahan yang melingkar: ${path}`, en: `amends itself by way of others: ${path}` },
    '/amends'
  )
}

function checkRepeal(instrument: Instrument, register: Register, findings: Findings): void {
  const { id, inForce, repealedBy = null } = instrument
  if (repealedBy === null || repealedBy === id) return
  const ends = inForce.to !== null || inForce.unknown?.includes('to')
  if (!ends)
    findings.error(
      instrument,
      {
        id: `dicabut oleh <${repealedBy}>, tetapi hari terakhirnya tidak diberikan dan tidak disebut tidak diketahui`,
        en: `is repealed by <${repealedBy}>, yet its last day is neither given nor said to be unknown`
      },
      '/inForce'
    )
  const repealing = register.get(repealedBy)
  if (!repealing) return
  const born: Interval = {
    from: inForce.from,
    to: null,
    unknown: inForce.unknown?.filter(side => side === 'from') ?? []
  }
  if (!mayMeet(born, { ...repealing.inForce, to: repealing.inForce.from }))
    findings.error(
      instrument,
      {
        id: `dicabut sebelum berlaku: <${repealedBy}> berlaku ${describe(repealing.inForce, 'id')}, ini ${describe(inForce, 'id')}`,
        en: `is repealed before it is in force: <${repealedBy}> ${describe(repealing.inForce)}, this one ${describe(inForce)}`
      },
      '/repealedBy'
    )
  const circle = circleOf(id, one => {
    const next = register.get(one)?.repealedBy
    return next ? [next] : []
  })
  if (circle && [...circle].sort()[0] === id) {
    const path = [...circle, id].join(' → ')
    findings.error(
      instrument,
      { id: `pencabutan yang melingkar: ${path}`, en: `repeals in a circle: ${path}` },
      '/repealedBy'
    )
  }
}

/** The way from an id back to itself, or null; a step to itself is told elsewhere. */
function circleOf(
  start: string,
  next: (id: string) => readonly string[]
): readonly string[] | null {
  const seen = new Set<string>()
  const walk = (id: string, path: readonly string[]): readonly string[] | null => {
    for (const other of next(id)) {
      if (other === start) return path.length > 1 ? path : null
      if (seen.has(other)) continue
      seen.add(other)
      const found = walk(other, [...path, other])
      if (found) return found
    }
    return null
  }
  return walk(start, [start])
}

/**
 * Checks what a statement rests on: enough instruments of the kinds asked for, each of the register, none
 * of them surely out of force while it holds, and together in force on every day on which it surely holds.
 */
export function checkCitations(
  stated: Stated,
  governed: Governed,
  register: Register,
  findings: Findings
): void {
  const { min, kinds } = governed.cites
  const found = stated.cites.length
  if (found < min)
    findings.error(
      stated,
      {
        id: `diharapkan paling sedikit ${min} dasar hukum, ditemukan ${found}`,
        en: `expected at least ${min} citation, found ${found}`
      },
      '/cites'
    )
  if (stated.confidence === 'L' && !stated.sample && !stated.assumption)
    findings.error(
      stated,
      {
        id: 'keyakinan L memerlukan tanda contoh atau asumsi',
        en: 'confidence L needs sample or assumption'
      },
      '/confidence'
    )
  const known = stated.cites.map(({ instrument }) => register.get(instrument))
  stated.cites.forEach(({ instrument: id }: Citation, index) => {
    const instrument = known[index]
    if (!instrument) findings.error(stated, unknown(id), `/cites/${index}`)
    else if (!mayMeet(instrument.inForce, stated))
      findings.error(
        stated,
        {
          id: `berdasar pada <${id}> yang hanya berlaku ${describe(instrument.inForce, 'id')}, tidak pada ${describe(stated, 'id')}`,
          en: `rests on <${id}>, in force ${describe(instrument.inForce)} only, not ${describe(stated)}`
        },
        `/cites/${index}`
      )
  })
  const there = known.filter(one => one !== undefined)
  if (there.length < found) return

  const day =
    found > 0
      ? firstUncovered(
          stated,
          there.map(one => one.inForce)
        )
      : null
  if (day !== null && there.every(one => mayMeet(one.inForce, stated))) {
    const lives = (language: 'id' | 'en') =>
      there.map(one => `<${one.id}> ${describe(one.inForce, language)}`).join(', ')
    findings.error(
      stated,
      {
        id: `berlaku ${describe(stated, 'id')}, tetapi pada ${day} tidak satu pun dasarnya berlaku: ${lives('id')}`,
        en: `holds ${describe(stated)}, yet on ${day} nothing that it rests on is in force: ${lives('en')}`
      },
      '/cites'
    )
  }
  const fitting = there.filter(({ kind }) => kinds?.includes(kind) || kind === 'SAMPLE')
  if (kinds && found >= min && fitting.length < min)
    findings.error(
      stated,
      {
        id: `diharapkan dasar hukum berjenis ${kinds.join(', ')}, ditemukan ${there.map(one => one.kind).join(', ') || 'tidak ada'}`,
        en: `expected citations of kind ${kinds.join(', ')}, found ${there.map(one => one.kind).join(', ') || 'none'}`
      },
      '/cites'
    )
}

/** Whether an instrument has surely ended before a day. */
export function isEnded(instrument: Instrument, on: string): boolean {
  return isOver(instrument.inForce, on)
}

function unknown(id: string) {
  return {
    id: `diharapkan instrumen dari register, ditemukan <${id}>`,
    en: `expected an instrument of the register, found <${id}>`
  }
}
