import { InvalidData } from '../../engine/errors.ts'

/** What drawing tools write. Anything else is refused rather than guessed. */
const ENCODINGS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  'utf-16': 'utf-16',
  'utf-16le': 'utf-16',
  'utf-16be': 'utf-16',
  'iso-8859-1': 'windows-1252',
  'windows-1252': 'windows-1252'
}
const DECLARED = /^\s*<\?xml[^>]*?\bencoding\s*=\s*(["'])(.*?)\1/i

/** The encoding that an XML declaration states, or null. */
export function declaredEncoding(xml: string): string | null {
  return DECLARED.exec(xml)?.[2] ?? null
}

/** Whether tools write diagrams in an encoding, and so it may stand in a declaration. */
export function isKnownEncoding(name: string): boolean {
  return Object.hasOwn(ENCODINGS, name.toLowerCase())
}

/**
 * Reads the bytes of an XML file: by its byte order mark, else by its declaration, else as UTF-8.
 *
 * @throws InvalidData when the bytes are not what they claim to be
 */
export function decodeXml(bytes: Uint8Array, file: string): string {
  const refuse = (message: string): never => {
    throw new InvalidData(file, [{ path: file, message }])
  }
  const [a, b, c, d] = bytes
  const marked =
    a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : null
  const shaped =
    a === 0x3c && b === 0 && c !== 0 && d === 0
      ? 'utf-16le'
      : a === 0 && b === 0x3c && c === 0 && d !== 0
        ? 'utf-16be'
        : null
  const wide = marked ?? shaped
  const head = new TextDecoder(wide ?? 'windows-1252').decode(bytes.slice(0, 400))
  const stated = declaredEncoding(head.replace(/^(\uFEFF|ï»¿)/, ''))
  const known = stated === null ? null : (ENCODINGS[stated.toLowerCase()] ?? null)
  if (stated !== null && known === null)
    return refuse(
      `expected the encoding UTF-8, UTF-16, ISO-8859-1 or windows-1252, found <${stated}>`
    )
  if (wide === null && known === 'utf-16')
    return refuse(`expected the bytes to be ${stated}, as the file says`)
  if (wide !== null && known !== null && known !== 'utf-16')
    return refuse(`expected the bytes to be ${stated}, as the file says, found UTF-16`)
  const marks = a === 0xef && b === 0xbb && c === 0xbf
  try {
    return new TextDecoder(wide ?? (marks ? 'utf-8' : (known ?? 'utf-8')), {
      fatal: true
    }).decode(bytes)
  } catch {
    return refuse(`expected text in ${(wide ?? known ?? 'utf-8').toUpperCase()}, found other bytes`)
  }
}
