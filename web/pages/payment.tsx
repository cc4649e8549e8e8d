import type { BillView } from '../../api/schemas.ts'
import { rupiah, When } from '../parts/dates.tsx'
import { Fact } from '../parts/decisions.tsx'
import { Document } from '../parts/document.tsx'
import { type Frame, zoneOf } from '../parts/frame.ts'
import { T } from '../parts/text.tsx'

/** A bill at the billing simulator, to be paid as the applicant would at a bank. */
export function PaymentPage({ frame, bill }: { readonly frame: Frame; readonly bill: BillView }) {
  const zone = zoneOf(frame)
  return (
    <Document
      frame={frame}
      title={{ id: 'Simulator pembayaran', en: 'Payment simulator' }}
      islands={['forms.js']}
    >
      <p class="simulator">
        <T
          id="SIMULATOR: tidak ada uang yang berpindah, dan tidak ada hubungan dengan SIMPONI."
          en="SIMULATOR: no money moves, and nothing is connected to SIMPONI."
        />
      </p>
      <h1>
        <T id="Simulator pembayaran" en="Payment simulator" />
      </h1>
      <section class="panel text" aria-labelledby="bill">
        <h2 id="bill">
          <T id="Tagihan" en="Bill" /> <span class="number">{bill.code}</span>
        </h2>
        <dl class="facts">
          <Fact id="Jumlah" en="Amount">
            <strong>{rupiah(bill.amount)}</strong>
          </Fact>
          <Fact id="Pembayar" en="Payer">
            {bill.payer}
          </Fact>
          <Fact id="Untuk" en="For">
            {bill.purpose}
          </Fact>
          <Fact id="Berlaku sampai" en="Valid until">
            <When at={bill.expiresAt} zone={zone} />
          </Fact>
        </dl>
        {bill.paid === null ? (
          <form
            method="post"
            action={`/simulator/payments/${encodeURIComponent(bill.code)}`}
            data-island="form"
          >
            <input type="hidden" name="_csrf" value={frame.session?.csrf ?? ''} />
            <div class="actions">
              <button class="button" type="submit">
                <T id="Bayar (simulasi)" en="Pay (simulated)" />
              </button>
            </div>
          </form>
        ) : (
          <div class="notice notice-info">
            <div>
              <p>
                <strong>
                  <T id="Sudah dibayar (simulasi)" en="Paid (simulated)" />
                </strong>
              </p>
              <dl class="facts">
                <Fact id="NTPN" en="State revenue number">
                  <span class="number">{bill.paid.ntpn}</span>
                </Fact>
                <Fact id="Waktu" en="Time">
                  <When at={bill.paid.paidAt} zone={zone} />
                </Fact>
              </dl>
              <p>
                <T
                  id="Bendahara mengisi NTPN ini pada tugas pembayaran."
                  en="The treasurer enters this number in the payment task."
                  block
                />
              </p>
            </div>
          </div>
        )}
      </section>
    </Document>
  )
}
