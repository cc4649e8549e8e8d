import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the processes that the tests of the runtime play. */
export const PROCESSES = join(dirname(fileURLToPath(import.meta.url)), 'processes')
