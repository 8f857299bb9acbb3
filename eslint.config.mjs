import eslint from "@eslint/js";
import prettier from "eslint-config-prettier";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

const noVscode = { name: "vscode", message: "This runs without VS Code: what touches it lies in vscode/." };
const noShell = { regex: "/(?:vscode|window|dialogs|start)/", message: "This runs without VS Code." };
const clock = "Time comes from the Clock port (src/ports.ts).";
/** What touches VS Code. */
const shell = ["src/**/vscode/**", "src/{start,window,dialogs}/**", "src/extension.ts"];

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
      "no-restricted-imports": ["error", { paths: [noVscode], patterns: [noShell] }],
      "no-restricted-globals": [
        "error",
        { name: "fetch", message: "fetch is injected: see render/http/http.ts." },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "ImportExpression[source.value='vscode']", message: noVscode.message },
        { selector: "CallExpression[callee.name=/^set(Timeout|Interval)$/]", message: clock },
        { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: clock },
        {
          selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
          message: "Randomness is passed in.",
        },
      ],
    },
  },
  {
    files: shell,
    ignores: ["src/start/registerCommands.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "CallExpression[callee.property.name='registerCommand']",
          message: "Add the command to the table in start/table.ts.",
        },
      ],
    },
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
