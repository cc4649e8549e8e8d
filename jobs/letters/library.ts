import { readdir, readFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import type { ValidateFunction } from 'ajv/dist/2020.js'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Problem } from '../../engine/errors.ts'
import { InvalidData } from '../../engine/errors.ts'
import { compose, LetterIncomplete } from './compose.ts'
import { FORMATS } from './formats.ts'
import { patternProblem } from './numbers.ts'
import type {
  Addition,
  Condition,
  Letterheads,
  Places,
  Template,
  TemplateBlock,
  Templates
} from './template.ts'
import { piecesOf, withAddition } from './template.ts'

/** Loads all templates of a folder. @throws InvalidData listing every problem with its file */
export async function loadTemplates(folder: string): Promise<Templates> {
  const { templates, problems } = await readTemplates(folder)
  if (problems.length > 0) throw new InvalidData('templates', problems)
  return templates
}

/** Every problem of every template below a folder, with file and place. */
export async function checkTemplates(folder: string): Promise<readonly Problem[]> {
  return (await readTemplates(folder)).problems
}

interface Read {
  readonly templates: Templates
  readonly problems: readonly Problem[]
}

async function readTemplates(folder: string): Promise<Read> {
  const problems: Problem[] = []
  const schemas = await readSchemas(join(folder, 'schema'))
  const read = async <Content>(
    file: string,
    schema: keyof typeof schemas
  ): Promise<Content | null> => {
    const name = relative(folder, file)
    try {
      const content = JSON.parse(await readFile(file, 'utf8')) as Content
      const validate = schemas[schema]
      if (validate(content)) return content
      for (const error of validate.errors ?? []) {
        problems.push({
          path: `${name}${error.instancePath}`,
          message: error.message ?? 'does not fit its schema'
        })
      }
    } catch (error) {
      problems.push({ path: name, message: (error as Error).message })
    }
    return null
  }

  const places = (await read<Places>(join(folder, 'places.json'), 'places')) ?? {}
  const letterheads = await read<Letterheads>(join(folder, 'letterheads.json'), 'letterheads')
  for (const lines of Object.values(letterheads?.levels ?? {}).flat()) {
    const problem = lines.numberPattern === null ? null : patternProblem(lines.numberPattern)
    if (problem !== null) problems.push({ path: 'letterheads.json', message: problem })
  }

  const national: Record<string, Template[]> = {}
  for (const file of await jsonFiles(join(folder, 'national'))) {
    const template = await read<Template>(file, 'template')
    if (template === null) continue
    const path = relative(folder, file)
    if (basename(file).split('.')[0] !== template.id) {
      problems.push({ path, message: `expected the file to be named for <${template.id}>` })
    }
    problems.push(...checkTemplate(template, places).map(problem => inFile(path, problem)))
    const versions = national[template.id] ?? []
    national[template.id] = versions
    if (versions.some(({ version }) => version === template.version)) {
      problems.push({
        path,
        message: `version ${template.version} of <${template.id}> is there twice`
      })
    }
    versions.push(template)
  }

  const additions: Record<string, Addition[]> = {}
  for (const office of await names(join(folder, 'offices'))) {
    for (const file of await jsonFiles(join(folder, 'offices', office))) {
      const addition = await read<Addition>(file, 'addition')
      if (addition === null) continue
      const path = relative(folder, file)
      const found = checkAddition(addition, national[addition.template] ?? [], places)
      problems.push(...found.map(problem => inFile(path, problem)))
      additions[office] = [...(additions[office] ?? []), addition]
    }
  }
  return {
    templates: { places, national, additions, letterheads: letterheads ?? { levels: NO_LEVELS } },
    problems
  }
}

const NO_LEVELS = { office: [], region: [], national: [] }

function inFile(file: string, problem: Problem): Problem {
  return { path: `${file} ${problem.path}`.trim(), message: problem.message }
}

/** What is wrong with one template: unknown places, formats that do not fit, a sample that is not enough. */
export function checkTemplate(template: Template, places: Places): readonly Problem[] {
  const problems = [...checkTexts(template, places)]
  if (template.numberPattern !== undefined) {
    const problem = patternProblem(template.numberPattern)
    if (problem !== null) problems.push({ path: 'numberPattern', message: problem })
  }
  for (const [name, place] of Object.entries(template.sealed)) {
    if (!Object.hasOwn(places, place))
      problems.push({ path: `sealed.${name}`, message: `there is no place <${place}>` })
  }
  const slots = walk(template.body).flatMap(block => ('slot' in block ? [block.slot] : []))
  for (const slot of slots.filter((name, index) => slots.indexOf(name) !== index)) {
    problems.push({ path: 'body', message: `slot <${slot}> is there twice` })
  }
  return problems.length > 0 ? problems : checkSample(template, places)
}

/** A template must give a letter with the facts of its own sample. */
function checkSample(template: Template, places: Places): readonly Problem[] {
  try {
    compose(withAddition(template, null), sampleValues(template), SAMPLE_OFFICE, places)
    return []
  } catch (error) {
    if (error instanceof LetterIncomplete) return [{ path: 'sample', message: error.message }]
    throw error
  }
}

