import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import ts from "typescript";
import { answeredBy } from "../../src/commands.js";

interface Entry {
  readonly command: string;
  readonly title?: string;
  readonly category?: string;
  readonly when?: string;
}

/** What is read of package.json here. */
interface Manifest {
  readonly version: string;
  readonly main: string;
  readonly icon: string;
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] };
  };
  readonly contributes: {
    readonly commands: readonly Entry[];
    readonly menus: Readonly<Record<string, readonly Entry[]>>;
    readonly viewsContainers: {
      readonly activitybar: readonly { readonly id: string; readonly icon: string }[];
    };
    readonly views: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly viewsWelcome: readonly {
      readonly view: string;
      readonly when: string;
      readonly contents: string;
    }[];
    readonly configuration: {
      readonly properties: Readonly<
        Record<string, { readonly scope?: string; readonly default?: unknown; readonly enum?: string[] }>
      >;
    };
  };
}

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
const { contributes } = manifest;

// What touches VS Code cannot be loaded without it, so what they declare is read from their text.
function nodesOf(path: string): ts.Node[] {
  const all: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    all.push(node);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true));
  return all;
}

/** The values of a union of string literals: `"a" | "b"`. */
function literalsOf(type: ts.Node | undefined): string[] {
  if (!type) return [];
  if (ts.isUnionTypeNode(type)) return type.types.flatMap(literalsOf);
  return ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? [type.literal.text] : [];
}

function unionNamed(name: string, path: string): string[] {
  const alias = nodesOf(path)
    .filter(ts.isTypeAliasDeclaration)
    .find(node => node.name.text === name);
  const values = literalsOf(alias?.type);
  assert.notEqual(values.length, 0, `${path} declares ${name} as a union of strings`);
  return values;
}

/** The properties of the interface `ContextKeys` with the strings each may be; none for booleans. */
function contextKeys(): Map<string, string[]> {
  const members = nodesOf("src/window/state.ts")
    .filter(ts.isInterfaceDeclaration)
    .find(node => node.name.text === "ContextKeys")
    ?.members.filter(ts.isPropertySignature);
  assert.ok(members);
  return new Map(
    members.map(({ name, type }) => [
      ts.isStringLiteral(name) ? name.text : name.getText(),
      literalsOf(type),
    ]),
  );
}

/** The context keys of VS Code itself that are used. */
const editorKeys = [
  "view",
  "viewItem",
  "true",
  "false",
  "resourceFilename",
  "resourceScheme",
  "isWorkspaceTrusted",
  "scmProvider",
  "timelineItem",
  "listMultiSelection",
];

const commandIds: readonly string[] = Object.keys(answeredBy);
const menuEntries = Object.values(contributes.menus).flat();

