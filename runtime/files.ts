/** Content-addressed files: letters and uploads. The id is the SHA-256 of the bytes, in hex. */
export interface Files {
  put(bytes: Uint8Array): Promise<string>
  get(sha256: string): Promise<Uint8Array | null>
  /** Deletes a file; one that is not there is no fault. */
  remove(sha256: string): Promise<void>
}
