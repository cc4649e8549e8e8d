import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the processes that the tests of the runtime play. */
export const PROCESSES = join(dirname(fileURLToPath(import.meta.url)), 'processes')

/** Those that play with data. */
export const DATA_PROCESSES = join(dirname(fileURLToPath(import.meta.url)), 'data-processes')
