import jsqr from 'jsqr'
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'

/** What a reader of a PDF finds in it. */
export interface Found {
  readonly pages: number
  /** Per page, words as they follow each other. */
  readonly text: readonly string[]
  readonly title: string
  readonly language: string | null
  readonly tagged: boolean
  readonly alternatives: readonly string[]
  /** Names of the fonts, and whether the file holds each. */
  readonly fonts: readonly { readonly name: string; readonly embedded: boolean }[]
}

/** Reads a PDF with a program that had no part in making it. */
export async function readPdf(pdf: Uint8Array): Promise<Found> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 })
  const document = await task.promise
  const metadata = await document.getMetadata()
  const text: string[] = []
  const alternatives: string[] = []
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number)
    const { items } = await page.getTextContent()
    text.push(
      items.map(item => ('str' in item ? item.str + (item.hasEOL ? ' ' : '') : '')).join('')
    )
    collect(await page.getStructTree(), alternatives)
  }
  const info = metadata.info as { Title?: string; Language?: string }
  const marked = await document.getMarkInfo()
  await task.destroy()
  return {
    pages: text.length,
    text: text.map(each => each.replace(/\s+/g, ' ')),
    title: info.Title ?? '',
    language: info.Language ?? null,
    tagged: (marked as { Marked?: boolean } | null)?.Marked === true,
    alternatives,
    fonts: fontsOf(pdf)
  }
}

function collect(node: unknown, alternatives: string[]): void {
  if (typeof node !== 'object' || node === null) return
  const { alt, children = [] } = node as { alt?: string; children?: readonly unknown[] }
  if (alt !== undefined) alternatives.push(alt)
  for (const child of children) collect(child, alternatives)
}

/** Every font of a PDF whose dictionaries are not compressed, as the browser writes them. */
function fontsOf(pdf: Uint8Array): Found['fonts'] {
  const objects = Buffer.from(pdf)
    .toString('latin1')
    .split(/\bendobj\b/)
  return objects.flatMap(object => {
    const name = /\/Type \/FontDescriptor[\s\S]*?\/FontName \/(\S+)/.exec(object)?.[1]
    return name === undefined ? [] : [{ name, embedded: /\/FontFile[23]? \d+ 0 R/.test(object) }]
  })
}

/** What the QR code on the first page says, from the page as a printer would print it. */
export async function scanQr(pdf: Uint8Array, dpi: number): Promise<string | null> {
  const task = getDocument({ data: new Uint8Array(pdf), verbosity: 0 })
  const document = await task.promise
  const page = await document.getPage(1)
  const viewport = page.getViewport({ scale: dpi / 72 })
  const factory = document.canvasFactory as {
    create(
      width: number,
      height: number
    ): { canvas: HTMLCanvasElement; context: CanvasRenderingContext2D }
  }
  const { canvas, context } = factory.create(
    Math.floor(viewport.width),
    Math.floor(viewport.height)
  )
  await page.render({ canvas, canvasContext: context, viewport }).promise
  const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height)
  await task.destroy()
  return (jsqr as unknown as typeof jsqr.default)(data, width, height)?.data ?? null
}
