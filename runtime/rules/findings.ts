import type { Problem } from '../../engine/errors.ts'

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

  add(kind: Finding['kind'], part: object, message: string, pointer = ''): void {
    this.all.push({ kind, path: this.place(part, pointer), message })
  }

  error(part: object, message: string, pointer = ''): void {
    this.add('error', part, message, pointer)
  }

  errors(): readonly Problem[] {
    return this.all
      .filter(({ kind }) => kind === 'error')
      .map(({ path, message }) => ({ path, message }))
  }
}
