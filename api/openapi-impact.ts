import type { ImpactReport } from '../runtime/rules/impact.ts'
import type { ImpactProgress } from './law.ts'
import {
  anything,
  integer,
  listOf,
  orNull,
  ref,
  type Schema,
  shape,
  text,
  variables
} from './openapi-schemas.ts'

type Item<List> = List extends readonly (infer Each)[] ? Each : never

/** What a draft would have done, as `measureImpact` tells it. */
export const impactSchemas: { readonly [name: string]: Schema } = {
  ImpactProgress: shape<ImpactProgress>({
    from: text,
    to: text,
    done: integer,
    total: orNull(integer)
  }),
  ImpactReport: shape<ImpactReport>(
    {
      scope: text,
      from: text,
      to: text,
      contentHash: text,
      hash: text,
      decisions: shape<ImpactReport['decisions']>({
        replayed: integer,
        unchanged: integer,
        changed: integer,
        failing: integer,
        notReproduced: integer
      }),
      failures: listOf(
        shape<Item<NonNullable<ImpactReport['failures']>>>({ reason: text, count: integer })
      ),
      rules: listOf(
        shape<Item<ImpactReport['rules']>>({
          rule: text,
          label: ref('Text'),
          replayed: integer,
          changed: integer,
          moves: listOf(
            shape<Item<Item<ImpactReport['rules']>['moves']>>({
              from: text,
              to: text,
              count: integer
            })
          )
        })
      ),
      money: shape<ImpactReport['money']>({
        before: integer,
        after: integer,
        difference: integer,
        byRule: listOf(
          shape<Item<ImpactReport['money']['byRule']>>({
            rule: text,
            before: integer,
            after: integer
          })
        )
      }),
      deadlines: shape<ImpactReport['deadlines']>({
        newlyMissed: integer,
        newlyMet: integer,
        moved: integer
      }),
      approvers: listOf(
        shape<Item<ImpactReport['approvers']>>({
          week: text,
          role: text,
          before: integer,
          after: integer
        })
      ),
      documents: listOf(
        shape<Item<ImpactReport['documents']>>({
          code: text,
          newlyAsked: integer,
          noLongerAsked: integer
        })
      ),
      openCases: shape<ImpactReport['openCases']>({
        looked: integer,
        changed: integer,
        cases: listOf(text)
      }),
      examples: listOf(
        shape<Item<ImpactReport['examples']>>({
          case: text,
          rule: text,
          date: text,
          facts: variables,
          before: anything,
          after: anything
        })
      )
    },
    ['failures']
  )
}
