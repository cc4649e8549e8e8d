import { contextFunctions } from './functions/contexts.ts'
import { listFunctions } from './functions/lists.ts'
import { numberFunctions } from './functions/numbers.ts'
import { textFunctions } from './functions/texts.ts'
import { timeFunctions } from './functions/times.ts'
import type { Builtin } from './signature.ts'

/** The functions of DMN that may be used, by name. All of them are pure. */
export const functions: ReadonlyMap<string, Builtin> = new Map(
  Object.entries({
    ...textFunctions,
    ...numberFunctions,
    ...listFunctions,
    ...contextFunctions,
    ...timeFunctions
  })
)

/** Functions of DMN that are left out, and why. */
export const LEFT_OUT: ReadonlyMap<string, string> = new Map([
  ['now', 'the clock may not be read; the variable <now> has the moment of the step'],
  ['today', 'the clock may not be read; the variable <today> has the local date of the step'],
  ['matches', 'patterns may not be used'],
  ['replace', 'patterns may not be used'],
  ['sort', 'functions may not be passed on']
])
