import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'

const STYLE = new URL('../../templates/paper/letter.css', import.meta.url)
/** Which scripts a file of the font covers, as its maker divides them. */
const RANGES: Readonly<Record<string, string>> = {
  latin:
    'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD',
  'latin-ext':
    'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF',
  vietnamese:
    'U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB',
  greek: 'U+0370-0377,U+037A-037F,U+0384-038A,U+038C,U+038E-03A1,U+03A3-03FF',
  cyrillic: 'U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116'
}
const FACES = [
  { weight: 400, style: 'normal' },
  { weight: 700, style: 'normal' },
  { weight: 400, style: 'italic' }
] as const

/**
 * The document that stays in a page of the browser: style sheet and fonts, as data. Nothing in it
 * may load anything, and the policy says so once more.
 */
export async function residentDocument(): Promise<string> {
  const [style, ...fonts] = await Promise.all([
    readFile(STYLE, 'utf8'),
    ...Object.entries(RANGES).flatMap(([script, range]) =>
      FACES.map(face => fontFace(script, range, face.weight, face.style))
    )
  ])
  const policy =
    "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
  return `<!DOCTYPE html>
<html lang="id"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Alur</title><style>${fonts.join('\n')}\n${style}</style></head>
<body></body></html>`
}

async function fontFace(
  script: string,
  range: string,
  weight: number,
  style: string
): Promise<string> {
  const require = createRequire(import.meta.url)
  const file = require.resolve(
    `@fontsource/noto-sans/files/noto-sans-${script}-${weight}-${style}.woff2`
  )
  const data = (await readFile(file)).toString('base64')
  return `@font-face { font-family: 'Noto Sans'; font-style: ${style}; font-weight: ${weight}; unicode-range: ${range};
  src: url(data:font/woff2;base64,${data}) format('woff2'); }`
}
