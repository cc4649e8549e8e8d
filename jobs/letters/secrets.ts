import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readFile, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * A secret in a file that only its owner may read; made when it is not there yet.
 *
 * It is written whole under another name and linked to its own, which only one of several processes
 * can do: all of them read the same secret.
 *
 * @throws Error when others may read the file
 */
export async function secretFile(path: string, make: () => string | Uint8Array): Promise<Buffer> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  if ((await stat(path).catch(() => null)) === null) await create(path, make())
  const { mode } = await stat(path)
  if ((mode & 0o077) !== 0) {
    throw new Error(`expected <${path}> to be readable by its owner alone (chmod 600)`)
  }
  return readFile(path)
}

async function create(path: string, content: string | Uint8Array): Promise<void> {
  const unfinished = `${path}.${randomUUID()}.part`
  const file = await open(unfinished, 'wx', 0o600)
  try {
    await file.writeFile(content)
    await file.sync()
    await link(unfinished, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  } finally {
    await file.close()
    await rm(unfinished, { force: true })
  }
}
