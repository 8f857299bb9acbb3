/** What others wrote, and the extension reads: texts of a folder, of Git and of a person, and replies. */
import { BlueprintFile } from "../../src/blueprints/blueprintFile.js";
import { problemsIn } from "../../src/features/deployLog/buildProblems.js";
import { logCause } from "../../src/features/deployLog/logCause.js";
import { plainLine } from "../../src/features/deployLog/logLines.js";
import { entryServices } from "../../src/blueprints/entryServices.js";
import { problemsOf } from "../../src/features/renderYaml/problems.js";
import { TextPlaces } from "../../src/blueprints/textPlaces.js";
import { gitFaultOf } from "../../src/git/gitFault.js";
import { normalizeRemote } from "../../src/git/remotes/remoteUrl.js";
import { skipPhraseIn } from "../../src/features/autoDeploy/skipPhrase.js";
import { plainText, subjectOf } from "../../src/text/plainText.js";
import { matchServices } from "../../src/matching/match.js";
import { matchesGlob } from "../../src/matching/pathGlob.js";
import { serviceTree } from "../../src/features/servicesView/serviceTree.js";
import { aListing, anEnvironment, aRepository, aService } from "../support/builders.js";

export interface Reading {
  readonly name: string;
  /** The smallest size, chosen so that it takes about a millisecond; it is doubled three times. */
  readonly size: number;
  /** What is measured, for one size. */
  readonly of: (size: number) => () => unknown;
}

const many = <T>(size: number, make: (index: number) => T): T[] =>
  Array.from({ length: size }, (_, i) => make(i));
const text = (size: number, make: (index: number) => string): string => many(size, make).join("");
const yaml =
  (make: (size: number) => string) =>
  (size: number): (() => unknown) => {
    const file = make(size);
    return () => new BlueprintFile(file);
  };
const plainServices = (size: number): string =>
  `services:\n${text(size, index => `- {type: web, name: harbor-${index}, runtime: node}\n`)}`;
const accountOf = (size: number) =>
  many(size, index => aService({ id: `srv-${index}`, name: `harbor-${index}`, environmentId: "evm-1" }));

