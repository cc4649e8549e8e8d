// A thread does not have the loader of the main one.
import { register } from 'tsx/esm/api'

register()
await import('./case-trial.ts')
