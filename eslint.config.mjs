import eslint from "@eslint/js";
import prettier from "eslint-config-prettier";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

const noVscode = { name: "vscode", message: "src/core runs without VS Code: put this in src/vscode." };
const noShell = { group: ["**/vscode/**", "**/extension"], message: "src/core does not know the editor." };
const clock = "Time comes from the Clock port (src/core/ports.ts).";

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
    files: ["src/core/**"],
    rules: {
      "no-restricted-imports": ["error", { paths: [noVscode], patterns: [noShell] }],
      "no-restricted-globals": [
        "error",
        { name: "fetch", message: "fetch is injected: see core/render/http.ts." },
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
    // Flat config replaces a rule's options instead of merging them, so what still holds is repeated.
    files: ["src/core/render/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          paths: [noVscode],
          patterns: [
            noShell,
            {
              group: ["../deploy/*", "../git/*", "../services/*"],
              message: "The API client knows HTTP and Render, nothing of deploying.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["src/vscode/**", "src/extension.ts"],
    ignores: ["src/vscode/commands/register.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        {
          selector: "CallExpression[callee.property.name='registerCommand']",
          message: "Add the command to the table in commands/register.ts.",
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
