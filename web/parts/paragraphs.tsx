import { T } from './text.tsx'

/** A text of several paragraphs, as a diagram's documentation holds it: `Indonesian / English`. */
export function Paragraphs({ text }: { readonly text: string }) {
  return (
    <>
      {paragraphs(text).map(part => (
        <p key={part}>
          <Both text={part} />
        </p>
      ))}
    </>
  )
}

/** The first paragraph alone. */
export function FirstParagraph({ text }: { readonly text: string }) {
  const [first] = paragraphs(text)
  return first === undefined ? null : (
    <p>
      <Both text={first} />
    </p>
  )
}

function paragraphs(text: string): readonly string[] {
  return text
    .split(/\n\s*\n/)
    .map(part => part.trim())
    .filter(part => part !== '')
}

function Both({ text }: { readonly text: string }) {
  const parts = text.split(' / ')
  return parts.length === 2 ? <T id={parts[0] ?? ''} en={parts[1] ?? ''} block /> : text
}
