import type { RowView, TableSubject } from '../../../api/law.ts'
import type { Text } from '../../../engine/messages.ts'
import { both, T } from '../text.tsx'
import { columnsOf, factsIn } from './conditions.ts'
import { Grade, Origin } from './origin.tsx'
import { periodText } from './period.ts'
import { Said } from './said.tsx'
import { Scroll } from './scroll.tsx'
import { Head } from './table-head.tsx'
import { LawValue } from './value.tsx'
import { nameText } from './words.ts'

/** The labels of the facts of a table. */
export function factLabels({ facts }: Pick<TableSubject, 'facts'>): Readonly<Record<string, Text>> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, { label }]) => [name, nameText(name, label)])
  )
}

/** A whole table as it holds at an office: what each fact must be, what comes out, and who says so. */
export function RowsTable(props: {
  readonly table: TableSubject
  /** What may be done with a row; null: nothing. */
  readonly actions: ((row: RowView, number: number) => preact.ComponentChildren) | null
}) {
  const { table, actions } = props
  const labels = factLabels(table)
  const used = [...new Set(table.rows.flatMap(({ conditions }) => factsIn(conditions)))]
  const columns = table.rows.map(row => columnsOf(row.conditions, labels))
  const others = columns.some(each => each.others.length > 0)
  return (
    <Scroll id="Baris tabel" en="Rows of the table">
      <table class="table cards law-rows">
        <caption>
          <T
            id={`${table.rows.length} baris; ${HIT[table.hitPolicy].id}`}
            en={HIT[table.hitPolicy].en}
          />
        </caption>
        <thead>
          <tr>
            <Head id="Baris" en="Row" />
            {used.map(name => (
              <th key={name} scope="col">
                <Said {...(labels[name] ?? nameText(name))} />
              </th>
            ))}
            {others && <Head id="Syarat lain" en="Other conditions" />}
            <Head id="Hasil" en="Outcome" />
            <Head id="Dari" en="Stated by" />
            {actions !== null && <Head id="Tindakan" en="Action" />}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => (
            <tr key={row.id} class={row.level === 'national' ? '' : 'law-own'}>
              <th scope="row" id={`row-${row.id}`}>
                {index + 1}
                <Place row={row} rows={table.rows} />
              </th>
              {used.map(name => (
                <td
                  key={name}
                  data-label={both(
                    nameText(name, labels[name]).id,
                    nameText(name, labels[name]).en
                  )}
                >
                  <Cell texts={columns[index]?.facts.get(name) ?? []} />
                </td>
              ))}
              {others && (
                <td data-label={both('Syarat lain', 'Other conditions')}>
                  <Cell texts={columns[index]?.others ?? []} />
                </td>
              )}
              <td class="law-result" data-label={both('Hasil', 'Outcome')}>
                <LawValue value={row.outcome} />
                {row.instead !== undefined && (
                  <div class="sub">
                    <T id="menggantikan" en="instead of" />:{' '}
                    <del>
                      <LawValue value={row.instead} />
                    </del>
                  </div>
                )}
                {row.remarks.length > 0 && (
                  <ul class="remarks">
                    {row.remarks.map(remark => (
                      <li key={remark.id}>
                        <Said {...remark} />
                      </li>
                    ))}
                  </ul>
                )}
              </td>
              <td class="law-from" data-label={both('Dari', 'Stated by')}>
                <Origin level={row.level} unit={row.scopeName} />
                <span class="sub">
                  <bdi>{row.cites.join('; ')}</bdi>
                </span>
                {row.during !== null && (row.during.from !== null || row.during.to !== null) && (
                  <span class="sub">
                    <Said {...periodText(row.during.from, row.during.to)} />
                  </span>
                )}
                <Grade confidence={row.confidence} sample={row.sample} />
              </td>
              {actions !== null && (
                <td data-label={both('Tindakan', 'Action')}>{actions(row, index + 1)}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

const HIT: { readonly [Policy in TableSubject['hitPolicy']]: Text } = {
  first: { id: 'baris pertama yang cocok dipakai', en: 'the first row that fits is used' },
  unique: { id: 'tepat satu baris harus cocok', en: 'exactly one row must fit' },
  collect: { id: 'semua baris yang cocok dipakai', en: 'every row that fits is used' }
}

function Cell({ texts }: { readonly texts: readonly Text[] }) {
  if (texts.length === 0) return <span class="none">·</span>
  return (
    <>
      {texts.map((text, index) => (
        <div key={index}>
          <bdi>
            <Said {...text} />
          </bdi>
        </div>
      ))}
    </>
  )
}

/** How a local row stands to one of the level above. */
function Place({ row, rows }: { readonly row: RowView; readonly rows: readonly RowView[] }) {
  if (row.exceptionTo !== null) {
    const at = rows.findIndex(
      ({ id, replaces }) => id === row.exceptionTo || replaces === row.exceptionTo
    )
    return (
      <span class="sub">
        <T
          id={at < 0 ? 'pengecualian' : `pengecualian dari no. ${at + 1}`}
          en={at < 0 ? 'exception' : `exception to no. ${at + 1}`}
        />
      </span>
    )
  }
  if (row.replaces === null) return null
  return (
    <span class="sub">
      <T id="hasil diganti" en="outcome replaced" />
    </span>
  )
}
