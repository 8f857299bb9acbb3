import eslint from "@eslint/js";
import prettier from "eslint-config-prettier";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

/**
 * The rooms of `src`, from the ground up: each imports from those before it alone, types included. A new room takes its place
 * here.
 */
const rooms = [
  "text",
  "render",
  "window",
  "dialogs",
  "account",
  "services",
  "git",
  "blueprints",
  "matching",
  "features/servicesView",
  "features/whatToDeploy",
  "features/autoDeploy",
  "features/deployLog",
  "features/following",
  "features/shipPreview",
  "features/preflight",
  "features/renderYaml",
  "features/deploy",
  "features/deployTask",
  "features/batch",
  "features/followPushes",
  "features/serviceActions",
  "features/statusBar",
  "start",
];
/** The rooms that touch VS Code as a whole. In the others, what touches it lies in `vscode/`. */
const editors = ["window", "dialogs", "start"];
/** What holds the texts that people read, and how they are put together. */
const texts = ["src/**/*Texts.ts", "src/text/**", "src/**/*.d.ts"];
/** What touches VS Code. */
const shell = ["src/**/vscode/**", ...editors.map(room => `src/${room}/**`), "src/extension.ts"];

const noVscode = { name: "vscode", message: "This runs without VS Code: what touches it lies in vscode/." };
const noShell = { regex: `/(?:vscode|${editors.join("|")})/`, message: noVscode.message };
const clock = "Time comes from the Clock port (src/ports.ts).";

/** What stands above a room, which it must not know. */
function above(room) {
  const names = rooms.slice(rooms.indexOf(room) + 1).map(each => each.replace("features/", ""));
  return names.length === 0
    ? []
    : [
        {
          regex: `/(?:${names.join("|")})/|/extension\\.js$`,
          message: `${room}/ stands below that: see the order of rooms in eslint.config.mjs.`,
        },
      ];
}

/**
 * What only a person reads: two words with a blank between them, also where one of them is put in by a template, as
 * `Deploy ${name}`; and where VS Code is touched, one word that begins large, as on buttons.
 */
const words = [/[A-Za-z][’'.,…)”]* [A-Za-z]/, /[A-Za-z]{2}[’'.,:;…”]* $/, /^[’'.,…)”]* [a-z]{2}/];
const oneWord = /^(?:\$\([a-z-]+\) )?[A-Z][a-z]+[…:?]?$/;

/** Errors are thrown for whoever reads the code or the log, types are no values, and the rest goes to machines or comes from them. */
const notForPeople = [
  "ThrowStatement *",
  "NewExpression[callee.name=/Error$/] *",
  "TSLiteralType *",
  "CallExpression[callee.property.name='startsWith'] > *",
  "Property[key.name='Authorization'] *",
];

function noTexts(patterns) {
  const message = "What a person reads belongs into a *Texts.ts of this room, which is free of vscode.";
  const selectors = [
    ...patterns.map(pattern => `Literal[value=${pattern}]`),
    ...words.map(pattern => `TemplateElement[value.raw=${pattern}]`),
  ];
  return selectors.map(selector => ({ selector: `${selector}:not(${notForPeople.join(", ")})`, message }));
}
/** What loads when VS Code starts, besides `start/` and `window/`: a few files that need nothing else. */
const atStart = [
  "commands",
  "text/(?:plainText|uriPath)",
  "render/apiUrl",
  "blueprints/looksLikeBlueprint",
  "matching/(?:link|target|reasonTexts)",
  "features/statusBar/idleButtonTexts",
];
const start = {
  files: ["src/extension.ts", "src/start/**", "src/window/**"],
  rules: {
    "@typescript-eslint/no-restricted-imports": [
      "error",
      {
        patterns: [
          {
            regex: `^\\.\\.?/(?!(?:\\.\\./)*(?:start/|window/|${atStart.join("\\.|")}\\.)|[a-zA-Z]+\\.js$)`,
            allowTypeImports: true,
            message:
              "This loads when VS Code starts, so it imports only types from the features: what works is loaded by start/parts.ts.",
          },
        ],
      },
    ],
  },
};

/** One after the other, as flat config replaces the options of a rule instead of merging them. */
const fences = rooms.flatMap(room => {
  const isEditors = editors.includes(room);
  const own = isEditors
    ? { patterns: above(room) }
    : { paths: [noVscode], patterns: [noShell, ...above(room)] };
  return [
    { files: [`src/${room}/**`], rules: { "no-restricted-imports": ["error", own] } },
    {
      files: [`src/${room}/vscode/**`],
      rules: { "no-restricted-imports": ["error", { patterns: above(room) }] },
    },
    {
      files: [`src/${room}/**/*Texts.ts`],
      rules: { "no-restricted-imports": ["error", { ...own, paths: [noVscode] }] },
    },
  ];
});

/** What must come from outside, where no VS Code is touched. */
const noPorts = [
  { selector: "ImportExpression[source.value='vscode']", message: noVscode.message },
  { selector: "CallExpression[callee.name=/^set(Timeout|Interval)$/]", message: clock },
  { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: clock },
  {
    selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
    message: "Randomness is passed in.",
  },
];
const noLoading = {
  // Packages besides: node-fetch with the first request, ws with the first deploy, the YAML parser with the first file.
  selector: "ImportExpression:not([source.value=/^(?:node-fetch|ws)$/], [source.value=/blueprintFile/])",
  message: "Code is loaded in start/parts.ts alone, where the plan of all parts is.",
};
const noCommand = {
  selector: "CallExpression[callee.property.name='registerCommand']",
  message: "Add the command to src/commands.ts and to the part that answers it.",
};

export default defineConfig(
  { ignores: ["dist/", "out/", "coverage/", ".vscode-test/"] },
  eslint.configs.recommended,
  { files: ["**/*.mjs"], languageOptions: { globals: { process: "readonly", console: "readonly" } } },
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "no-console": "error",
      // VS Code hands out Thenables, which this rule skips unless told.
      "@typescript-eslint/no-floating-promises": ["error", { checkThenables: true }],
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  {
    files: ["src/**"],
    ignores: shell,
    rules: {
      "no-restricted-globals": [
        "error",
        { name: "fetch", message: "fetch is injected: see render/http/http.ts." },
      ],
      "no-restricted-syntax": ["error", ...noPorts, ...noTexts(words)],
    },
  },
  { files: texts, rules: { "no-restricted-syntax": ["error", ...noPorts] } },
  ...fences,
  start,
  {
    files: shell,
    // Not those in a vscode/: texts lie beside it.
    ignores: [...editors.map(room => `src/${room}/*Texts.ts`), "src/**/*.d.ts"],
    rules: { "no-restricted-syntax": ["error", noLoading, noCommand, ...noTexts([...words, oneWord])] },
  },
  {
    files: ["src/start/registerCommands.ts", "src/start/parts.ts"],
    rules: { "no-restricted-syntax": ["error", ...noTexts([...words, oneWord])] },
  },
  {
    files: ["test/**"],
    rules: {
      "no-console": "off",
      // Chai-free mocha: `it` callbacks are often async and return promises on purpose.
      "@typescript-eslint/require-await": "off",
    },
  },
  prettier,
);