/** The values of a letter that goes to nobody. */
export function sampleValues(template: Template) {
  return {
    number: 'CONTOH-0',
    date: '2020-03-06',
    to: { name: 'Kepala Kantor Imigrasi Contoh', place: 'Contoh' },
    signatory:
      template.signatory === undefined
        ? null
        : {
            position: 'Kepala Seksi Contoh',
            onBehalfOf: null,
            name: 'Nama Contoh',
            nip: '199001012015011001'
          },
    facts: template.sample
  }
}

/** The paper of an office that does not exist. */
export const SAMPLE_OFFICE = {
  unit: 'kanim-contoh',
  ministryLines: ['KEMENTERIAN CONTOH', 'DIREKTORAT JENDERAL CONTOH'],
  name: 'Kantor Imigrasi Contoh',
  address: 'Jalan Contoh Nomor 1',
  phone: '(000) 000000',
  fax: null,
  site: null,
  email: 'kanim@contoh.example',
  place: 'Contoh',
  timeZone: 'Asia/Jakarta',
  unitCode: 'CONTOH',
  numberPattern: '{unit}.{class}-{seq} TAHUN {year}',
  classification: 'GR.04.02'
}

function checkAddition(
  addition: Addition,
  versions: readonly Template[],
  places: Places
): readonly Problem[] {
  if (versions.length === 0)
    return [{ path: 'template', message: `there is no letter <${addition.template}>` }]
  const slots = versions
    .flatMap(({ body }) => walk(body))
    .flatMap(block => ('slot' in block ? [block.slot] : []))
  return [
    ...Object.keys(addition.slots)
      .filter(slot => !slots.includes(slot))
      .map(slot => ({
        path: 'slots',
        message: `letter <${addition.template}> has no slot <${slot}>`
      })),
    ...checkTexts(
      { body: Object.values(addition.slots).flat(), copies: addition.copies ?? [] },
      places
    )
  ]
}

type Texts = Pick<Template, 'body' | 'subject' | 'nature' | 'attachments' | 'copies'>

function checkTexts(template: Texts, places: Places): readonly Problem[] {
  const problems: Problem[] = []
  const place = (path: string, name: string): void => {
    if (!Object.hasOwn(places, name))
      problems.push({ path, message: `there is no place <${name}>` })
  }
  const text = (path: string, content: string | undefined): void => {
    for (const piece of piecesOf(content ?? '')) {
      if ('text' in piece) {
        if (/\{\{|\}\}/.test(piece.text))
          problems.push({
            path,
            message: `expected a place like {{ applicant.name }}, found <${piece.text.trim()}>`
          })
        continue
      }
      place(path, piece.place)
      const formats = Object.keys(FORMATS[places[piece.place]?.type ?? 'text'])
      if (
        Object.hasOwn(places, piece.place) &&
        (formats.length === 0 || (piece.format !== null && !formats.includes(piece.format)))
      ) {
        problems.push({
          path,
          message: `place <${piece.place}> cannot be written as <${piece.format ?? 'text'}>`
        })
      }
    }
  }
  const condition = (path: string, when: Condition | undefined): void => {
    if (when !== undefined) place(path, when.place)
  }

  text('subject', template.subject)
  text('nature', template.nature)
  text('attachments', template.attachments)
  for (const copy of template.copies ?? []) text('copies', copy)
  for (const block of walk(template.body)) {
    if ('heading' in block) text('heading', block.heading)
    if ('paragraph' in block) text('paragraph', block.paragraph)
    if ('english' in block) text('english', block.english)
    if ('list' in block) for (const item of block.list) text('list', item)
    if ('listOf' in block) place('listOf', block.listOf)
    if ('when' in block) condition('when', block.when)
    if ('fields' in block) {
      for (const field of block.fields) {
        text(`field <${field.label.id}>`, field.value)
        condition(`field <${field.label.id}>`, field.when)
      }
    }
  }
  return problems
}

/** Every block, those inside conditions too. */
function walk(blocks: readonly TemplateBlock[]): readonly TemplateBlock[] {
  return blocks.flatMap(block =>
    'when' in block ? [block, ...walk(block.blocks), ...walk(block.otherwise ?? [])] : [block]
  )
}

// files //////////////////////////////////////////////////////////////////////

async function readSchemas(folder: string) {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
    code: { optimize: false }
  })
  const schema = async (name: string): Promise<ValidateFunction> =>
    ajv.compile(JSON.parse(await readFile(join(folder, `${name}.json`), 'utf8')))
  ajv.addSchema(JSON.parse(await readFile(join(folder, 'common.json'), 'utf8')))
  return {
    places: await schema('places'),
    letterheads: await schema('letterheads'),
    template: await schema('template'),
    addition: await schema('addition')
  }
}

async function names(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(() => [])).sort()
}

async function jsonFiles(folder: string): Promise<readonly string[]> {
  return (await names(folder))
    .filter(name => name.endsWith('.json'))
    .map(name => join(folder, name))
}
