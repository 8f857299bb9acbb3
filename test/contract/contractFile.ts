import { resolve } from "node:path";

/** What requests and replies are held against: the facts of Render's OpenAPI document about the calls used here. */
export const contractFile = resolve("test/contract/contract.json");
