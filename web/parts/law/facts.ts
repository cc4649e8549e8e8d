import type { Problem } from '../../../engine/errors.ts'
import type { FactType } from '../../../engine/rules/definitions.ts'
import type { Value, Variables } from '../../../engine/state.ts'
import { isDay } from '../dates.tsx'
import { all, type Posted, typed } from '../form-values.ts'

type Facts = Readonly<Record<string, FactType>>

/** Where the control of a fact stands. */
export function factPath(fact: string): string {
  return `/facts/${fact}`
}

/** Whether the law itself gives a fact, so that it may be left out. */
export function isGiven(type: FactType): boolean {
  return (
    type.parameter !== undefined ||
    type.expression !== undefined ||
    type.lastWorkingDayBefore !== undefined
  )
}

/** The facts that were typed, by their types; the problems name the controls. */
export function factsIn(
  facts: Facts,
  posted: Posted
): { readonly facts: Variables; readonly problems: readonly Problem[] } {
  const read: Record<string, Value> = {}
  const problems: Problem[] = []
  for (const [name, type] of Object.entries(facts)) {
    const path = factPath(name)
    if (type.type === 'set' || type.type === 'flags') {
      const chosen = all(posted, path).filter(each => each !== '')
      if (chosen.length === 0 && isGiven(type)) continue
      read[name] =
        type.type === 'set' ? chosen : Object.fromEntries(chosen.map(each => [each, true]))
      continue
    }
    const text = (typed(posted, path) ?? '').trim()
    if (text === '') {
      if (isGiven(type)) continue
      if (type.nullable === true) read[name] = null
      else problems.push({ path, message: 'Wajib diisi / Required' })
      continue
    }
    const value = readValue(text, type)
    if (value === undefined)
      problems.push({ path, message: WRONG[type.type] ?? 'Isi dengan benar / Fill this in' })
    else read[name] = value
  }
  return { facts: read, problems }
}

const WRONG: Readonly<Record<string, string>> = {
  integer: 'Isi bilangan bulat / Enter a whole number',
  number: 'Isi angka / Enter a number',
  money: 'Isi rupiah tanpa desimal / Enter whole rupiah',
  date: 'Isi tanggal yang ada / Enter a date that exists'
}

function readValue(text: string, { type }: FactType): Value | undefined {
  switch (type) {
    case 'boolean':
      return text === 'true'
    case 'date':
      return isDay(text) ? text : undefined
    case 'integer':
      return /^-?\d{1,15}$/.test(text) ? Number(text) : undefined
    case 'money': {
      const plain = text.replace(/^Rp\.?\s*/i, '').replace(/[.\s]/g, '')
      return /^\d{1,15}$/.test(plain) ? Number(plain) : undefined
    }
    case 'number':
      return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined
    default:
      return text
  }
}
