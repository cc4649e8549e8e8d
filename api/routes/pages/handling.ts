import type { Problem } from '../../../engine/errors.ts'
import { type Posted, typed } from '../../../web/parts/form-values.ts'
import type { Handling } from '../../services.ts'

/** What is wanted of a task besides completing it, each with an address of its own below the task's. */
export const HANDLINGS = [
  'claim',
  'unclaim',
  'assign',
  'delegate',
  'return',
  'prioritize'
] as const satisfies readonly Handling['action'][]

type Wish<Each> = Each extends unknown ? Omit<Each, 'instance' | 'token'> : never

/** What the form of an action asks for. */
export function handlingOf(action: Handling['action'], posted: Posted): Wish<Handling> {
  const reason = typed(posted, 'reason') ?? ''
  switch (action) {
    case 'claim':
      return { action }
    case 'unclaim':
    case 'return':
      return { action, reason }
    case 'assign':
    case 'delegate':
      return { action, to: typed(posted, 'to') ?? '', reason }
    case 'prioritize': {
      const text = typed(posted, 'priority')?.trim() ?? ''
      return { action, priority: text === '' ? Number.NaN : Number(text), reason }
    }
    default:
      return action satisfies never
  }
}

/** What is not filled in, or not so: all of it at once. */
export function missingIn(action: Handling['action'], posted: Posted): readonly Problem[] {
  const empty = (name: string) => (typed(posted, name) ?? '').trim() === ''
  const priority = (typed(posted, 'priority') ?? '').trim()
  const wanted: Readonly<Record<string, boolean>> = {
    '/to': (action === 'assign' || action === 'delegate') && empty('to'),
    '/priority':
      action === 'prioritize' && !(/^\d{1,3}$/.test(priority) && Number(priority) <= 100),
    '/reason': ['assign', 'delegate', 'prioritize'].includes(action) && empty('reason')
  }
  return Object.keys(wanted)
    .filter(path => wanted[path])
    .map(path => wrong(action, path))
}

/** What is wrong with a control of the action's form, in the words of the page. */
export function wrong(action: Handling['action'], path: string): Problem {
  const message = WORDS[path] ?? 'Isian ini tidak dapat diterima / This cannot be accepted'
  return { path: `/${action}${path}`, message }
}

const WORDS: Readonly<Record<string, string>> = {
  '/reason': 'Isi alasannya / Give the reason',
  '/to': 'Pilih seorang rekan / Choose a colleague',
  '/priority': 'Isi angka 0 sampai 100 / Enter a number from 0 to 100'
}
