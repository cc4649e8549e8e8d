import { attribute, type Element, type Problems } from './elements.ts'

const NAME = /^[A-Za-z_]\w*$/

/** The attribute `alur:<name>` that names a variable, or null. */
export function variable(
  owner: Element,
  element: Element,
  name: string,
  problems: Problems
): string | null {
  const text = attribute(element, name)
  if (text === null || NAME.test(text)) return text
  problems.add(owner, `expected alur:${name} to be the name of a variable, found <${text}>`)
  return null
}
