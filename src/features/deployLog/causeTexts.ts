/** Why a deploy failed, in a sentence, and what helps, in another. */
import { startedText } from "../../services/deployTexts.js";
import type { Successor } from "../../services/toldEnd.js";
import { durationText } from "../../text/durationText.js";
import { plainText } from "../../text/plainText.js";
import type { Cause, ToldCause } from "./cause.js";
import type { LogCause, LogCauseKind } from "./logCause.js";

/** The sentences; what is read from a log is said as likely, as programs print what they like. */
export function causeText({ told, shown, lines }: Cause): string {
  const likely = shown && `Likely cause: ${shownText(shown)}`;
  if (told && (!isLoose(told) || !likely)) return toldText(told);
  if (told?.kind === "earlyExit" && shown?.kind === "earlyExit") return toldText(told);
  // An exit code says less than what the program printed before it.
  if (likely) return told && told.kind !== "exit" ? `${toldText(told)} ${likely}` : likely;
  const last = lines.at(-1);
  return last === undefined ? "" : `The last line of its log: ${plainText(last, 120)}`;
}

/** Why a deploy was canceled by Render. */
export function replacedText(later: Successor): string {
  return `A later deploy took its place: ${startedText(later)}.`;
}

/** Whether a log can say more of it. */
function isLoose({ kind }: ToldCause): boolean {
  return kind === "exit" || kind === "timedOut" || kind === "unhealthy" || kind === "earlyExit";
}

function toldText(told: ToldCause): string {
  switch (told.kind) {
    case "memory":
      return `It ran out of memory${told.limit === "" ? "" : ` (limit ${plainText(told.limit, 20)})`}. Let it use less, or choose a larger instance type.`;
    case "imagePull":
      return `The image${told.image === "" ? "" : ` ${plainText(told.image, 100)}`} could not be pulled. Check its name, its tag and the registry credential.`;
    case "minutesUsedUp":
      return "The build minutes of the workspace are used up. Look at its billing page.";
    case "branchDeleted":
      return `The branch${told.branch === "" ? "" : ` ${plainText(told.branch, 60)}`} was deleted. Choose another one for the service.`;
    case "timedOut": {
      const after = told.seconds > 0 ? ` after ${durationText(told.seconds * 1000)}` : "";
      const reason = told.reason === "" ? "" : `: ${plainText(told.reason, 100)}`;
      return `Render gave up on it${after}${reason}.`;
    }
    case "unhealthy":
      return `The health check did not pass: ${plainText(told.said, 100)}.`;
    case "evicted":
      return "Render took it off its machine before it was up. Deploy again.";
    case "earlyExit":
      return "The program ended by itself, without an error, although a service has to go on running.";
    case "exit":
      return `The command ended with exit code ${told.code}.`;
  }
}

interface Advice {
  /** @param about what the line names; it is not empty */
  readonly named: (about: string) => string;
  /** Where the line names nothing. */
  readonly unnamed: string;
  readonly help: string;
}

function shownText({ kind, about, lines }: LogCause): string {
  const { named, unnamed, help } = advice[kind];
  const what = about === "" ? unnamed : named(plainText(about, 90));
  const said = what === "" ? plainText(lines[0] ?? "", 120) : what;
  return `${said}${/[.!?]$/u.test(said) ? "" : "."}${help === "" ? "" : ` ${help}`}`;
}

const asPrinted = { named: (about: string) => about, unnamed: "" };

