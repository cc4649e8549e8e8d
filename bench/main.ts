import { durable } from './durable.ts'
import { engine } from './engine.ts'
import type { Figure } from './figures.ts'
import { letters } from './letters.ts'
import { rules } from './rules.ts'

const SUITES: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  engine,
  durable,
  letters,
  rules
}

const args = process.argv.slice(2)
const json = args.includes('--json')
const names = args.filter(name => !name.startsWith('--'))
const unknown = names.filter(name => !Object.hasOwn(SUITES, name))
if (unknown.length > 0) {
  console.error(`expected suites of ${Object.keys(SUITES).join(', ')}, found ${unknown.join(', ')}`)
  process.exit(2)
}

const figures: Figure[] = []
for (const name of names.length > 0 ? names : Object.keys(SUITES)) {
  if (!json) console.error(`measuring ${name} …`)
  figures.push(...((await SUITES[name]?.()) ?? []))
}
if (json) console.log(JSON.stringify({ figures }))
else console.table(Object.fromEntries(figures.map(each => [each.name, row(each)])))
process.exit(figures.every(({ ok }) => ok) ? 0 : 1)

function row({ value, unit, against, ratio, target, wanted, ok }: Figure) {
  return {
    value: round(value),
    unit,
    against: round(against),
    ratio: ratio === null ? '' : ratio.toPrecision(3),
    target: target === null ? '' : `${wanted} ${target}`,
    ok: ok ? 'yes' : 'NO'
  }
}

function round(number: number | null): number | string {
  return number === null ? '' : Number(number.toPrecision(4))
}
