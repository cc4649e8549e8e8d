import { expect } from 'chai'
import { lines, play, since, start } from '../play.ts'

describe('link event definition', () => {
  it('goes on at the catching end', async () => {
    const { trace } = await play('link', start())

    expect(trace).to.equal(lines`
      activate Received
      complete Received
      activate To_Page_Two
      complete To_Page_Two
      activate From_Page_One
      complete From_Page_One
      activate Done
      complete Done
      complete instance
    `)
  })

  it('goes on in its own scope, whatever links of the same name there are elsewhere', async () => {
    const { trace, state } = await play('link-per-scope', start())

    expect(since(trace, 'activate Second_Out')).to.contain(
      'complete Second_Out\nactivate Second_In'
    )
    expect(state.status).to.equal('completed')
  })
})
