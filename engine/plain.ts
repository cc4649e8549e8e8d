import { CommandRefused } from './errors.ts'
import type { Command } from './messages.ts'

/** Names that JavaScript keeps for itself: variables of a case cannot have them. */
const RESERVED = ['__proto__', 'constructor', 'prototype']
const IDS = ['token', 'scope', 'element', 'to', 'via', 'subscription', 'job'] as const

/** Refuses what every object answers to by itself: an id or a variable of that name would be there unasked. */
export function mustBePlain(command: Command): void {
  for (const key of IDS) {
    const id = (command as { readonly [key: string]: unknown })[key]
    if (typeof id === 'string' && id in Object.prototype) {
      throw new CommandRefused('not-waiting', `expected an id for ${key}, found <${id}>`)
    }
  }
  if (!('variables' in command)) return
  const name = RESERVED.find(each => Object.hasOwn(command.variables, each))
  if (name === undefined) return
  const message = `the name <${name}> may not be used`
  throw new CommandRefused('invalid-variables', message, [{ path: `/${name}`, message }])
}
