import { RenderClient } from "../../render/client.js";
import { RenderHttp } from "../../render/http/http.js";
import type { Command, CommandsOf } from "../../commands.js";
import { systemClock as clock } from "../../window/clock.js";
import type { EditorWindow } from "../../window/editorWindow.js";
import { settings } from "../../window/settings.js";
import { personOf } from "../../window/state.js";
import { ApiKey } from "./apiKey.js";
import { SignIn } from "./signIn.js";

export type AccountPart = ReturnType<typeof create>;

/** The API key in use, and the clients that use it. */
export function create({ own, output, secrets, state, userAgent }: EditorWindow) {
  const apiKey = own.add(new ApiKey(secrets, output));
  const http = (key: () => Promise<string | undefined>): RenderHttp =>
    new RenderHttp({
      // Loaded with the first request, as whoever is signed out has no use for it.
      fetch: async () => (await import("node-fetch")).default,
      // Loaded with the first deploy that is followed.
      webSocket: async () => (await import("ws")).default,
      apiUrl: () => settings.apiUrl().url,
      apiKey: key,
      clock,
      random: Math.random,
      log: output,
      userAgent,
    });
  const requests = http(() => apiKey.read());
  const signIn = new SignIn({
    apiKey,
    state,
    whoIs: (key, signal) => new RenderClient(http(() => Promise.resolve(key))).getUser(signal),
  });
  const keyState = async (): ReturnType<ApiKey["state"]> =>
    settings.apiOrigin() === undefined ? "absent" : apiKey.state();
  const commands: Record<CommandsOf<"account">, Command> = {
    "render.setApiKey": async () => {
      await signIn.setApiKey();
    },
    "render.setApiKeyForSession": async () => {
      await signIn.setApiKey("session");
    },
    "render.removeApiKey": () => signIn.removeApiKey(),
  };
  return {
    apiKey,
    keyState,
    /** Whether there is a key that can be read. */
    isSignedIn: async (): Promise<boolean> => (await keyState()) === "present",
    /** Makes sure that there is a key, asking for one where there is none. False when the person left. */
    signIn: async (): Promise<boolean> => (await apiKey.read()) !== undefined || signIn.setApiKey(),
    render: new RenderClient(requests),
    /** Reads in the background, at the pace that Render's rate limits leave. */
    watch: new RenderClient(requests, { background: true }),
    /** Render's clock, in milliseconds since the epoch; undefined while no reply has told it. */
    renderNow: (): number | undefined => requests.renderNow,
    /** Whose key it is, as the output says it. */
    person: (): string => personOf(state),
    /** Ends every request that is under way. */
    endRequests: (): void => {
      requests.dispose();
    },
    commands,
  };
}
