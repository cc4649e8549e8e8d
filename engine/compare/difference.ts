import type { ElementId } from '../graph.ts'
import type { Text } from '../messages.ts'

/** What kinds of difference in meaning there are between two diagrams, with their headings. */
export const DIFFERENCE_KINDS = {
  process: { id: 'Proses', en: 'Process' },
  added: { id: 'Langkah tambahan', en: 'Added' },
  removed: { id: 'Langkah yang hilang', en: 'Removed' },
  renamed: { id: 'Nama', en: 'Name' },
  type: { id: 'Jenis elemen', en: 'Type' },
  order: { id: 'Urutan', en: 'Order' },
  way: { id: 'Jalur', en: 'Way' },
  condition: { id: 'Syarat jalur', en: 'Condition' },
  scope: { id: 'Subproses', en: 'Sub-process' },
  lane: { id: 'Pelaksana', en: 'Who does it' },
  duties: { id: 'Pemisahan tugas', en: 'Separation of duties' },
  time: { id: 'Tenggat', en: 'Due time' },
  standard: { id: 'Mutu baku', en: 'Standard' },
  timer: { id: 'Pewaktu', en: 'Timer' },
  event: { id: 'Peristiwa', en: 'Event' },
  boundary: { id: 'Peristiwa batas', en: 'Boundary event' },
  form: { id: 'Formulir', en: 'Form' },
  rule: { id: 'Aturan', en: 'Rule' },
  job: { id: 'Pekerjaan sistem', en: 'Job' },
  call: { id: 'Proses yang dipanggil', en: 'Called process' },
  data: { id: 'Data', en: 'Data' },
  script: { id: 'Perhitungan', en: 'Script' },
  optional: { id: 'Langkah pilihan', en: 'Optional step' },
  repetition: { id: 'Pengulangan', en: 'Repetition' },
  gateway: { id: 'Gerbang', en: 'Gateway' },
  stage: { id: 'Pemberitahuan bagi pemohon', en: 'What the applicant is told' }
} as const satisfies Readonly<Record<string, Text>>
export type DifferenceKind = keyof typeof DIFFERENCE_KINDS

/** One difference in meaning between a national diagram and a variant of it. */
export interface Difference {
  readonly kind: DifferenceKind
  /** The elements that it is about, in the national diagram and in the variant. */
  readonly national: readonly ElementId[]
  readonly variant: readonly ElementId[]
  /** A sentence that names them. */
  readonly text: Text
  /** What the national diagram says, and what the variant says; null: nothing. */
  readonly before: string | null
  readonly after: string | null
}
