import { createHash } from 'node:crypto'
import { expect } from 'chai'
import type { Variables } from '../../engine/state.ts'
import { createHandlers } from '../../jobs/index.ts'
import type { Handler, Job } from '../../jobs/job.ts'
import { JobFault } from '../../jobs/job.ts'
import type { Renderer } from '../../jobs/letters/pdf.ts'
import { openRenderer } from '../../jobs/letters/pdf.ts'
import type { JobServices } from '../../jobs/services.ts'
import { StoreUnavailable } from '../../runtime/store.ts'
import { CACHE, FACTS, job, noRenderer, world } from './kanim.ts'
import { readPdf, scanQr } from './pdf-reader.ts'

const issue = (template: string, more: Variables = {}, about: Partial<Job> = {}) =>
  job(
    'issue-letter',
    {
      template,
      to: { name: 'Kepala Kantor', place: 'Muara Enim' },
      signedBy: 'kasi.mre',
      facts: FACTS,
      ...more
    },
    about
  )

/** Runs a job as a dispatcher would, and answers the letter that it made. */
async function issued(services: JobServices, what: Job) {
  const { letter } = (await createHandlers(services)['issue-letter']!(what)) as {
    letter: { id: string; number: string; date: string; kind: string }
  }
  return letter
}
const fails = (services: JobServices, what: Job): Promise<Error> =>
  issued(services, what).then(
    () => expect.fail('expected the job to fail'),
    (error: Error) => error
  )

