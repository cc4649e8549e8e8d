import type { TableSubject } from '../../../api/law.ts'
import type { OfficeView } from '../../../api/schemas.ts'
import { dateText } from '../../parts/dates.tsx'
import { Document } from '../../parts/document.tsx'
import type { Frame } from '../../parts/frame.ts'
import { boundText } from '../../parts/law/bounds.ts'
import { RowsTable } from '../../parts/law/rows-table.tsx'
import { Said } from '../../parts/law/said.tsx'
import {
  DateInput,
  LawSections,
  linkTo,
  OfficeSelect,
  ShowButton
} from '../../parts/law/sections.tsx'
import { T } from '../../parts/text.tsx'

/** A whole decision table as it holds at an office on a date, with the origin of every row. */
export function TablePage(props: {
  readonly frame: Frame
  readonly table: TableSubject
  readonly offices: readonly OfficeView[]
  readonly edits: string | null
}) {
  const { frame, table, offices, edits } = props
  const { key, office, date } = table
  const mayEdit =
    edits === office && (table.level === 'national' || table.overridableAt.includes(table.level))
  return (
    <Document frame={frame} title={table.label}>
      <a class="back" href={linkTo('/rules', { office, date })}>
        <T id="Aturan yang berlaku" en="Rules in force" />
      </a>
      <p class="caption">
        <bdi>{table.officeName}</bdi>
      </p>
      <h1>
        <Said {...table.label} />
      </h1>
      <LawSections here="" />
      <form class="filters no-print" method="get" action={`/rules/${key}`}>
        <OfficeSelect id="table-office" offices={offices} office={office} />
        <DateInput
          id="table-date"
          name="date"
          label={{ id: 'Per tanggal', en: 'As of' }}
          value={date}
        />
        <ShowButton />
      </form>
      <p class="law-links">
        <a href={linkTo(`/rules/${key}/timeline`, { office })}>
          <T id="Garis waktu" en="Timeline" />
        </a>
        <a href={linkTo('/rules/try', { rule: key, office, date })}>
          <T id="Uji coba tabel ini" en="Try this table" />
        </a>
        {mayEdit && (
          <a href={linkTo('/changes/new', { key })}>
            <T id="Ubah tabel ini" en="Change this table" />
          </a>
        )}
      </p>
      {table.bounds.length > 0 && (
        <p>
          <strong>
            <T id="Batas untuk wilayah dan kantor" en="Bounds for regions and offices" />
          </strong>
          :{' '}
          {table.bounds.map((bound, index) => (
            <span key={index}>
              {index > 0 && '; '}
              <Said {...boundText(bound, null)} />
            </span>
          ))}
        </p>
      )}
      <h2>
        <T id={`Berlaku per ${dateText(date)}`} en="In force on this date" />
      </h2>
      <RowsTable
        table={table}
        actions={
          mayEdit
            ? (row, number) => (
                <a href={linkTo('/changes/new', { key, row: row.id, kind: 'replace' })}>
                  <T id="Ubah" en="Change" />
                  <span class="visually-hidden">: {number}</span>
                </a>
              )
            : null
        }
      />
      {table.outside.length > 0 && (
        <p class="hint">
          <T
            id={`${table.outside.length} baris nasional tidak berlaku pada tanggal ini.`}
            en={`${table.outside.length} national rows do not hold on this date.`}
          />
        </p>
      )}
    </Document>
  )
}
