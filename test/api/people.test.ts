import { expect } from 'chai'
import type { NewPerson } from '../../runtime/people.ts'
import { openDatabase } from '../../runtime/stores/database.ts'
import { sqlitePeople } from '../../runtime/stores/sqlite-people.ts'

const CLERK: NewPerson = {
  id: 'loket.tju',
  name: 'Sari Contoh',
  unit: 'kanim-tju',
  roles: ['counter'],
  demo: true,
  nip: null,
  password: 'benar-sekali'
}

describe('people in SQLite', () => {
  const open = async () => {
    const database = openDatabase(':memory:')
    const people = sqlitePeople(database)
    await people.add(CLERK)
    return { database, people }
  }

  it('finds a person by the sign-in name and by unit', async () => {
    const { people } = await open()
    const { password, ...person } = CLERK
    expect(await people.byId('loket.tju')).to.deep.equal(person)
    expect(await people.byId('nobody')).to.equal(null)
    expect(await people.ofUnit('kanim-tju')).to.deep.equal([person])
    expect(await people.ofUnit('kanim-mre')).to.deep.equal([])
  })

  it('authenticates by the right password only', async () => {
    const { people } = await open()
    expect((await people.authenticate('loket.tju', 'benar-sekali'))?.id).to.equal('loket.tju')
    expect(await people.authenticate('loket.tju', 'salah')).to.equal(null)
    expect(await people.authenticate('nobody', 'benar-sekali')).to.equal(null)
    expect(await people.authenticate('loket.tju', 'x'.repeat(100_000))).to.equal(null)
  })

  it('keeps neither a password nor a session token', async () => {
    const { database, people } = await open()
    await people.add({ ...CLERK, id: 'kepala.tju', demo: false })
    const { token } = await people.openSession('loket.tju', '2026-01-05T01:00:00.000Z')
    const rows = JSON.stringify([
      database.prepare('select * from people').all(),
      database.prepare('select * from sessions').all()
    ])
    expect(rows).to.not.contain('benar-sekali')
    expect(rows).to.not.contain(token)
    expect(rows).to.contain('scrypt$32768$8$3$')
    expect((await people.authenticate('kepala.tju', 'benar-sekali'))?.demo).to.equal(false)
  })

  it('gives every session a token and a form token of its own', async () => {
    const { people } = await open()
    const one = await people.openSession('loket.tju', '2026-01-05T01:00:00.000Z')
    const other = await people.openSession('loket.tju', '2026-01-05T01:00:00.000Z')
    expect(one.token)
      .to.match(/^[\w-]{43}$/)
      .and.not.equal(other.token)
    expect(one.csrf)
      .to.match(/^[\w-]{43}$/)
      .and.not.equal(other.csrf)
    const session = await people.session(one.token, '2026-01-05T01:10:00.000Z')
    expect(session?.person.id).to.equal('loket.tju')
    expect(session?.csrf).to.equal(one.csrf)
  })

  it('ends a session after twenty idle minutes', async () => {
    const { people } = await open()
    const { token } = await people.openSession('loket.tju', '2026-01-05T01:00:00.000Z')
    expect(await people.session(token, '2026-01-05T01:20:00.000Z')).to.not.equal(null)
    expect(await people.session(token, '2026-01-05T01:40:00.000Z')).to.not.equal(null)
    expect(await people.session(token, '2026-01-05T02:00:01.000Z')).to.equal(null)
    expect(await people.session(token, '2026-01-05T01:40:00.000Z')).to.equal(null)
  })

  it('ends a session after ten hours of work', async () => {
    const { people } = await open()
    const { token } = await people.openSession('loket.tju', '2026-01-05T00:00:00.000Z')
    for (let minutes = 15; minutes <= 600; minutes += 15) {
      const at = new Date(Date.UTC(2026, 0, 5, 0, minutes)).toISOString()
      expect(await people.session(token, at), at).to.not.equal(null)
    }
    expect(await people.session(token, '2026-01-05T10:00:01.000Z')).to.equal(null)
  })

  it('ends a session at once when it is closed', async () => {
    const { people } = await open()
    const { token } = await people.openSession('loket.tju', '2026-01-05T01:00:00.000Z')
    await people.closeSession(token)
    expect(await people.session(token, '2026-01-05T01:00:01.000Z')).to.equal(null)
  })
})
