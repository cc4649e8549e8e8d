import { expect } from 'chai'
import { evaluate as feelin } from 'feelin'
import { compileExpression } from '../../engine/expression.ts'
import { CORPUS, FACTS } from './corpus.ts'

describe('the corpus of expressions, held against feelin', () => {
  it('has at least 200 different expressions', () => {
    expect(new Set(CORPUS).size).to.equal(CORPUS.length).and.to.be.at.least(200)
  })

  it('gives equal results wherever feelin gives one', () => {
    let compared = 0
    for (const text of CORPUS) {
      const ours = compileExpression(text).evaluate(name => FACTS[name])
      const { value, warnings } = feelin(text, FACTS)
      if (value === null || warnings.length > 0) continue
      expect(ours, text).to.deep.equal(JSON.parse(JSON.stringify(value)))
      compared++
    }
    expect(compared).to.be.at.least(200)
  })
})
