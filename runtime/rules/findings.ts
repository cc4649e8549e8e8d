import type { Problem } from '../../engine/errors.ts'
import type { Text } from '../../engine/messages.ts'

/** Something that a check of the rules found. */
export interface Finding extends Problem {
  /**
   * An error refuses the rules. What is suspended is out of bounds: the level above holds instead. A
   * notice must be known and changes nothing.
   */
  readonly kind: 'error' | 'suspended' | 'notice'
}

/** Collects findings, and knows in which file and line each part of the rules stands. */
export class Findings {
  readonly all: Finding[] = []
  readonly #places = new WeakMap<object, (pointer: string) => string>()

  /** Says where a part of the rules stands, for later findings about it. */
  locate(part: object, place: (pointer: string) => string): void {
    this.#places.set(part, place)
  }

  place(part: object, pointer = ''): string {
    return this.#places.get(part)?.(pointer) ?? pointer
  }

  /** What people may meet on a page is said in both languages; `message` is then the English one. */
  add(kind: Finding['kind'], part: object, said: string | Text, pointer = ''): void {
    const path = this.place(part, pointer)
    this.all.push(
      typeof said === 'string'
        ? { kind, path, message: said }
        : { kind, path, message: said.en, text: said }
    )
  }

  error(part: object, said: string | Text, pointer = ''): void {
    this.add('error', part, said, pointer)
  }

  errors(): readonly Problem[] {
    return this.all.filter(({ kind }) => kind === 'error').map(problemOf)
  }
}

/** A finding as a problem, without its kind. */
export function problemOf({ path, message, text }: Problem): Problem {
  return text ? { path, message, text } : { path, message }
}
