import { expect } from 'chai'
import fc from 'fast-check'
import { readJson } from '../../runtime/rules/json.ts'

describe('strict JSON', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), value => {
        const text = JSON.stringify(value, null, 1)
        if (/"(__proto__|constructor|prototype)":/.test(text) || /\d{16}|e[+]?\d/.test(text)) return
        const read = readJson(text)
        expect('value' in read && read.value).to.deep.equal(JSON.parse(text))
      })
    )
  })

  it('knows the line of every member', () => {
    const read = readJson('{\n  "a": 1,\n  "b": [\n    true\n  ]\n}')
    expect('lines' in read && read.lines.get('/b/0')).to.equal(4)
  })

  const refused: readonly (readonly [string, string, string])[] = [
    ['a key that stands twice', '{ "fee": 1,\n "fee": 2 }', 'key <fee> stands twice'],
    [
      'a key that reaches into prototypes',
      '{ "__proto__": { "fee": 0 } }',
      'key <__proto__> may not be used'
    ],
    ['a fee of 1e309', '{ "fee": 1e309 }', 'number <1e309> is larger than can be reckoned with'],
    ['a number beyond safe integers', '[9007199254740993]', 'number <9007199254740993> is larger'],
    ['a comma too many', '[1,]', 'expected a value, found <]>'],
    ['text after the end', '{} x', 'expected the end'],
    ['a text that does not end', '{"a": "b', 'expected a text that ends'],
    ['levels without end', '['.repeat(100), 'expected at most 60 levels'],
    ['a file of ten megabytes', ' '.repeat(10_000_000), 'expected at most 1000000 characters']
  ]
  for (const [what, text, message] of refused) {
    it(`refuses ${what}`, () => {
      const read = readJson(text)
      expect('length' in read && read.map(problem => problem.message).join()).to.contain(message)
    })
  }

  it('says the line of a problem', () => {
    const read = readJson('{ "fee": 1,\n "fee": 2 }')
    expect('length' in read && read[0]!.path).to.equal('2 /fee')
  })
})
