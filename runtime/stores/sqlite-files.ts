import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Files } from '../files.ts'
import { guarded } from './unavailable.ts'

const SHA256 = /^[0-9a-f]{64}$/

/**
 * Files on disk beside the database, named by their content.
 *
 * A file is written whole under another name, synced and then renamed, so that a crash or a full
 * disk leaves either the file or nothing.
 */
export function diskFiles(folder: string): Files {
  const place = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256)

  return guarded({
    async put(bytes) {
      const sha256 = hash(bytes)
      const path = place(sha256)
      if (await isThere(path, bytes.length)) return sha256

      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const unfinished = join(folder, `${randomUUID()}.part`)
      try {
        await writeSynced(unfinished, bytes)
        await rename(unfinished, path)
      } catch (error) {
        await rm(unfinished, { force: true })
        throw error
      }
      await syncFolder(dirname(path))
      await syncFolder(folder)
      return sha256
    },
    async remove(sha256) {
      if (SHA256.test(sha256)) await rm(place(sha256), { force: true })
    },
    async get(sha256) {
      if (!SHA256.test(sha256)) return null
      const bytes = await readFile(place(sha256)).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null
        throw error
      })
      if (bytes !== null && hash(bytes) !== sha256) {
        throw new Error(`file <${sha256}> has been changed on disk`)
      }
      return bytes
    }
  })
}

function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

async function isThere(path: string, size: number): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  return found !== null && found.size === size
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** A rename is on disk only when the folder that holds the name is. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