describe('issue-letter', function () {
  this.timeout(120_000)
  let renderer: Renderer

  before(() => {
    renderer = openRenderer({ cache: CACHE })
  })
  after(() => renderer.close())

  it('issues a numbered, sealed and filed letter', async () => {
    const { services } = await world(renderer)
    const letter = await issued(services, issue('itk-permit'))

    expect(letter).to.include({
      number: 'W.6.IMI.IMI.2.GR.04.02-1 TAHUN 2022',
      date: '2022-06-14',
      kind: 'itk-permit'
    })
    const filed = (await services.letters.byId(letter.id))!
    expect(filed).to.include({
      office: 'kanim-mre',
      instance: 'case-1',
      status: 'valid',
      sample: false
    })
    const pdf = (await services.files.get(filed.sha256))!
    expect(createHash('sha256').update(pdf).digest('hex')).to.equal(filed.sha256)

    const { text, ...found } = await readPdf(pdf)
    for (const said of [
      'KEMENTERIAN HUKUM DAN HAK ASASI MANUSIA',
      'KANTOR IMIGRASI KELAS II NON TPI MUARA ENIM',
      'Jalan Contoh Nomor 1',
      'Muara Enim, 14 Juni 2022',
      'Nomor: W.6.IMI.IMI.2.GR.04.02-1 TAHUN 2022',
      'ANNA MARIA ERIKSSON',
      'Swedia (SWE)',
      'L898902C3',
      'ke-1 (pertama)',
      '60 (enam puluh) hari',
      '19 Agustus 2022',
      'Rp 2.000.000,00 (dua juta rupiah)',
      'A1B2C3D4E5F6G7H8',
      'Kepala Seksi Lalu Lintas dan Izin Tinggal Keimigrasian',
      'NIP. 19900101 201501 1 001',
      `https://alur.example/v/${letter.id}`,
      'bukan tanda tangan elektronik tersertifikasi',
      'Halaman 1 dari 1'
    ]) {
      expect(text[0]).to.include(said)
    }
    expect(text[0]).not.to.match(/undefined|NaN|null|\{\{|\[object|BSrE|SAMPEL/)
    expect(found).to.include({
      pages: 1,
      tagged: true,
      language: 'id',
      title: 'Izin Tinggal Kunjungan W.6.IMI.IMI.2.GR.04.02-1 TAHUN 2022'
    })
    expect(found.alternatives).to.have.length(1)
    for (const font of found.fonts) expect(font).to.deep.include({ embedded: true })
  })

  it('prints a QR code that leads to the letter and carries what it says', async () => {
    const { services } = await world(renderer)
    const { id, number } = await issued(services, issue('itk-permit'))
    const filed = (await services.letters.byId(id))!
    const pdf = (await services.files.get(filed.sha256))!

    for (const dpi of [150, 300]) {
      const [address, seal] = ((await scanQr(pdf, dpi)) ?? '').split('#')
      expect(address, `${dpi} dpi`).to.equal(`https://alur.example/v/${id}`)
      const facts = services.sealer.verify(seal ?? '')
      expect(facts).to.include({
        id,
        number,
        kind: 'itk-permit',
        name: 'ANNA MARIA ERIKSSON',
        passport: '02C3',
        until: '2022-08-19'
      })
      expect(facts).to.deep.equal(filed.facts)
    }
    expect(Buffer.from(filed.seal, 'base64url').toString('latin1')).not.to.include('L898902C3')
  })

  it('writes every kind of letter, and says everything that its sample says', async () => {
    const { services } = await world(renderer)
    const signers: Record<string, string | null> = {
      receipt: 'loket.mre',
      'itk-approval': 'kadiv.sumsel',
      'pite-approval': 'kasubdit',
      'pite-refusal': 'kasubdit',
      'itas-report-confirmation': null
    }
    const kinds = Object.keys(services.templates.national)

    for (const [index, kind] of kinds.entries()) {
      const [template] = services.templates.national[kind]!
      const what = issue(
        kind,
        { facts: template!.sample, signedBy: kind in signers ? signers[kind]! : 'kasi.mre' },
        { id: `case-1.${index}` }
      )
      const { id } = await issued(services, what)
      const { pages, text } = await readPdf(
        (await services.files.get((await services.letters.byId(id))!.sha256))!
      )
      expect(pages, kind).to.equal(1)
      expect(text[0], kind)
        .to.include('ANNA MARIA ERIKSSON')
        .and.not.to.match(/undefined|NaN|null|\{\{|\[object/)
    }
    expect(kinds).to.have.members([
      'itk-permit',
      'itk-approval',
      'pite-approval',
      'pite-refusal',
      'itk-refusal',
      'itk-recommendation',
      'receipt',
      'itas-report-confirmation',
      'e-itas'
    ])
  })

  it('writes on the paper and in the register of the unit that signs', async () => {
    const { services } = await world(renderer)
    const approval = await issued(
      services,
      issue('itk-approval', { signedBy: 'kadiv.sumsel' }, { id: 'case-1.1' })
    )
    const pite = await issued(
      services,
      issue('pite-approval', { signedBy: 'kasubdit' }, { id: 'case-1.2' })
    )
    const text = async (id: string) =>
      (await readPdf((await services.files.get((await services.letters.byId(id))!.sha256))!))
        .text[0]

    expect(approval.number).to.equal('W.6.GR.04.02-1 TAHUN 2022')
    expect(pite.number).to.equal('IMI-1.GR.04.02 Tahun 2022')
    expect(await text(approval.id))
      .to.include('KANTOR WILAYAH SUMATERA SELATAN')
      .and.to.include('Tembusan:')
    expect(await text(pite.id))
      .to.include('a.n. Direktur Jenderal Imigrasi')
      .and.to.include('Yth. Kepala Kantor')
  })

  it('dates and numbers by the day of the office, and names the ministry of that day', async () => {
    const { services } = await world(renderer)
    const at = '2024-12-31T15:30:00.000Z'
    const west = await issued(services, issue('itk-permit', {}, { id: 'case-1.1', at }))
    const east = await issued(
      services,
      issue('itk-permit', { signedBy: 'kasi.djj' }, { id: 'case-1.2', at })
    )
    const { text } = await readPdf(
      (await services.files.get((await services.letters.byId(east.id))!.sha256))!
    )

    expect(west.date).to.equal('2024-12-31')
    expect(east).to.include({ date: '2025-01-01', number: 'KANIM-DJJ.GR.04.02-1 TAHUN 2025' })
    expect(text[0]).to.include('KEMENTERIAN IMIGRASI DAN PEMASYARAKATAN')
    expect(await services.registers.book('kanim-djj', 'GR.04.02', 2025)).to.have.length(1)
  })

  it('says that it is a sample when it is one', async () => {
    const { services } = await world(renderer, { sample: () => true })
    const { id } = await issued(services, issue('itk-permit'))
    const filed = (await services.letters.byId(id))!
    const { text } = await readPdf((await services.files.get(filed.sha256))!)

    expect(filed.sample).to.equal(true)
    expect(text[0]).to.include('SAMPEL / SAMPLE – bukan dokumen resmi')
    expect(services.sealer.verify(filed.seal)).to.include({ sample: true })
  })

  it('gives the same letter on every attempt, wherever the last one was killed', async () => {
    let breakAt = ''
    const killed = (step: string): void => {
      if (breakAt !== step) return
      breakAt = ''
      throw new Error(`killed at ${step}`)
    }
    const { services: whole } = await world(renderer)
    const services: JobServices = {
      ...whole,
      renderer: {
        print: async sheet => {
          killed('before printing')
          const pdf = await renderer.print(sheet)
          killed('after printing')
          return pdf
        }
      },
      files: {
        ...whole.files,
        put: async bytes => {
          const id = await whole.files.put(bytes)
          killed('after storing')
          return id
        }
      },
      letters: {
        ...whole.letters,
        file: async letter => {
          await whole.letters.file(letter)
          killed('after filing')
        }
      },
      registers: {
        ...whole.registers,
        claim: async claim => {
          const number = await whole.registers.claim(claim)
          killed('after claiming')
          return number
        }
      }
    }
    const steps = [
      'after claiming',
      'before printing',
      'after printing',
      'after storing',
      'after filing'
    ]

    for (const [index, step] of steps.entries()) {
      const what = issue('itk-permit', {}, { id: `case-${index}.1`, instance: `case-${index}` })
      breakAt = step
      expect((await fails(services, what)).message).to.equal(`killed at ${step}`)
      const first = await issued(services, { ...what, attempt: 2 })
      const second = await issued(services, { ...what, attempt: 3 })

      expect(second).to.deep.equal(first)
      expect(first.number).to.equal(`W.6.IMI.IMI.2.GR.04.02-${index + 1} TAHUN 2022`)
      expect(await whole.letters.ofInstance(what.instance)).to.have.length(1)
    }
    const book = await whole.registers.book('kanim-mre', 'GR.04.02', 2022)
    expect(book.map(row => [row.number, row.status])).to.deep.equal(
      steps.map((_, index) => [index + 1, 'issued'])
    )
  })

  it('issues a letter once when the browser is killed in the middle of it', async () => {
    const { services } = await world(renderer)
    await issued(services, issue('itk-permit', {}, { id: 'case-0.1', instance: 'case-0' }))
    const all = Array.from({ length: 8 }, (_, index) =>
      issued(services, issue('itk-permit', {}, { id: `case-1.${index}` }))
    )
    process.kill(renderer.status().browser, 'SIGKILL')

    const numbers = (await Promise.all(all)).map(({ number }) => sequenceOf(number))

    expect(numbers.toSorted((a, b) => a - b)).to.deep.equal([2, 3, 4, 5, 6, 7, 8, 9])
    expect(await services.letters.ofInstance('case-1')).to.have.length(8)
  })

  it('numbers 1 to 50 when fifty are issued at once', async () => {
    const { services } = await world(renderer)
    const letters = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        issued(services, issue('itk-permit', {}, { id: `case-${index}.1` }))
      )
    )

    const numbers = letters.map(({ number }) => sequenceOf(number)).toSorted((a, b) => a - b)
    expect(numbers).to.deep.equal(Array.from({ length: 50 }, (_, index) => index + 1))
    expect(new Set(letters.map(({ id }) => id)).size).to.equal(50)
  })

  it('gives the same bytes for the same letter', async () => {
    const { services } = await world(renderer)
    const { services: again } = await world(renderer, { sealer: services.sealer })
    const one = await issued(services, issue('itk-permit'))
    await issued(again, issue('itk-recommendation', {}, { id: 'case-2.1' }))
    await issued(again, issue('receipt', { signedBy: 'loket.mre' }, { id: 'case-2.2' }))
    const { services: third } = await world(renderer, { sealer: services.sealer })
    const other = await issued(third, issue('itk-permit'))

    expect(other).to.deep.equal(one)
    expect((await third.letters.byId(other.id))!.sha256).to.equal(
      (await services.letters.byId(one.id))!.sha256
    )
  })

  it('prints hostile values as text', async () => {
    const name = `<img src=http://evil.example/> {{ caseNumber }} <script>1</script> ${'PANJANG '.repeat(50)}`
    const { services } = await world(renderer)
    const facts = { ...FACTS, applicant: { ...FACTS.applicant, name } }
    const { id } = await issued(services, issue('itk-permit', { facts, to: { name, place: name } }))
    const { text } = await readPdf(
      (await services.files.get((await services.letters.byId(id))!.sha256))!
    )

    expect(text.join(' ')).to.include(
      '<img src=http://evil.example/> {{ caseNumber }} <script>1</script>'
    )
  })

  it('keeps its number while the disk is full, however often it is tried', async () => {
    const { services: whole } = await world(renderer)
    const full = new StoreUnavailable('full', 'the disk is full: nothing of this was stored')
    const services = { ...whole, files: { ...whole.files, put: () => Promise.reject(full) } }
    expect(await fails(services, issue('itk-permit', {}, { attempt: 5 }))).to.equal(full)
    const handler = createHandlers(whole)['issue-letter'] as Handler
    const issued = await handler(issue('itk-permit', {}, { attempt: 1 }))
    const { letter } = issued as { readonly letter: { readonly number: string } }
    const [row, ...others] = await whole.registers.book('kanim-mre', 'GR.04.02', 2022)
    expect(row).to.include({ number: 1, status: 'issued' })
    expect(row?.facts.number).to.equal(letter.number)
    expect(others).to.deep.equal([])
  })
})

describe('issue-letter without a printer', () => {
  it('names every missing value in one fault, and takes no number', async () => {
    const { services } = await world(noRenderer)
    const { name: _, ...applicant } = FACTS.applicant
    const error = await fails(
      services,
      issue('itk-permit', { facts: { ...FACTS, applicant, permit: { kind: 'ITK' } } })
    )

    expect(error).to.be.instanceOf(JobFault)
    expect(error.message).to.equal(
      'letter <itk-permit> has no fit value for <applicant.name>, <permit.until>'
    )
    expect(await services.registers.book('kanim-mre', 'GR.04.02', 2022)).to.deep.equal([])
  })

  it('is a fault when the letter, the signatory or the input is not known', async () => {
    const { services } = await world(noRenderer)
    const faults: readonly [Job, string][] = [
      [issue('itk-poem'), 'there is no letter <itk-poem>'],
      [issue('itk-permit', { signedBy: 'nobody' }), 'signed by <nobody>, whom nobody knows'],
      [
        issue('itk-permit', { signedBy: 'loket.mre' }),
        'is signed by section-head or kakanim, and <loket.mre> is neither'
      ],
      [issue('itk-permit', { signedBy: null }), 'needs <signedBy>'],
      [
        job('issue-letter', { template: 7 }),
        'expected <template> to be a text, expected <facts> to be an object'
      ]
    ]
    for (const [what, message] of faults) {
      const error = await fails(services, what)
      expect(error).to.be.instanceOf(JobFault)
      expect(error.message).to.include(message)
    }
  })

  it('is tried again while the printer fails, and voids its number after the last time', async () => {
    const { services } = await world(noRenderer)
    const error = await fails(services, issue('itk-permit', {}, { attempt: 1 }))
    const [claimed] = await services.registers.book('kanim-mre', 'GR.04.02', 2022)
    await fails(services, issue('itk-permit', {}, { attempt: 5 }))
    const [voided] = await services.registers.book('kanim-mre', 'GR.04.02', 2022)

    expect(error).not.to.be.instanceOf(JobFault)
    expect(claimed).to.include({ number: 1, status: 'claimed' })
    expect(voided).to.include({ number: 1, status: 'void', reason: 'nothing was to be printed' })
  })
})

/** `748` of `W.6.IMI.IMI.2.GR.04.02-748 TAHUN 2020`. */
function sequenceOf(number: string): number {
  return Number(/-(\d+) TAHUN/.exec(number)?.[1])
}
