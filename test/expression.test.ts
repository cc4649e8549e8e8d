import { expect } from 'chai'
import fc from 'fast-check'
import { evaluate as feelin } from 'feelin'
import { compileExpression, ExpressionFailed, ExpressionInvalid } from '../engine/expression.ts'

const variables: Record<string, unknown> = {
  applicant: {
    name: 'Marie Curie',
    passportExpiry: '2016-05-01',
    email: null,
    languages: ['fr', 'pl']
  },
  permit: { extension: 2, expires: '2015-12-20', totalDays: 90 },
  guarantor: null,
  documents: [
    { code: 'PASSPORT', complete: true, pages: 4 },
    { code: 'TICKET', complete: false, pages: 1 }
  ],
  numbers: [3, 1, 2],
  today: '2015-12-03',
  now: '2015-12-03T02:15:00.000Z'
}
const lookup = (name: string) => (Object.hasOwn(variables, name) ? variables[name] : undefined)
const evaluate = (text: string) => compileExpression(text).evaluate(lookup)

describe('expression', () => {
  const results: readonly (readonly [string, unknown])[] = [
    ['= permit.extension > 1', true],
    ['permit.extension in (1, 2, 3)', true],
    ['permit.extension in [3..5]', false],
    ['permit.totalDays in (< 30, >= 90)', true],
    ['permit.totalDays between 60 and 90', true],
    ['applicant.name in ("Marie Curie", "Ada")', true],
    ['if permit.extension <= 2 then "kakanim" else "kadiv"', 'kakanim'],
    ['not(permit.extension = 5) and applicant.passportExpiry > today', true],
    ['documents[complete = false].code', ['TICKET']],
    ['documents[1].code', 'PASSPORT'],
    ['documents[-1].pages', 1],
    ['numbers[item > 1]', [3, 2]],
    ['numbers[>= 2]', [3, 2]],
    ['some d in documents satisfies not(d.complete)', true],
    ['every d in documents, n in numbers satisfies d.pages + n > 1', true],
    ['some n in 1..3 satisfies n = permit.extension', true],
    ['count(documents[complete = true]) = count(documents)', false],
    ['sum(documents.pages) * 1000', 5000],
    ['date(permit.expires) - date(today)', 'P17D'],
    ['date(permit.expires) + duration("P60D")', '2016-02-18'],
    ['date("2016-01-31") + @"P1M"', '2016-02-29'],
    ['date(today) < date(permit.expires) - @"P14D"', true],
    ['(date(permit.expires) - date(today)).days', 17],
    ['{days: 30, until: date(today) + @"P30D"}', { days: 30, until: '2016-01-02' }],
    ['{a: 2, b: a * 3}.b', 6],
    ['years and months duration(date("2000-12-04"), date(today)).years', 14],
    ['day of week(date(today))', 'Thursday'],
    ['date and time(now) + @"PT30M"', '2015-12-03T02:45:00Z'],
    ['date and time("2015-12-03T09:15:00@Asia/Jakarta") = date and time(now)', true],
    ['time("08:00:00") + duration("PT90M")', '09:30:00'],
    ['upper case(substring before(applicant.name, " "))', 'MARIE'],
    ['string join(applicant.languages, "/")', 'fr/pl'],
    ['list contains(applicant.languages, "pl")', true],
    ['applicant.name instance of string', true],
    ['numbers instance of list<number>', true],
    ['get value(applicant, "phone")', null],
    ['context put({a: 1}, "b", 2)', { a: 1, b: 2 }],
    ['contains(match: "Cur", string: applicant.name)', true],
    ['"tab\\t\\"quoted\\" \\u0041"', 'tab\t"quoted" A'],
    ['guarantor', null],
    ['// a remark\n1 + 1', 2]
  ]
  for (const [text, result] of results) {
    it(`evaluates ${text.replaceAll('\n', ' ')}`, () => {
      expect(evaluate(text)).to.deep.equal(result)
    })
  }

  it('names the variables that it reads, and not those that it brings up itself', () => {
    const { names } = compileExpression(
      'some d in documents satisfies d.pages > permit.extension and {limit: 3, x: limit}.x > 1'
    )

    expect(names).to.deep.equal(['documents', 'permit'])
  })

  it('compiles a text once', () => {
    expect(compileExpression('1 + permit.extension')).to.equal(
      compileExpression('1 + permit.extension')
    )
  })

  it('gives results that are JSON', () => {
    expect(Object.is(evaluate('0 * -1'), 0)).to.equal(true)
    expect(evaluate('[@"2015-12-03", {t: @"P1D"}]')).to.deep.equal(['2015-12-03', { t: 'P1D' }])
  })

  describe('when a value is missing', () => {
    const failures: readonly (readonly [string, string])[] = [
      ['applicnt.name', 'expected <applicnt> to be a variable, found nothing'],
      ['applicant.phone = "1"', 'expected <applicant.phone> to be there, found nothing'],
      ['guarantor.name', 'expected <guarantor> to be a context with <name>, found null'],
      ['documents.size', 'expected <documents.size> to be there, found nothing'],
      ['documents[3]', 'expected <documents[3]> to be there, found a list of 2'],
      [
        'sum(documents[pages > 9].pages)',
        'expected <sum(documents[pages > 9].pages)> to be given at least one number, found a list of 0'
      ]
    ]
    for (const [text, message] of failures) {
      it(`says so: ${text}`, () => {
        expect(() => evaluate(text)).to.throw(ExpressionFailed, message)
      })
    }

    it('may be asked for by comparing with the word null', () => {
      expect(evaluate('guarantor = null')).to.equal(true)
      expect(evaluate('applicant.phone = null')).to.equal(true)
      expect(evaluate('guarantor.name != null')).to.equal(false)
      expect(evaluate('payment.ntpn = null')).to.equal(true)
      expect(evaluate('documents[3] = null')).to.equal(true)
      expect(evaluate('payment != null and payment.confirmed')).to.equal(false)
      expect(() => evaluate('applicant.name.first = null')).to.throw(
        ExpressionFailed,
        'expected <applicant.name> to be a context with <first>, found text "Marie Curie"'
      )
    })
  })

  describe('when types do not go together', () => {
    const failures: readonly (readonly [string, string])[] = [
      ['permit.extension = "2"', 'to compare values of one type, found number 2 and text "2"'],
      [
        'permit.extension < "3"',
        'to compare numbers, texts, dates, times or durations of one type'
      ],
      ['permit.expires < date(today)', 'found text "2015-12-20" and date 2015-12-03'],
      ['permit.extension in ("2", "3")', 'found number 2 and text "2"'],
      ['applicant.name + 1', 'expected <1> to be a text as <applicant.name> is, found number 1'],
      ['permit.extension / 0', 'expected <0> to be other than zero'],
      ['9007199254740991.0 + permit.extension', 'expected a number of at most 15 digits'],
      ['900719925474099 * permit.extension * 10', 'to give a number of at most 9007199254740991'],
      ['if applicant.name then 1 else 2', 'expected <applicant.name> to be true or false'],
      ['applicant.email and true', 'expected <applicant.email> to be true or false, found null'],
      ['not(guarantor)', 'expected <guarantor> to be true or false, found null'],
      ['applicant.email < "x"', 'found null and text "x"'],
      ['documents[pages]', 'expected <pages> to be a variable, found nothing'],
      ['documents[code]', 'expected <code> to be a variable, found nothing'],
      ['upper case(permit.extension)', 'expected <permit.extension> to be a text, found number 2'],
      ['date(applicant.name)', 'to be given a date such as "2015-12-03", found text "Marie Curie"'],
      ['day of week(today)', 'expected <today> to be a date, as date(…) gives it, found text'],
      ['permit.extension in [5..1]', 'to ascend'],
      ['date(today) + @"PT5H"', 'expected <@"PT5H"> to be whole days'],
      ['@"10:00:00" < @"10:00:00Z"', 'two times with a zone, or two without'],
      ['some x in permit satisfies true', 'expected <permit> to be a list, found a context'],
      ['list contains(numbers, "3")', 'to compare values of one type']
    ]
    for (const [text, message] of failures) {
      it(`says so: ${text}`, () => {
        expect(() => evaluate(text)).to.throw(message)
      })
    }
  })

  describe('when it may not be used', () => {
    const problems = (text: string) => {
      try {
        compileExpression(text)
      } catch (error) {
        if (error instanceof ExpressionInvalid) return error.problems
        throw error
      }
      return []
    }

    it('lists every problem with its line and column', () => {
      const text =
        'now() > x or\n  (for i in y return today())[1] = soundex("a") and 1 in (date("2015-02-30"))'

      expect(problems(text)).to.deep.equal([
        {
          path: '1:1',
          message: 'the clock may not be read; the variable <now> has the moment of the step'
        },
        {
          path: '2:22',
          message: 'the clock may not be read; the variable <today> has the local date of the step'
        },
        { path: '2:4', message: '<for> may not be used' },
        { path: '2:36', message: 'expected a function of DMN, found <soundex>' },
        {
          path: '2:59',
          message:
            'expected <date("2015-02-30")> to be given a date such as "2015-12-03", found text "2015-02-30"'
        }
      ])
    })

    const refused: readonly (readonly [string, string])[] = [
      ['', '1:1: expected the expression to go on, found its end'],
      ['1 +', '1:4: expected the expression to go on, found its end'],
      ['1 + ) 2', '1:5: cannot read <)> here'],
      ['= a b c )', '1:9: cannot read <)> here'],
      ['function(x) x + 1', '1:1: functions may not be defined'],
      ['x[function(a) external {java: {}}]', 'functions may not be defined'],
      ['matches(name, "(a+)+$")', 'patterns may not be used'],
      ['replace(name, "(a+)+$", "")', 'patterns may not be used'],
      ['sort(numbers, function(a, b) a < b)', 'functions may not be passed on'],
      ['(name.first)(1)', 'expected a function of DMN, found <(name.first)>'],
      [
        'substring(name)',
        'expected substring(string: text, start position: number, length: number?)'
      ],
      ['contains(string: name, part: "x")', 'expected contains(string: text, match: text)'],
      ['[1..5]', 'a range may only stand after <in>'],
      ['some i in 1..3000000 satisfies i < 0', 'expected a list, or a range of at most 1000'],
      ['some i in 1..numbers satisfies i < 0', 'expected a list, or a range of at most 1000'],
      ['x instance of function<number> -> string', 'expected a basic type'],
      ['x instance of Date', 'expected a basic type, found <Date>'],
      ['constructor', 'the name <constructor> may not be used'],
      ['"x".constructor.constructor("return process")()', 'expected a function of DMN'],
      ['applicant.__proto__', 'the name <__proto__> may not be used'],
      ['{__proto__: 1}', 'the name <__proto__> may not be used'],
      ['{a: 1, a: 2}', 'expected every key once, found <a> again'],
      ['1234567890123456', 'expected a number of at most 15 digits'],
      ['@"2015-13-01"', 'expected a date, time or duration'],
      ['? > 5', '<?> may not be used'],
      [`"${'x'.repeat(20_000)}"`, 'expected a text of at most 20000 characters, found 20002'],
      [`${'('.repeat(2000)}1${')'.repeat(2000)}`, 'expected parts nested at most 150 deep'],
      [`${'not('.repeat(400)}true${')'.repeat(400)}`, 'expected parts nested at most 150 deep'],
      [`1${' + 1'.repeat(600)}`, 'expected parts nested at most 150 deep']
    ]
    for (const [text, message] of refused) {
      it(`is refused: ${text.slice(0, 60)}`, () => {
        expect(() => compileExpression(text)).to.throw(ExpressionInvalid, message)
      })
    }
  })

  describe('with hostile data', () => {
    it('sees own entries only', () => {
      expect(() => evaluate('applicant.toString')).to.throw(
        'expected <applicant.toString> to be there'
      )
      expect(() => compileExpression('toString').evaluate(name => ({})[name as never])).to.throw(
        'expected <toString> to be a variable'
      )
      const data = { m: JSON.parse('{"__proto__": {"admin": true}}') as unknown }
      const get = (name: string) => data[name as 'm']
      expect(() => compileExpression('m.admin').evaluate(get)).to.throw(ExpressionFailed)
      expect(() => compileExpression('context merge(m, {a: 1})').evaluate(get)).to.throw('reserved')
    })

    it('stops loops that grow with the data', () => {
      const list = Array.from({ length: 300 }, (_, index) => index)
      const text = 'some a in xs, b in xs, c in xs satisfies a + b + c < 0'

      expect(() => compileExpression(text).evaluate(() => list)).to.throw(
        'to take at most 1000000 steps'
      )
    })

    it('stops values that double', () => {
      const grow = (by: string) =>
        ['a', 'b', 'c', 'd', 'e', 'f'].map((name, i, all) => {
          const earlier = all[i - 1] ?? 'seed'
          return `${name}: ${by.replaceAll('x', earlier)}`
        })
      const lists = grow(`[${Array(80).fill('x').join(', ')}]`)
      const texts = grow(`string join([${Array(80).fill('x').join(', ')}])`)
      const sums = grow(Array(80).fill('x').join(' + '))

      expect(() => evaluate(`{seed: numbers, ${lists}}`)).to.throw('to have at most 10000 parts')
      expect(() => evaluate(`{seed: today, ${texts}}`)).to.throw('to be a text of at most')
      expect(() => evaluate(`{seed: today, ${sums}}`)).to.throw('to be a text of at most')
    })

    it('refuses data that is nested too deep', () => {
      const nested = () => {
        let deep: unknown = 1
        for (let level = 0; level < 50_000; level++) deep = [deep]
        return deep
      }

      for (const text of ['x = y', 'string(x)', 'distinct values([x, y])', '[x, @"P1D"]']) {
        expect(() => compileExpression(text).evaluate(nested)).to.throw('nested at most 100 deep')
      }
    })
  })
})