export const readings: readonly Reading[] = [
  { name: "render.yaml: services", size: 400, of: yaml(plainServices) },
  {
    name: "render.yaml: services that merge one anchor",
    size: 500,
    of: yaml(n => `services:\n- &b {type: web, name: a}\n${text(n, i => `- {<<: *b, name: s${i}}\n`)}`),
  },
  {
    name: "render.yaml: services that merge a list of as many",
    size: 200,
    of: yaml(
      n =>
        `x:\n${text(n, i => `- &a${i} {k${i}: 1}\n`)}l: &l [${many(n, i => `*a${i}`).join(", ")}]\n` +
        `services:\n${text(n, i => `- {<<: *l, type: web, name: s${i}}\n`)}`,
    ),
  },
  {
    name: "render.yaml: services that merge the one before",
    size: 500,
    of: yaml(n => `services:\n- &s0 {type: web}\n${text(n, i => `- &s${i + 1} {<<: *s${i}, name: s}\n`)}`),
  },
  {
    name: "render.yaml: an anchor with as many fields",
    size: 300,
    of: yaml(
      n =>
        `x: &b\n${text(n, i => `  k${i}: 1\n`)}services:\n` +
        text(n, i => `- {<<: *b, type: web, name: s${i}}\n`),
    ),
  },
  {
    name: "render.yaml: projects of environments of services, all aliases",
    size: 300,
    of: yaml(
      n =>
        `s: &s\n${text(n, i => `- {type: web, name: s${i}}\n`)}` +
        `e: &e [${many(n, () => "{services: *s}").join(",")}]\nprojects:\n${"- {environments: *e}\n".repeat(n)}`,
    ),
  },
  { name: "render.yaml: brackets that close nothing", size: 10_000, of: yaml(n => "]".repeat(n)) },
  { name: "render.yaml: commas alone", size: 5_000, of: yaml(n => `[${",".repeat(n)}]`) },
  { name: "render.yaml: empty lines", size: 8_000, of: yaml(n => `a: 1${"\n".repeat(n)}`) },
  {
    name: "render.yaml: documents",
    size: 2_000,
    of: yaml(n => `${plainServices(n / 10)}${"---\n".repeat(n)}`),
  },
  {
    name: "lines of a text of 10 MB",
    size: 200_000,
    of: n => {
      const lines = "a: 1\n".repeat(n);
      return () => new TextPlaces(lines).at(lines.length);
    },
  },
  {
    name: "errors of one long line",
    size: 80,
    of: n => {
      const file = new BlueprintFile(`a: ${"x".repeat(n * 300)}`);
      const errors = many(n, column => ({ error: "bad", line: 1, column }));
      return () => problemsOf(errors, file);
    },
  },
  {
    name: "errors that point by their words",
    size: 80,
    of: n => {
      const file = new BlueprintFile(plainServices(n * 5));
      const errors = many(n, i => ({
        error: `service "harbor-${i * 5}" has no plan "gold" at services[${i}].plan`,
      }));
      return () => problemsOf(errors, file);
    },
  },
  {
    name: "services of a file among as many of an account",
    size: 500,
    of: n => {
      const { entries } = new BlueprintFile(plainServices(n));
      const services = accountOf(n);
      const renamed = services.map(service => ({ ...service, name: `${service.name}-k3xp` }));
      return () => entryServices(entries, renamed, aRepository(), [renamed]);
    },
  },
  {
    name: "services of an account that as many entries name",
    size: 400,
    of: n => {
      const { entries } = new BlueprintFile(plainServices(n));
      const services = accountOf(n);
      const repository = aRepository();
      const blueprints = [{ root: repository.root, entries, serviceIds: services.map(({ id }) => id) }];
      const git = { ok: true as const, repositories: [repository] };
      return () => matchServices(services, { git, here: undefined, links: [], blueprints });
    },
  },
  {
    name: "the tree of one environment",
    size: 200,
    of: n => {
      const environments = [...many(n, i => anEnvironment({ id: `evm-x${i}` })), anEnvironment()];
      const account = aListing({ services: accountOf(n), environments });
      return () => serviceTree(account, "", new Set());
    },
  },
  {
    name: "a glob of stars against a path",
    size: 500,
    of: n => {
      // It ends as the glob does, or nothing of it would be followed.
      const path = `${"a".repeat(n)}/ab`;
      return () => matchesGlob(path, `${"*a".repeat(20)}b`);
    },
  },
  {
    name: "a remote of slashes",
    size: 200_000,
    of: n => {
      let turn = 0;
      // Another address each time, as what was read is kept.
      return () => normalizeRemote(`git@github.com:a${"/".repeat(n)}b${turn++}`);
    },
  },
  {
    name: "a log whose lines look like errors",
    size: 10,
    of: n => {
      const lines = many(n, i => `environment variable HARBOR_${i} migration column "a `.repeat(40));
      return () => logCause(lines);
    },
  },
  {
    name: "a log whose lines look like places of errors",
    size: 20,
    of: n => {
      const lines = many(n, i => ` src/a${i}.ts:1 (1,1): error  a [origin: class path "./`.repeat(40));
      return () => problemsIn(lines);
    },
  },
  {
    name: "a trace without an end",
    size: 100,
    of: n => {
      const lines = many(n, i => `  File "/opt/render/project/src/harbor.py", line ${i}, in moor`);
      return () => problemsIn(lines);
    },
  },
  {
    name: "escape codes of one line of a log",
    size: 20_000,
    of: n => {
      const line = "\u001b[".repeat(n);
      return () => plainLine(line);
    },
  },
  {
    name: "what Git says of a push",
    size: 20_000,
    of: n => {
      const stderr = ` ! [remote rejected] ${"(".repeat(n)}\n${"! [rejected]".repeat(n)}\nremote: ${" ".repeat(n)}x`;
      return () => gitFaultOf({ message: "", stderr });
    },
  },
  {
    name: "a line of a hook that begins with spaces",
    size: 50,
    of: n => {
      const stderr = `${" ".repeat(n)}x`;
      return () => gitFaultOf({ message: "", stderr });
    },
  },
  {
    name: "a line of Git's of dots",
    size: 1_000,
    of: n => {
      const stderr = `fatal: ${"a.".repeat(n)}`;
      return () => gitFaultOf({ message: "", stderr });
    },
  },
  {
    name: "a commit message",
    size: 20_000,
    of: n => {
      const message = `${" ".repeat(n)}[skip ${"[skip ".repeat(n)}\n`;
      return () => [subjectOf(message), plainText(message), skipPhraseIn(message)];
    },
  },
];
