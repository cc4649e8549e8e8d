import type { Problem } from './errors.ts'
import { compileForm, type FormSchema } from './forms/schema.ts'
import { problemsOf } from './forms/words.ts'
import type { Variables } from './state.ts'

/** What is wrong with what a message carries: all of it, each with its path. */
export function payloadProblems(schema: FormSchema, payload: Variables): readonly Problem[] {
  const { validate } = compileForm(schema)
  validate(payload)
  return problemsOf(validate.errors ?? [])
}
