import { expect } from 'chai'
import { lines, person, play, send, since, start } from '../play.ts'

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

  it('goes on with a token that an operator puts on its catching end', async () => {
    const restart = {
      type: 'restart',
      element: 'From_Page_One',
      variables: {},
      reason: 'go on there'
    } as const
    const { trace, state } = await play('link', start(), send(restart, person('oka', 'operator')))

    expect(since(trace, 'operator restart to From_Page_One')).to.contain(
      'complete From_Page_One\nactivate Done'
    )
    expect(state.status).to.equal('completed')
  })
})
