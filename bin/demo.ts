import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { openAlur } from '../api/alur.ts'
import { readCases } from '../runtime/cases.ts'
import { readSettings } from '../runtime/settings.ts'
import { Driver } from './demo/drive.ts'

/** The four cases of the sources, with their neighbours, and the report from abroad. */
const CASES: readonly (readonly [title: string, process: string, example: string])[] = [
  ['1  Tanjung Uban 2015: second extension', 'itk-extension', 'second-extension'],
  [
    '2  Tanjung Uban 2015: fifth extension, Dirjen by PITE, no tariff',
    'itk-extension',
    'fifth-extension'
  ],
  ['2b a sixth extension is refused', 'itk-extension', 'sixth-extension'],
  ['3  Muara Enim 2022: sixty days, paid before approval', 'itk-extension.kanim-mre', 'sixty-days'],
  [
    '3b a second applicant on the (simulated) watch list',
    'itk-extension.kanim-mre',
    'on-the-watch-list'
  ],
  [
    '4  Muara Enim 2022: ITAS from VITAS, reported on day 31',
    'itas-from-vitas.kanim-mre',
    'reported-on-day-31'
  ],
  ['5  Bengkulu 2022: ITAS online', 'itas-online.kanim-bgl', 'in-time']
]

const started = performance.now()
const data = await mkdtemp(join(tmpdir(), 'alur-demo-'))
const out = resolve('out/demo')
await rm(out, { recursive: true, force: true })
const settings = readSettings({
  ...process.env,
  PORT: '0',
  ALUR_DATA: data,
  ALUR_CLOCK: 'settable'
})
const alur = await openAlur(settings)
const files = await readCases('processes')
const letters: string[] = []
let failed = 0
try {
  for (const [title, id, name] of CASES) {
    console.log(`\nCase ${title}`)
    const example = files
      .find(({ process }) => process === id)
      ?.cases.find(each => each.name === name)
    try {
      if (example === undefined) throw new Error(`expected an example <${name}> of <${id}>`)
      letters.push(...(await new Driver(alur.url, alur.rulebook, out).drive(id, example)))
    } catch (error) {
      failed += 1
      console.log(`  FAILED: ${(error as Error).message}`)
    }
  }
} finally {
  await alur.close()
  await rm(data, { recursive: true, force: true })
}
console.log('\nLetters:')
for (const file of letters) console.log(`  ${file}`)
const seconds = ((performance.now() - started) / 1000).toFixed(1)
console.log(
  `\n${CASES.length - failed} of ${CASES.length} cases ended as they must, in ${seconds} s`
)
process.exitCode = failed === 0 ? 0 : 1
