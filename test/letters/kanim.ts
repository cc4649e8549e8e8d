import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Office } from '../../engine/context.ts'
import type { Job } from '../../jobs/job.ts'
import { loadTemplates } from '../../jobs/letters/library.ts'
import type { Renderer } from '../../jobs/letters/pdf.ts'
import { openSealer } from '../../jobs/letters/seal.ts'
import type { JobServices } from '../../jobs/services.ts'
import { billingSimulator } from '../../jobs/simulators/billing.ts'
import { watchListSimulator } from '../../jobs/simulators/watch-list.ts'
import type { Person } from '../../runtime/people.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqliteBills } from '../../runtime/stores/sqlite-bills.ts'
import { diskFiles } from '../../runtime/stores/sqlite-files.ts'
import { sqliteLetters } from '../../runtime/stores/sqlite-letters.ts'
import { sqliteMails } from '../../runtime/stores/sqlite-mail.ts'
import { sqliteRegisters } from '../../runtime/stores/sqlite-registers.ts'

/** Where the browser is unpacked for tests, as for the server. */
export const CACHE = new URL('../../.cache', import.meta.url).pathname

const OFFICES: Readonly<
  Record<string, Pick<Office, 'name' | 'line'> & { facts: Office['facts'] }>
> = {
  'kanim-mre': {
    name: 'Kantor Imigrasi Kelas II Non TPI Muara Enim',
    line: [{ id: 'kanim-mre', level: 'office', name: 'Muara Enim' }],
    facts: {
      place: 'Muara Enim',
      unitCode: 'W.6.IMI.IMI.2',
      address: 'Jalan Contoh Nomor 1'
    }
  },
  'kanim-djj': {
    name: 'Kantor Imigrasi Kelas I TPI Jayapura',
    line: [{ id: 'kanim-djj', level: 'office', name: 'Jayapura' }],
    facts: { place: 'Jayapura', unitCode: null }
  },
  'kanwil-sumsel': {
    name: 'Kantor Wilayah Sumatera Selatan',
    line: [{ id: 'kanwil-sumsel', level: 'region', name: 'Sumatera Selatan' }],
    facts: { place: 'Palembang', unitCode: 'W.6' }
  },
  'ditjen-imigrasi': {
    name: 'Direktorat Jenderal Imigrasi',
    line: [{ id: 'ditjen-imigrasi', level: 'national', name: 'Ditjen' }],
    facts: { place: 'Jakarta', unitCode: 'IMI' }
  }
}
const LABELS: Readonly<Record<string, string>> = {
  kakanim: 'Kepala Kantor Imigrasi',
  'section-head': 'Kepala Seksi Lalu Lintas dan Izin Tinggal Keimigrasian',
  kadiv: 'Kepala Divisi Keimigrasian',
  kasubdit: 'Kepala Subdirektorat Izin Tinggal',
  dirjen: 'Direktur Jenderal Imigrasi',
  counter: 'Petugas Loket'
}

export const rulebook: JobServices['rulebook'] = {
  office(id, at) {
    const { name, line, facts } = OFFICES[id]!
    const ministry =
      at < '2024-10-21'
        ? 'Kementerian Hukum dan Hak Asasi Manusia'
        : 'Kementerian Imigrasi dan Pemasyarakatan'
    return {
      id,
      name,
      line,
      timeZone: id === 'kanim-djj' ? 'Asia/Jayapura' : 'Asia/Jakarta',
      calendar: { version: 'none', years: {} },
      facts: {
        name,
        ministry,
        numberPattern: '{unit}.{class}-{seq} TAHUN {year}',
        classification: 'GR.04.02',
        ...facts
      }
    }
  },
  roleLabel: (_unit, role) => LABELS[role]!
}

const person = (id: string, unit: string, role: string): Person => ({
  id,
  name: `Nama ${id}`,
  unit,
  roles: [role],
  demo: false,
  nip: '199001012015011001'
})
export const PEOPLE = [
  person('kasi.mre', 'kanim-mre', 'section-head'),
  person('loket.mre', 'kanim-mre', 'counter'),
  person('kasi.djj', 'kanim-djj', 'section-head'),
  person('kadiv.sumsel', 'kanwil-sumsel', 'kadiv'),
  person('kasubdit', 'ditjen-imigrasi', 'kasubdit')
]

export interface World {
  readonly services: JobServices
  readonly mails: ReturnType<typeof sqliteMails>
  readonly billing: ReturnType<typeof billingSimulator>
}

/** Everything that jobs need, in memory, with files and keys in a folder of their own. */
export async function world(
  renderer: Pick<Renderer, 'print'>,
  more: Partial<JobServices> = {}
): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'alur-letters-'))
  const database = openDatabase(':memory:')
  const billing = billingSimulator(sqliteBills(database))
  return {
    billing,
    mails: sqliteMails(database),
    services: {
      registers: sqliteRegisters(database),
      files: diskFiles(join(folder, 'files')),
      letters: sqliteLetters(database),
      people: { byId: async id => PEOPLE.find(each => each.id === id) ?? null },
      rulebook,
      templates: await loadTemplates(new URL('../../templates', import.meta.url).pathname),
      renderer,
      sealer: await openSealer(join(folder, 'keys')),
      billing,
      watchList: await watchListSimulator(),
      mail: { url: 'smtp://127.0.0.1:1', from: 'alur@kanim.example' },
      publicUrl: 'https://alur.example',
      sample: () => false,
      attempts: 5,
      ...more
    }
  }
}

/** A renderer where none is needed. */
export const noRenderer: Pick<Renderer, 'print'> = {
  print: async () => {
    throw new Error('nothing was to be printed')
  }
}

export function job(kind: string, input: Job['input'], more: Partial<Job> = {}): Job {
  return {
    id: 'case-1.7',
    kind,
    instance: 'case-1',
    office: 'kanim-mre',
    at: '2022-06-14T02:15:00.000Z',
    attempt: 1,
    input,
    ...more
  }
}

/** The facts of a case as its variables hold them. */
export const FACTS = {
  caseNumber: 'MRE/2022/0007',
  submitted: '2022-06-13',
  applicant: {
    name: 'ANNA MARIA ERIKSSON',
    nationality: 'SWE',
    birthDate: '1974-08-12',
    sex: 'F',
    passportNumber: 'L898902C3',
    passportExpiry: '2026-04-15',
    address: 'Jalan Contoh Nomor 2, Muara Enim'
  },
  guarantor: { name: 'PT Contoh Sejahtera', kind: 'organisation', address: 'Jalan Contoh Nomor 3' },
  permit: {
    kind: 'ITK',
    origin: 'visit-visa',
    extension: 1,
    days: 60,
    expires: '2022-06-20',
    totalDays: 60
  },
  entry: { date: '2022-04-21', point: 'Soekarno-Hatta' },
  registration: { number: 'ITK/MRE/2022/0001' },
  payment: { ntpn: 'A1B2C3D4E5F6G7H8', amount: 2_000_000, paidAt: '2022-06-13T18:30:00.000Z' },
  decision: { outcome: 'refuse', reason: 'Penjamin tidak dapat dihubungi.' }
}