// against feelin //////////////////////////////////////////////////////////////

const binary = (
  left: fc.Arbitrary<string>,
  operators: readonly string[],
  right: fc.Arbitrary<string>
) => fc.tuple(left, fc.constantFrom(...operators), right).map(([a, op, b]) => `(${a} ${op} ${b})`)
const call = (name: string, ...parameters: readonly fc.Arbitrary<string>[]) =>
  fc.tuple(...parameters).map(values => `${name}(${values.join(', ')})`)
const text = fc.constantFrom('', 'a', 'b', 'ab', 'Ba', 'é', 'x y', '😀z')
const isoDate = fc
  .tuple(
    fc.integer({ min: 1990, max: 2030 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 })
  )
  .map(parts => parts.map(part => String(part).padStart(2, '0')).join('-'))
const quarter = fc.integer({ min: -400, max: 400 }).map(number => number / 4)

/** The depth is counted over all types together; the first alternative ends it. */
const nesting = { maxDepth: 3, depthIdentifier: fc.createDepthIdentifier() }

/** Expressions of each type, over the variables of `data`. */
const feel = fc.letrec<
  Record<'number' | 'boolean' | 'text' | 'list' | 'date' | 'duration', string>
>(tie => ({
  number: fc.oneof(
    nesting,
    fc.constantFrom('n', 'm', 'item1.k', 'c.k', '7', '0.5', '12', 'items[1].k'),
    binary(tie('number'), ['+', '-'], tie('number')),
    binary(tie('number'), ['*', '/'], fc.constantFrom('2', '4', '0.5')),
    tie('number').map(number => `-(${number})`),
    fc
      .tuple(tie('boolean'), tie('number'), tie('number'))
      .map(([a, b, c]) => `(if ${a} then ${b} else ${c})`),
    call('string length', tie('text')),
    call('count', tie('list')),
    call('abs', tie('number')),
    call('floor', tie('number')),
    call('ceiling', tie('number')),
    call('decimal', tie('number'), fc.constantFrom('0', '1')),
    call('round half up', tie('number'), fc.constant('0')),
    call('round half down', tie('number'), fc.constant('0')),
    call('round up', tie('number'), fc.constantFrom('0', '1')),
    call('round down', tie('number'), fc.constantFrom('0', '1')),
    call('modulo', tie('number'), fc.constantFrom('3', '-4')),
    call('sum', fc.constantFrom('ns', 'items.k')),
    call('min', tie('number'), tie('number')),
    call('max', tie('number'), tie('number')),
    call('mean', fc.constant('ns')),
    fc
      .tuple(tie('date'), fc.constantFrom('year', 'month', 'day', 'weekday'))
      .map(([a, b]) => `${a}.${b}`),
    call('day of year', tie('date')),
    call('week of year', tie('date')),
    binary(tie('date'), ['-'], tie('date')).map(days => `${days}.days`)
  ),
  boolean: fc.oneof(
    nesting,
    fc.constantFrom('b', 'true', 'false', 'c.t', '(z = null)', '(n = z)'),
    binary(tie('number'), ['<', '<=', '>', '>=', '=', '!='], tie('number')),
    binary(tie('text'), ['<', '<=', '>', '>=', '=', '!='], tie('text')),
    binary(tie('date'), ['<', '<=', '>', '>=', '=', '!='], tie('date')),
    binary(tie('boolean'), ['and', 'or', '=', '!='], tie('boolean')),
    call('not', tie('boolean')),
    tie('number').map(number => `(${number} between -5 and 5)`),
    binary(
      tie('number'),
      ['in'],
      fc.constantFrom('[0..5]', '(0..5]', '(1, 2, >7)', '[7, 12]', '< 3', '(n)')
    ),
    binary(tie('text'), ['in'], fc.constantFrom('("a", "b")', '["ab"]', '>= "a"')),
    binary(
      tie('date'),
      ['in'],
      fc.constantFrom('[@"2000-01-01"..@"2015-12-31"]', '< @"2010-01-01"')
    ),
    fc
      .tuple(fc.constantFrom('some', 'every'), tie('list'), tie('number'))
      .map(([a, b, c]) => `(${a} x in ${b} satisfies x > ${c})`),
    fc
      .tuple(fc.constantFrom('some', 'every'), tie('number'))
      .map(([a, b]) => `(${a} i in items, y in ns satisfies i.k + y <= ${b})`),
    call('list contains', tie('list'), tie('number')),
    call('contains', tie('text'), tie('text')),
    call('starts with', tie('text'), tie('text')),
    call('ends with', tie('text'), tie('text')),
    tie('number').map(number => `(${number} instance of number)`),
    tie('text').map(value => `(${value} instance of number)`),
    call('all', tie('boolean'), tie('boolean')),
    call('any', tie('boolean'), tie('boolean'))
  ),
  text: fc.oneof(
    nesting,
    text.map(value => `"${value}"`),
    fc.constantFrom('s', 'c.s', 'items[1].s', 'items[-1].s'),
    binary(tie('text'), ['+'], tie('text')),
    call('upper case', tie('text')),
    call('lower case', tie('text')),
    call('substring before', tie('text'), tie('text')),
    call('substring after', tie('text'), tie('text')),
    call('substring', tie('text'), fc.constantFrom('1', '2', '9'), fc.constantFrom('1', '3')),
    call(
      'string',
      fc.oneof(tie('number'), tie('date'), tie('duration'), tie('list'), tie('boolean'))
    ),
    call('string join', fc.constant('items.s'), tie('text')),
    call('day of week', tie('date')),
    call('month of year', tie('date')),
    fc
      .tuple(tie('boolean'), tie('text'), tie('text'))
      .map(([a, b, c]) => `(if ${a} then ${b} else ${c})`)
  ),
  list: fc.oneof(
    nesting,
    fc.constantFrom('ns', 'items.k', '[]', '[n, m, 3]'),
    fc.array(tie('number'), { minLength: 2, maxLength: 3 }).map(items => `[${items.join(', ')}]`),
    fc.tuple(tie('list'), tie('number')).map(([list, number]) => `${list}[item > ${number}]`),
    fc.tuple(tie('list'), tie('number')).map(([list, number]) => `${list}[<= ${number}]`),
    tie('number').map(number => `items[k >= ${number}].k`),
    call('append', tie('list'), tie('number')),
    call('concatenate', tie('list'), tie('list')),
    call('reverse', tie('list')),
    call('distinct values', tie('list')),
    call('union', tie('list'), tie('list')),
    call('index of', tie('list'), tie('number')),
    call('sublist', fc.constant('ns'), fc.constantFrom('1', '2', '-1'))
  ),
  date: fc.oneof(
    nesting,
    isoDate.map(date => `@"${date}"`),
    isoDate.map(date => `date("${date}")`),
    fc.constant('date(d)'),
    call(
      'date',
      fc.constantFrom('1999', '2024'),
      fc.constantFrom('1', '2', '12'),
      fc.constant('28')
    ),
    binary(
      tie('date'),
      ['+', '-'],
      fc.constantFrom('@"P1M"', '@"P1Y1M"', '@"P3D"', 'duration("P30D")', '@"-P2M"')
    )
  ),
  duration: fc.oneof(
    nesting,
    fc.constantFrom(
      '@"PT90M"',
      '@"P1DT2H3M4.5S"',
      'duration("-PT36H")',
      '@"P14M"',
      '@"P0M"',
      '@"PT0S"'
    ),
    binary(tie('date'), ['-'], tie('date'))
  )
}))

