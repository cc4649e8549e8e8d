#!/usr/bin/env node
import { register } from 'tsx/esm/api'

register()
// whoever reads the first lines alone has closed the pipe
process.stdout.on('error', error => process.exit(error.code === 'EPIPE' ? 0 : 1))
const { main } = await import('./commands.ts')
process.exitCode = await main(process.argv.slice(2))
