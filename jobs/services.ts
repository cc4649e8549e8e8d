import type { Files } from '../runtime/files.ts'
import type { Letters } from '../runtime/letters.ts'
import type { People } from '../runtime/people.ts'
import type { Registers } from '../runtime/registers.ts'
import type { Rulebook } from '../runtime/rulebook.ts'
import type { BillingGateway } from './billing.ts'
import type { Renderer } from './letters/pdf.ts'
import type { Sealer } from './letters/seal.ts'
import type { Templates } from './letters/template.ts'
import type { WatchList } from './watch-list.ts'

/** What the handlers work with; put together by `main.ts`. */
export interface JobServices {
  readonly registers: Registers
  readonly files: Files
  readonly letters: Letters
  readonly people: Pick<People, 'byId'>
  readonly rulebook: Pick<Rulebook, 'office' | 'roleLabel'>
  readonly templates: Templates
  readonly renderer: Pick<Renderer, 'print'>
  readonly sealer: Sealer
  readonly billing: BillingGateway
  readonly watchList: WatchList
  readonly mail: {
    /** `smtp://host:port` */
    readonly url: string
    /** The address that mails come from; its host stands in every Message-ID. */
    readonly from: string
  }
  /** Where the outside reaches the pages: the base of the address in a QR code. */
  readonly publicUrl: string
  /** True under a clock that was set and in a demo: letters say so. */
  readonly sample: () => boolean
  /** How often the dispatcher tries a job; after the last time a number that was taken is void. */
  readonly attempts: number
}
