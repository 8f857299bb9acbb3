import { join, resolve } from "node:path";
import { rm } from "node:fs/promises";
import { sampleData, sampleRepository, startSimulator, type Simulator } from "../simulator/simulator.js";
import { createRemote, createRepository, history } from "../support/gitRepository.js";

/** Where the try-out keeps its things: ignored by Git, free to be deleted. */
export const tryFolder = resolve(".vscode-test/try");

/** A local Render with sample data, and a repository (with a remote on this machine) that one of its services is built from. */
export interface Sample {
  readonly simulator: Simulator;
  /** The folder to open. */
  readonly folder: string;
  /** The SHA of its HEAD, one commit ahead of what is live. */
  readonly head: string;
  /** The service that is built from it. */
  readonly serviceId: string;
}

/**
 * @param port where the simulator listens; 0 for any. A key is kept for the address it was set with, so a newcomer who
 * starts again finds it only at the same one.
 * @param speed 1 takes about as long as a real deploy
 */
export async function startSample(port: number, speed: number): Promise<Sample> {
  const folder = join(tryFolder, "lighthouse");
  await rm(folder, { recursive: true, force: true });
  const { remote, serviceId } = sampleRepository.lighthouse;
  const messages = ["Light the lamp", "Turn the lamp at dusk", "Turn the lamp faster in fog"];
  const ssh = remote.replace("https://github.com/", "git@github.com:");
  const head = await createRepository({ folder, remote: ssh, commits: messages });
  const bare = join(tryFolder, "lighthouse.git");
  await rm(bare, { recursive: true, force: true });
  await createRemote(folder, bare, "main");
  if (head === undefined) throw new Error("The sample repository has no commit.");
  const known = await history(folder);
  const data = sampleData(Date.now(), { [remote]: known });
  return { simulator: await startSimulator({ port, speed, data }), folder, head, serviceId };
}
