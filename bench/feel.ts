import { evaluate } from 'feelin'
import { compileExpression } from '../engine/expression.ts'
import { CORPUS, FACTS } from '../test/feel/corpus.ts'
import { type Figure, figure, perSecond } from './figures.ts'

/** Expressions of the kinds that diagrams use, beside feelin's own `evaluate` of the same text. */
export async function feel(): Promise<readonly Figure[]> {
  const lookup = (name: string) => FACTS[name]
  const ours = await perSecond(() => {
    for (const text of CORPUS) compileExpression(text).evaluate(lookup)
  })
  const peer = await perSecond(
    () => {
      for (const text of CORPUS) evaluate(text, FACTS)
    },
    { rounds: 3, milliseconds: 1000 }
  )
  const count = CORPUS.length
  return [
    figure('FEEL: expressions of the corpus', count, 'expressions'),
    figure('FEEL: evaluations against feelin', ours * count, '/s', peer * count, 500)
  ]
}
