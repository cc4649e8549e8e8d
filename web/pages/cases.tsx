import type { CaseSummary, OfficeView, Page } from '../../api/schemas.ts'
import { CaseStatus } from '../parts/badges.tsx'
import { When } from '../parts/dates.tsx'
import { Document } from '../parts/document.tsx'
import { type Frame, zoneOf } from '../parts/frame.ts'
import { both, T } from '../parts/text.tsx'

export interface CaseFilter {
  readonly text: string
  readonly status: string
  readonly office: string
}

/** Looks for cases by number, name or passport number. */
export function CasesPage(props: {
  readonly frame: Frame
  readonly filter: CaseFilter
  readonly offices: readonly OfficeView[]
  readonly page: Page<CaseSummary>
}) {
  const { frame, filter, offices, page } = props
  return (
    <Document frame={frame} title={{ id: 'Cari berkas', en: 'Find a case' }}>
      <p class="caption">{frame.session?.unitName}</p>
      <h1>
        <T id="Cari berkas" en="Find a case" />
      </h1>
      <search>
        <form class="filters" method="get" action="/cases">
          <div>
            <label for="case-text">
              <T
                id="Nomor berkas, nama atau nomor paspor"
                en="Case number, name or passport number"
              />
            </label>
            <input id="case-text" name="q" type="search" value={filter.text} class="w-wide" />
          </div>
          <div>
            <label for="case-status">
              <T id="Keadaan" en="State" />
            </label>
            <select id="case-status" name="status">
              {STATES.map(([value, text]) => (
                <option key={value} value={value} selected={value === filter.status}>
                  {text}
                </option>
              ))}
            </select>
          </div>
          {offices.length > 1 && (
            <div>
              <label for="case-office">
                <T id="Satuan kerja" en="Unit" />
              </label>
              <select id="case-office" name="office">
                <option value="">Semua · All</option>
                {offices.map(({ id, name }) => (
                  <option key={id} value={id} selected={id === filter.office}>
                    {name}
                  </option>
                ))}
              </select>
            </div>
          )}
          <button class="button" type="submit">
            <T id="Cari" en="Search" />
          </button>
        </form>
      </search>
      <Results {...props} />
      {page.next !== null && (
        <p class="pager">
          <a href={address(filter, page.next)} rel="next">
            <T id="Berikutnya" en="Next" />
          </a>
        </p>
      )}
    </Document>
  )
}

const STATES: readonly (readonly [string, string])[] = [
  ['', 'Semua · All'],
  ['running', 'Berjalan · Running'],
  ['suspended', 'Ditangguhkan · Suspended'],
  ['completed', 'Selesai · Completed'],
  ['terminated', 'Dihentikan · Terminated'],
  ['failed', 'Gagal · Failed']
]

function Results(props: {
  readonly frame: Frame
  readonly filter: CaseFilter
  readonly page: Page<CaseSummary>
}) {
  const { frame, filter, page } = props
  const zone = zoneOf(frame)
  if (page.rows.length === 0) {
    return (
      <div class="empty" role="status">
        <p>
          <strong>
            <T id="Tidak ada berkas yang ditemukan." en="No case was found." />
          </strong>
        </p>
        {filter.text !== '' && (
          <p>
            <T
              id={`Dicari: “${filter.text}”.`}
              en="Check the spelling, or search by another fact."
            />
          </p>
        )}
      </div>
    )
  }
  return (
    <table class="table cards">
      <caption>
        <T
          id={`${page.rows.length} berkas di halaman ini, yang terakhir berubah lebih dahulu`}
          en={`${page.rows.length} on this page, latest change first`}
        />
      </caption>
      <thead>
        <tr>
          <th scope="col">
            <T id="Berkas" en="Case" />
          </th>
          <th scope="col">
            <T id="Layanan" en="Service" />
          </th>
          <th scope="col">
            <T id="Keadaan" en="State" />
          </th>
          <th scope="col">
            <T id="Mulai" en="Started" />
          </th>
          <th scope="col">
            <T id="Berubah" en="Changed" />
          </th>
        </tr>
      </thead>
      <tbody>
        {page.rows.map(row => (
          <tr key={row.instance}>
            <th scope="row">
              <a href={casePath(row.instance)}>
                <span class="number">{row.number}</span>
              </a>
              <span class="sub">{row.subject}</span>
            </th>
            <td data-label={both('Layanan', 'Service')}>
              <T id={row.processName} en={row.processEnglish} />
              <span class="sub">{row.officeName}</span>
            </td>
            <td data-label={both('Keadaan', 'State')}>
              <CaseStatus status={row.status} />
            </td>
            <td data-label={both('Mulai', 'Started')}>
              <When at={row.startedAt} zone={zone} />
            </td>
            <td data-label={both('Berubah', 'Changed')}>
              <When at={row.changedAt} zone={zone} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The address of a case's page. */
export function casePath(instance: string): string {
  return `/cases/${encodeURIComponent(instance)}`
}

function address(filter: CaseFilter, cursor: string): string {
  return `/cases?${new URLSearchParams({ q: filter.text, status: filter.status, office: filter.office, cursor })}`
}