const data = fc
  .record({
    n: quarter,
    m: quarter,
    b: fc.boolean(),
    s: text,
    d: isoDate,
    ns: fc.array(quarter, { minLength: 2, maxLength: 4 }),
    items: fc.array(fc.record({ k: quarter, s: text }), { minLength: 2, maxLength: 3 }),
    c: fc.record({ k: quarter, s: text, t: fc.boolean() })
  })
  .map(values => ({ ...values, item1: values.items[0], z: null }))

describe('expression, held against feelin', () => {
  const ours = (text: string, values: Record<string, unknown>) =>
    compileExpression(text).evaluate(name => values[name])

  for (const type of ['number', 'boolean', 'text', 'list', 'date'] as const) {
    it(`is equal on well-typed expressions that give a ${type}`, () => {
      fc.assert(
        fc.property(feel[type], data, (text, values) => {
          fc.pre(text.length < 1500)
          const { value, warnings } = feelin(text, values)
          fc.pre(warnings.length === 0 && value !== null)
          expect(ours(text, values)).to.deep.equal(JSON.parse(JSON.stringify(value)))
        }),
        { numRuns: 400 }
      )
    })
  }

  it('raises where feelin gives null, a warning, or a quiet false', () => {
    const mistake = fc.oneof(
      binary(feel.number, ['+', '-', '*', '<', '>=', '=', '!='], feel.text),
      binary(feel.text, ['-', '/', '<', '='], feel.number),
      binary(feel.date, ['+', '<', '='], fc.constantFrom('d', 'n', 'b')),
      binary(feel.number, ['in'], fc.constantFrom('("a", "b")', '["a"]')),
      binary(feel.number, ['/'], fc.constant('(n - n)')),
      binary(feel.number, ['<', '>'], fc.constant('z')),
      fc.constantFrom('q', 'c.q', 'c.k.q', 'z.q', 'items.q', 'items[9]', 'items[9].k', 'd.year'),
      call('not', fc.oneof(feel.number, fc.constant('z'))),
      binary(fc.constant('true'), ['and'], fc.oneof(feel.number, feel.text, fc.constant('z'))),
      binary(fc.constant('false'), ['or'], fc.oneof(feel.number, feel.text, fc.constant('z'))),
      call('upper case', feel.number),
      call('abs', feel.text),
      call('sum', fc.constantFrom('[]', 'items.s', 'items')),
      call('min', fc.constantFrom('[]', 'items')),
      call('date', fc.constantFrom('s + "x"', 'n', 'z', '"2015-02-30"')),
      call('duration', fc.constantFrom('"P"', '"3 days"')),
      call('modulo', feel.number, fc.constant('0')),
      call('sqrt', fc.constant('-4')),
      call('number', fc.constant('"one"')),
      fc.constantFrom(
        'some x in n satisfies x > 1',
        'every x in z satisfies true',
        '@"10:00:00" < @"2015-01-01"'
      )
    )
    const around = fc.constantFrom<(text: string) => string>(
      text => text,
      text => `(${text})`,
      text => `if true then ${text} else 1`,
      text => `{a: ${text}}`,
      text => `[1, ${text}]`,
      text => `${text} = 1 or b`
    )
    fc.assert(
      fc.property(mistake, around, data, (text, put, values) => {
        let quiet = true
        try {
          const { value, warnings } = feelin(text, values)
          quiet = value === null || value === false || warnings.length > 0
        } catch {
          // feelin throws for some mismatches
        }
        fc.pre(quiet || /items/.test(text))
        expect(() => ours(put(text), values)).to.throw(/expected/)
      }),
      { numRuns: 1000 }
    )
  })
})
