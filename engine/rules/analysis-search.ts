import type { KnownTest, Space } from './analysis-domains.ts'
import type { Condition, Group } from './definitions.ts'

/** For every variable the classes that are left. */
export type Box = readonly (readonly number[])[]

/** Conditions, and whether they are to hold. */
export interface Goal {
  readonly conditions: Group | null
  readonly hold: boolean
}

/** Counts the boxes that were looked at, and stops at a limit. */
export class Budget {
  used = 0
  readonly most: number
  constructor(most: number) {
    this.most = most
  }
  spend(): void {
    this.used++
    if (this.used > this.most) throw new TooMany(this.most)
  }
}
export class TooMany extends Error {
  constructor(most: number) {
    super(`more than ${most} boxes`)
  }
}

/** All facts. */
export function everything({ variables }: Space): Box {
  return variables.map(({ classes }) => classes.map((_, index) => index))
}

/**
 * Visits the boxes in which all goals are met, each combination of facts in exactly one of them. It splits
 * by one undecided test at a time and leaves out what no longer matters, until `visit` says true.
 *
 * @throws TooMany
 */
export function search(
  space: Space,
  box: Box,
  goals: readonly Goal[],
  budget: Budget,
  visit: (box: Box) => boolean
): boolean {
  budget.spend()
  const open: Goal[] = []
  for (const goal of goals) {
    const known = goal.conditions === null ? true : status(space, box, goal.conditions)
    if (known === undefined) open.push(goal)
    else if (known !== goal.hold) return false
  }
  const [first] = open
  if (!first) return visit(box)

  const { variable, holds } = undecided(space, box, first.conditions!)!
  const left = box[variable]!
  return [true, false].some(wanted => {
    const part = left.filter(index => holds[index] === wanted)
    return search(space, box.with(variable, part), open, budget, visit)
  })
}

/** Whether conditions hold in all of a box, in none of it, or (undefined) it is not decided yet. */
function status(space: Space, box: Box, condition: Condition): boolean | undefined {
  if ('fact' in condition) return known(space.test(condition), box)
  if ('not' in condition) {
    const inner = status(space, box, condition.not)
    return inner === undefined ? undefined : !inner
  }
  const all = 'all' in condition
  const members = all ? condition.all : condition.any
  // as json-rules-engine has it, an empty group holds
  if (members.length === 0) return true
  let decided = true
  for (const member of members) {
    const one = status(space, box, member)
    if (one === undefined) decided = false
    else if (one !== all) return !all
  }
  return decided ? all : undefined
}

function known({ variable, holds }: KnownTest, box: Box): boolean | undefined {
  const classes = box[variable]!
  const first = holds[classes[0]!]
  return classes.every(index => holds[index] === first) ? first : undefined
}

function undecided(space: Space, box: Box, condition: Condition): KnownTest | null {
  if ('fact' in condition) {
    const test = space.test(condition)
    return known(test, box) === undefined ? test : null
  }
  const members =
    'not' in condition ? [condition.not] : 'all' in condition ? condition.all : condition.any
  for (const member of members) {
    if (status(space, box, member) !== undefined) continue
    const found = undecided(space, box, member)
    if (found) return found
  }
  return null
}

/** Boxes that differ in one variable only, as one. */
export function merge(boxes: readonly Box[]): readonly Box[] {
  if (boxes.length > MOST_MERGED) return boxes
  const left = [...boxes]
  for (let again = true; again; ) {
    again = false
    outer: for (let a = 0; a < left.length; a++) {
      for (let b = a + 1; b < left.length; b++) {
        const joined = join(left[a]!, left[b]!)
        if (!joined) continue
        left.splice(b, 1)
        left[a] = joined
        again = true
        break outer
      }
    }
  }
  return left
}
const MOST_MERGED = 300

function join(a: Box, b: Box): Box | null {
  const different = a.flatMap((classes, index) =>
    classes.join() === b[index]!.join() ? [] : [index]
  )
  const [at, more] = different
  if (at === undefined || more !== undefined) return null
  return a.with(
    at,
    [...new Set([...a[at]!, ...b[at]!])].sort((x, y) => x - y)
  )
}