const advice: Record<LogCauseKind, Advice> = {
  missingScript: {
    named: script => `package.json has no script "${script}"`,
    unnamed: "package.json lacks the script that is run",
    help: "Add it, or correct the command or the root directory of the service.",
  },
  lockFile: {
    named: file => `the lock file does not match ${file}`,
    unnamed: "the lock file is missing or does not match package.json",
    help: "Install here once, and commit the lock file.",
  },
  peerConflict: {
    named: what => `npm could not resolve ${what}`,
    unnamed: "npm could not resolve the versions that the packages ask of each other",
    help: "Bring them in line here first, and commit the lock file.",
  },
  noManifest: {
    named: file => `${file} is not where the build looks for it`,
    unnamed: "the file that names the packages is not where the build looks for it",
    help: "Check the root directory of the service, and that the file is committed.",
  },
  languageVersion: {
    named: wanted => `the version of the language does not fit (${wanted})`,
    unnamed: "the version of the language or of the system does not fit",
    help: "Pin the version that you use here.",
  },
  moduleNotFound: {
    named: name => `"${name}" was not found`,
    unnamed: "a module was not found",
    help: "Check that it is named among the dependencies, spelt with the same letter case, and committed.",
  },
  missingVariable: {
    named: name => `the environment variable ${name} is not set`,
    unnamed: "an environment variable is missing or has a wrong value",
    help: "Set it for the service and deploy again.",
  },
  typeError: { ...asPrinted, help: "Correct the type error." },
  syntaxError: { ...asPrinted, help: "Correct the code there." },
  compileError: { ...asPrinted, help: "Correct the code there." },
  missingCommand: {
    named: command => `the command ${command} was not found`,
    unnamed: "a command was not found",
    help: "Add it to the dependencies, or correct the command of the service.",
  },
  badCommand: {
    named: () => "the shell does not understand the command",
    unnamed: "the command is not run by a shell, so it cannot be put together with && or ;",
    help: "Correct the command of the service.",
  },
  database: {
    named: address => `the database could not be reached (${address})`,
    unnamed: "the database could not be reached, or does not fit its address",
    help: "Check the address in the environment, and that the database accepts this service.",
  },
  databaseAccess: {
    named: user => `the database refused the user ${user}`,
    unnamed: "the database refused the user name or the password",
    help: "Correct the connection string in the environment.",
  },
  memory: {
    named: limit => `it ran out of memory (over ${limit})`,
    unnamed: "it ran out of memory",
    help: "Let it use less, or choose a larger instance type.",
  },
  migration: {
    named: what => `the migration met something that is there already (${what})`,
    unnamed: "a database migration failed",
    help: "Bring the migrations in line with the database.",
  },
  permission: {
    named: what => `permission was denied (${what})`,
    unnamed: "permission was denied",
    help: "Make the file executable, or write to /tmp or to a disk.",
  },
  repoAccess: {
    named: address => `Render could not clone ${address}`,
    unnamed: "Render has no access to the repository",
    help: "Grant the Render app access to it at your Git provider.",
  },
  submodule: {
    named: address => `Render could not clone the submodule ${address}`,
    unnamed: "Render could not clone a submodule",
    help: "Grant the Render app access to it at your Git provider.",
  },
  commitGone: {
    named: what => `${what} is not in the repository any more`,
    unnamed: "the commit is not in the repository any more",
    help: "Push it, or deploy another one.",
  },
  rootDirectory: {
    named: path => `the root directory ${path} is not in the repository`,
    unnamed: "the root directory is not in the repository",
    help: "Correct it in the settings of the service.",
  },
  publishDirectory: {
    named: path => `the publish directory "${path}" does not exist after the build`,
    unnamed: "the publish directory does not exist after the build",
    help: "Set it to the folder that the build writes.",
  },
  dockerfile: {
    named: line => `line ${line} of the Dockerfile cannot be read`,
    unnamed: "the Dockerfile could not be read",
    help: "Correct it, or its path in the settings of the service.",
  },
  nativeBuild: {
    named: name => `${name} could not be built from source`,
    unnamed: "a package could not be built from source",
    help: "Take a version of it, or of the language, for which there is a ready-made one.",
  },
  invalidRequirement: {
    named: text => `"${text}" in the requirements is no package`,
    unnamed: "a line of the requirements is no package",
    help: "Take the line out.",
  },
  fileNotFound: {
    named: path => `${path} is not there`,
    unnamed: "a file is not there",
    help: "Check that the build makes it, or that it is committed.",
  },
  programError: { ...asPrinted, help: "" },
  dockerStep: {
    named: step => `a step of the Dockerfile failed: ${step}`,
    unnamed: "a step of the Dockerfile failed",
    help: "",
  },
  portTimeout: {
    named: port => `no port was opened (${port})`,
    unnamed: "no port was opened in time",
    help: "Listen on 0.0.0.0 at the port that PORT names.",
  },
  healthTimeout: {
    named: path => `the health check was not answered (${path})`,
    unnamed: "the health check was not answered in time",
    help: "Check its path, and that it is answered with a status of 2xx.",
  },
  earlyExit: {
    named: () => "the program ended by itself",
    unnamed: "the program ended by itself",
    help: "A service has to go on running.",
  },
  noOpenPort: {
    named: () => "no port was opened",
    unnamed: "no port was opened",
    help: "Listen on 0.0.0.0 at the port that PORT names.",
  },
};
