/**
 * A local Render to play with:
 *
 *   node out/test/simulator/main.js [--port 4000] [--speed 4]
 *
 * It prints its address and the key it accepts, and runs until it is stopped.
 */
import { parseArgs } from "node:util";
import { sampleRepository, startSimulator } from "./simulator";

const { values } = parseArgs({
  options: { port: { type: "string", default: "0" }, speed: { type: "string", default: "1" } },
});
const port = Number(values.port);
const speed = Number(values.speed);
if (!Number.isInteger(port) || port < 0 || port > 65_535 || !(speed > 0)) {
  console.error("--port takes a number from 0 to 65535, --speed a number above 0");
  process.exit(1);
}

const simulator = await startSimulator({ port, speed });
console.log(`Render simulator  ${simulator.url}`);
console.log(`API key           ${simulator.key}`);
console.log(`A repository      ${sampleRepository.remote} (${sampleRepository.serviceIds.length} services)`);
console.log(`Another           ${sampleRepository.lighthouse.remote} (one service)`);
console.log("Stop it with Ctrl+C.");

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void simulator.close());
