import { createHash } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqliteBills } from '../../runtime/stores/sqlite-bills.ts'
import { diskFiles } from '../../runtime/stores/sqlite-files.ts'
import { sqliteLetters } from '../../runtime/stores/sqlite-letters.ts'
import { sqliteMails } from '../../runtime/stores/sqlite-mail.ts'
import { sqliteRegisters } from '../../runtime/stores/sqlite-registers.ts'
import { describeFiles } from '../contracts/files.ts'
import { describeLetters } from '../contracts/letters.ts'
import { describeBills, describeMails } from '../contracts/mail.ts'
import { describeRegisters } from '../contracts/registers.ts'

const folder = (): Promise<string> => mkdtemp(join(tmpdir(), 'alur-files-'))

describeRegisters('sqlite', async () => sqliteRegisters(openDatabase(':memory:')))
describeLetters('sqlite', async () => sqliteLetters(openDatabase(':memory:')))
describeMails('sqlite', async () => sqliteMails(openDatabase(':memory:')))
describeBills('sqlite', async () => sqliteBills(openDatabase(':memory:')))
describeFiles('disk', async () => diskFiles(await folder()))

describe('files on disk', () => {
  it('refuses a file that was changed on disk', async () => {
    const place = await folder()
    const files = diskFiles(place)
    const id = await files.put(Buffer.from('surat'))
    const path = join(place, id.slice(0, 2), id)
    await chmod(path, 0o600)
    await writeFile(path, 'sulat')

    const error = await files.get(id).catch((thrown: Error) => thrown)

    expect(error).to.be.instanceOf(Error).with.property('message').that.includes('changed on disk')
  })

  it('leaves nothing behind when a file cannot be finished', async () => {
    const place = await folder()
    const files = diskFiles(place)
    const bytes = Buffer.from('no room')
    const id = createHash('sha256').update(bytes).digest('hex')
    await mkdir(join(place, id.slice(0, 2), id), { recursive: true })

    const error = await files.put(bytes).catch((thrown: Error) => thrown)

    expect(error).to.be.instanceOf(Error)
    expect(await readdir(place)).to.deep.equal([id.slice(0, 2)])
  })
})