describe("package.json", () => {
  describe("commands", () => {
    it("are exactly those the extension registers", () => {
      assert.deepEqual(contributes.commands.map(({ command }) => command).sort(), [...commandIds].sort());
    });

    for (const { command, title, category } of contributes.commands)
      it(`${command} has a title and stands under Render`, () => {
        assert.equal(category, "Render");
        assert.match(title ?? "", /^[A-Z].*[^.\s]$/u);
        assert.match(command, /^render\.[a-z][A-Za-z]+$/u);
      });

    it("have titles that differ", () => {
      const titles = contributes.commands.map(({ title }) => title);
      assert.equal(new Set(titles).size, titles.length);
    });

    it("in menus and welcome texts exist", () => {
      const linked = contributes.viewsWelcome.flatMap(({ contents }) =>
        [...contents.matchAll(/\(command:(render\.\w+)/gu)].flatMap(([, id]) => id ?? []),
      );
      assert.ok(linked.length > 0 && menuEntries.length > 0);
      for (const id of [...linked, ...menuEntries.map(({ command }) => command)])
        assert.ok(commandIds.includes(id), id);
    });
  });

  describe("settings", () => {
    const { properties } = contributes.configuration;

    it("are exactly those the extension reads", () => {
      const read = nodesOf("src/window/settings.ts")
        .filter(ts.isCallExpression)
        .filter(({ expression }) => /^read(?:For)?$/u.test(expression.getText()))
        .flatMap(({ arguments: [name] }) =>
          name && ts.isStringLiteral(name) ? [`render.${name.text}`] : [],
        );
      assert.deepEqual([...new Set(read)].sort(), Object.keys(properties).sort());
    });

    it("are read in one file alone", () => {
      const others = ts.sys
        .readDirectory("src", [".ts"])
        .filter(path => !path.endsWith("src/window/settings.ts"))
        .filter(path => readFileSync(path, "utf8").includes("getConfiguration("));
      assert.deepEqual(others, []);
    });

    for (const [name, { scope }] of Object.entries(properties))
      it(`${name} cannot be set by a workspace that is not trusted`, () => {
        const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
        assert.equal(scope, restrictedConfigurations.includes(name) ? "resource" : "application");
      });

    it("offer for render.confirmDeploy what the extension knows", () => {
      const setting = properties["render.confirmDeploy"];
      assert.deepEqual(setting?.enum, unionNamed("ConfirmDeploy", "src/window/settings.ts"));
      assert.ok(setting.enum.includes(String(setting.default)));
    });
  });

  describe("when clauses", () => {
    const clauses = [...menuEntries, ...contributes.viewsWelcome].flatMap(({ when }) => when ?? []);
    const comparisons = clauses
      .flatMap(clause => clause.split(/&&|\|\|/u))
      .map(part => {
        const [, key, , value] = /^\s*!?\s*([\w.]+)\s*(?:(==|!=|=~)\s*(\S+))?\s*$/u.exec(part) ?? [];
        assert.ok(key !== undefined, `understood: ${part}`);
        return { key, value };
      });

    it("use exactly the context keys that the extension sets", () => {
      const used = new Set(comparisons.map(({ key }) => key));
      for (const known of editorKeys) used.delete(known);
      assert.deepEqual([...used].sort(), [...contextKeys().keys()].sort());
    });

    it("compare them with values that they can have, and truths with nothing", () => {
      for (const { key, value } of comparisons) {
        const values = contextKeys().get(key);
        if (!values) continue;
        if (values.length === 0) assert.equal(value, undefined, key);
        else assert.ok(values.includes(value ?? ""), `${key} ${value ?? "without value"}`);
      }
    });

    it("name views that exist", () => {
      const views = Object.values(contributes.views)
        .flat()
        .map(({ id }) => id);
      const named = comparisons.filter(({ key }) => key === "view").map(({ value }) => value ?? "");
      for (const view of [...named, ...contributes.viewsWelcome.map(welcome => welcome.view)])
        assert.ok(views.includes(view), view);
    });
  });

  describe("welcome texts", () => {
    const clauses = contributes.viewsWelcome.map(({ when }) => when);

    for (const state of contextKeys().get("render.servicesState") ?? [])
      if (state !== "ready" && state !== "failed")
        it(`has one for ${state}`, () => {
          assert.equal(clauses.filter(when => when === `render.servicesState == ${state}`).length, 1);
        });

    for (const failure of contextKeys().get("render.failure") ?? [])
      if (failure !== "none")
        it(`has one for the failure ${failure}`, () => {
          const when = `render.servicesState == failed && render.failure == ${failure}`;
          assert.equal(clauses.filter(clause => clause === when).length, 1);
        });

    it("has no others", () => {
      const states = contextKeys().get("render.servicesState") ?? [];
      const failures = contextKeys().get("render.failure") ?? [];
      assert.ok(states.includes("ready") && states.includes("failed") && failures.includes("none"));
      assert.equal(clauses.length, states.length - 2 + (failures.length - 1));
    });
  });

  describe("what is shipped", () => {
    it("holds the built extension", () => {
      assert.ok(manifest.files.includes("dist"));
      assert.equal(manifest.main, "./dist/extension.js");
    });

    for (const path of manifest.files.filter(entry => entry !== "dist"))
      it(`${path} exists`, () => {
        assert.ok(existsSync(path));
      });

    it("includes every icon, all of them in media", () => {
      const icons = [
        manifest.icon,
        ...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
        ...Object.values(contributes.views)
          .flat()
          .map(({ icon }) => icon),
      ];
      for (const icon of icons) {
        assert.match(icon, /^media\/[a-z]+\.(?:png|svg)$/u);
        assert.ok(existsSync(icon) && manifest.files.includes(icon), icon);
      }
    });

    it("has small pictures: 65 kB at most together, without loss", () => {
      const pictures = manifest.files
        .filter(file => file.endsWith(".webp"))
        .map(file => ({ file, bytes: readFileSync(file) }));
      assert.notEqual(pictures.length, 0);
      // The first chunk of a WebP file that loses nothing (RFC 9649, 2.6).
      const lossy = pictures.filter(({ bytes }) => bytes.toString("latin1", 12, 16) !== "VP8L");
      assert.deepEqual(
        lossy.map(({ file }) => file),
        [],
      );
      const size = pictures.reduce((sum, { bytes }) => sum + bytes.length, 0);
      assert.ok(size <= 65_000, `${size} bytes`);
    });

    it("is compiled against the oldest VS Code that it may run in", () => {
      const minor = (version: string | undefined): string =>
        /^\^?(\d+\.\d+)\.\d+$/u.exec(version ?? "")?.[1] ?? "";
      assert.notEqual(minor(manifest.engines.vscode), "");
      assert.equal(minor(manifest.devDependencies["@types/vscode"]), minor(manifest.engines.vscode));
    });

    it("is described in the changelog", () => {
      const headings = readFileSync("CHANGELOG.md", "utf8")
        .split("\n")
        .filter(line => line.startsWith("## "));
      assert.ok(
        headings.some(
          line => line === `## ${manifest.version}` || line.startsWith(`## ${manifest.version} `),
        ),
      );
    });
  });
});
