/** The automatic deploys that a person waits for, so that nothing else follows or explains the same one. */
export class AwaitedDeploys {
  readonly #keys = new Set<string>();

  add(serviceId: string, commitId: string): void {
    this.#keys.add(keyOf(serviceId, commitId));
  }

  /** It is not waited for after all. */
  remove(serviceId: string, commitId: string): void {
    this.#keys.delete(keyOf(serviceId, commitId));
  }

  has(serviceId: string, commitId: string): boolean {
    return this.#keys.has(keyOf(serviceId, commitId));
  }
}

function keyOf(serviceId: string, commitId: string): string {
  return `${serviceId} ${commitId}`;
}
