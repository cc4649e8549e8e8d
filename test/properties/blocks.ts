import fc from 'fast-check'

/** A piece of a process with one way in and one way out. */
export type Block =
  | { readonly kind: (typeof LEAVES)[number] }
  /** A user task whose timer leads to an end: its token may disappear. */
  | { readonly kind: 'vanishing' }
  | { readonly kind: 'sequence'; readonly inside: readonly Block[] }
  | {
      readonly kind: 'exclusive' | 'parallel'
      readonly inside: readonly Block[]
      readonly taken: number
    }
  /** `taken` says, bit by bit, which conditions hold. */
  | { readonly kind: 'inclusive'; readonly inside: readonly Block[]; readonly taken: number }
  /** All branches are begun and an inclusive gateway joins them: some may disappear. */
  | { readonly kind: 'gather'; readonly inside: readonly Block[] }
  /** All branches are begun; so many that arrive let a complex gateway go on. */
  | { readonly kind: 'first'; readonly inside: readonly Block[]; readonly enough: number }
  | { readonly kind: (typeof AROUND)[number]; readonly inside: readonly [Block] }
  | {
      readonly kind: 'transaction' | 'guarded'
      readonly inside: readonly [Block]
      readonly ends: boolean
    }
  | {
      readonly kind: 'loop'
      readonly inside: readonly [Block]
      readonly count: number
      readonly before: boolean
    }
  | { readonly kind: 'quantity'; readonly count: number }
  | { readonly kind: 'ad-hoc'; readonly sequential: boolean; readonly asks: boolean }
  | {
      readonly kind: 'many'
      readonly inside: readonly [Block]
      readonly count: number
      readonly sequential: boolean
      readonly until: number | null
    }

/**
 * A task of each kind; a script that counts and a gateway that asks for the count; a task that can be undone,
 * and an event that undoes; a signal, and a task that it may end or not; a race of two events, an event of
 * two definitions, and one that needs both; a task that a condition ends, and a job that may end with an
 * error; a sub-process that a terminate end event ends; a link, a message, and instances that tell of themselves.
 */
const LEAVES = [
  'user',
  'service',
  'task',
  'data',
  'undoable',
  'undo',
  'signal',
  'listener',
  'hearer',
  'race',
  'either',
  'both',
  'watched',
  'job',
  'terminated',
  'link',
  'message',
  'told'
] as const

/** A sub-process; one that ends with an error, or says an escalation; a called process. */
const AROUND = ['sub', 'error', 'escalation', 'call'] as const

const branches = (block: fc.Arbitrary<Block>) => fc.array(block, { minLength: 1, maxLength: 3 })

/** Blocks; those that may vanish only where nobody waits for all branches. */
const { solid, vanishing } = fc.letrec<{ solid: Block; vanishing: Block }>(tie => {
  const leaf = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom<Block>(...LEAVES.map(kind => ({ kind }))) },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('quantity' as const), count: fc.constantFrom(2, 3) })
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('ad-hoc' as const),
        sequential: fc.boolean(),
        asks: fc.boolean()
      })
    }
  )
  const one = fc.tuple(tie('vanishing'))
  const around = (inner: fc.Arbitrary<Block>) => [
    fc.record({ kind: fc.constant('sequence' as const), inside: branches(inner) }),
    fc.record({
      kind: fc.constant('exclusive' as const),
      inside: branches(inner),
      taken: fc.nat(3)
    }),
    fc.record({
      kind: fc.constant('inclusive' as const),
      inside: branches(inner),
      taken: fc.nat(7)
    }),
    fc.record({
      kind: fc.constant('parallel' as const),
      inside: branches(tie('solid')),
      taken: fc.constant(0)
    }),
    fc.record({
      kind: fc.constant('first' as const),
      inside: branches(tie('solid')),
      enough: fc.integer({ min: 1, max: 3 })
    }),
    fc.record({ kind: fc.constantFrom(...AROUND), inside: one }),
    fc.record({
      kind: fc.constantFrom('transaction' as const, 'guarded' as const),
      inside: one,
      ends: fc.boolean()
    }),
    fc.record({
      kind: fc.constant('loop' as const),
      inside: one,
      count: fc.nat(2),
      before: fc.boolean()
    }),
    fc.record({
      kind: fc.constant('many' as const),
      inside: one,
      count: fc.nat(3),
      sequential: fc.boolean(),
      until: fc.option(fc.integer({ min: 1, max: 3 }))
    })
  ]
  return {
    solid: fc.oneof(
      { depthSize: 'medium', maxDepth: 4, withCrossShrink: true },
      leaf,
      ...around(tie('solid'))
    ),
    vanishing: fc.oneof(
      { depthSize: 'medium', maxDepth: 4, withCrossShrink: true },
      leaf,
      fc.constant<Block>({ kind: 'vanishing' }),
      ...around(tie('vanishing')),
      fc.record({ kind: fc.constant('gather' as const), inside: branches(tie('vanishing')) })
    )
  }
})

/** A process of blocks, of which some may lose their token. */
export const anyBlocks = several(vanishing)

/** A process of blocks in which no token is lost and none ends early. */
export const solidBlocks = several(solid.filter(isSolid))

function several(block: fc.Arbitrary<Block>): fc.Arbitrary<Block> {
  return fc
    .array(block, { minLength: 1, maxLength: 4 })
    .map(inside => ({ kind: 'sequence', inside }))
}

/** Without anything that ends a token or an instance early. */
function isSolid(block: Block): boolean {
  const early: readonly Block['kind'][] = ['vanishing', 'error', 'transaction', 'guarded']
  return (
    !early.includes(block.kind) &&
    (block.kind !== 'many' || block.until === null) &&
    (!('inside' in block) || (block.inside as readonly Block[]).every(isSolid))
  )
}
