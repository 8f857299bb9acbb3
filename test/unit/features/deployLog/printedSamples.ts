/** What programs print of errors, each as a person finds it in the log of a deploy. */

export interface PrintedSample {
  readonly name: string;
  readonly log: string;
  /** Each problem as "severity program code | path:line:column | message"; what is not printed is left out. */
  readonly want: readonly string[];
  /** The files of the repository, where there are others than those that `want` names. */
  readonly files?: readonly string[];
}

export const printedSamples: readonly PrintedSample[] = [
  {
    name: "tsc",
    log: `
> harbor@1.4.0 build
> tsc -p tsconfig.build.json

src/berths.ts(42,7): error TS2322: Type 'string' is not assignable to type 'number'.
src/tides/table.ts(9,21): error TS2345: Argument of type 'Tide | undefined' is not assignable to parameter of type 'Tide'.
  Type 'undefined' is not assignable to type 'Tide'.
app/(harbor)/page.tsx(3,1): error TS6133: 'React' is declared but its value is never read.`,
    want: [
      "error tsc TS2322 | src/berths.ts:42:7 | Type 'string' is not assignable to type 'number'.",
      "error tsc TS2345 | src/tides/table.ts:9:21 | Argument of type 'Tide | undefined' is not assignable to parameter of type 'Tide'.\n  Type 'undefined' is not assignable to type 'Tide'.",
      "error tsc TS6133 | app/(harbor)/page.tsx:3:1 | 'React' is declared but its value is never read.",
    ],
  },
  {
    name: "tsc with colours",
    log: `
src/berths.ts:42:7 - error TS2322: Type 'string' is not assignable to type 'number'.

42   const draft: number = "deep";
           ~~~~~

Found 1 error in src/berths.ts:42`,
    want: ["error tsc TS2322 | src/berths.ts:42:7 | Type 'string' is not assignable to type 'number'."],
  },
  {
    name: "tsc: its configuration",
    log: `
error TS18003: No inputs were found in config file '/opt/render/project/src/api/tsconfig.json'. Specified 'include' paths were '["source"]' and 'exclude' paths were '[]'.
api/tsconfig.json(7,25): error TS5110: Option 'module' must be set to 'NodeNext' when option 'moduleResolution' is set to 'NodeNext'.`,
    want: [
      `error tsc TS18003 | api/tsconfig.json | No inputs were found in config file '/opt/render/project/src/api/tsconfig.json'. Specified 'include' paths were '["source"]' and 'exclude' paths were '[]'.`,
      "error tsc TS5110 | api/tsconfig.json:7:25 | Option 'module' must be set to 'NodeNext' when option 'moduleResolution' is set to 'NodeNext'.",
    ],
  },
  {
    name: "ts-loader and fork-ts-checker",
    log: `
[tsl] ERROR in /opt/render/project/src/src/quay.ts(12,9)
      TS2304: Cannot find name 'crane'.

ERROR in src/crane.ts:3:14
TS2307: Cannot find module './hook' or its corresponding type declarations.`,
    want: [
      "error tsc TS2304 | src/quay.ts:12:9 | Cannot find name 'crane'.",
      "error tsc TS2307 | src/crane.ts:3:14 | Cannot find module './hook' or its corresponding type declarations.",
    ],
  },
  {
    name: "Next.js: a type error",
    log: `
   Linting and checking validity of types ...
Failed to compile.

./app/berths/[id]/page.tsx:27:18
Type error: Property 'draught' does not exist on type 'Ship'.

  25 |   const ship = await find(id);
  26 |
> 27 |   return <p>{ship.draught}</p>;
     |                  ^`,
    want: ["error next | app/berths/[id]/page.tsx:27:18 | Property 'draught' does not exist on type 'Ship'."],
  },
  {
    name: "Next.js: what ESLint says",
    log: `
Failed to compile.

./src/components/Lamp.tsx
14:6  Warning: React Hook useEffect has a missing dependency: 'level'. Either include it or remove the dependency array.  react-hooks/exhaustive-deps
31:11  Error: \`'\` can be escaped with \`&apos;\`, \`&lsquo;\`, \`&#39;\`, \`&rsquo;\`.  react/no-unescaped-entities

./src/components/Buoy.tsx
5:8  Error: 'Image' is defined but never used.  @typescript-eslint/no-unused-vars

info  - Need to disable some ESLint rules? Learn more here: https://nextjs.org/docs/basic-features/eslint#disabling-rules`,
    want: [
      "warning eslint react-hooks/exhaustive-deps | src/components/Lamp.tsx:14:6 | React Hook useEffect has a missing dependency: 'level'. Either include it or remove the dependency array.",
      "error eslint react/no-unescaped-entities | src/components/Lamp.tsx:31:11 | `'` can be escaped with `&apos;`, `&lsquo;`, `&#39;`, `&rsquo;`.",
      "error eslint @typescript-eslint/no-unused-vars | src/components/Buoy.tsx:5:8 | 'Image' is defined but never used.",
    ],
  },
  {
    name: "Next.js: what Turbopack and webpack do not find",
    log: `
./src/lib/fog.ts:2:1
Module not found: Can't resolve '@/lib/horn'
  1 | import { lamp } from "./lamp";
> 2 | import { horn } from "@/lib/horn";

./src/lib/tide.ts
Module not found: Can't resolve './moon'`,
    want: [
      "error next | src/lib/fog.ts:2:1 | Module not found: Can't resolve '@/lib/horn'",
      "error webpack | src/lib/tide.ts | Module not found: Can't resolve './moon'",
    ],
  },
  {
    name: "ESLint",
    log: `
> eslint . --max-warnings 0

/opt/render/project/src/src/berths.js
   3:10  error    'moor' is defined but never used  no-unused-vars
  12:1   warning  Unexpected console statement      no-console
   9:4   error    Parsing error: Unexpected token }

✖ 3 problems (2 errors, 1 warning)`,
    want: [
      "error eslint no-unused-vars | src/berths.js:3:10 | 'moor' is defined but never used",
      "warning eslint no-console | src/berths.js:12:1 | Unexpected console statement",
      "error eslint | src/berths.js:9:4 | Parsing error: Unexpected token }",
    ],
  },
  {
    name: "Create React App",
    log: `
Creating an optimized production build...

Treating warnings as errors because process.env.CI = true.
Most CI servers set it automatically.

Failed to compile.

[eslint]
src/App.js
  Line 7:10:  'tide' is assigned a value but never used  no-unused-vars`,
    want: ["error eslint no-unused-vars | src/App.js:7:10 | 'tide' is assigned a value but never used"],
  },
  {
    name: "ESLint: a configuration that is not there",
    log: ` ⨯ ESLint: Failed to load config "next/typescript" to extend from. Referenced from: /opt/render/project/src/web/.eslintrc.json`,
    want: ['warning eslint | web/.eslintrc.json | Failed to load config "next/typescript" to extend from.'],
  },
  {
    name: "esbuild",
    log: `
✘ [ERROR] Could not resolve "./lantern"

    src/lamp.ts:3:24:
      3 │ import { lantern } from "./lantern";
        ╵                         ~~~~~~~~~~~

▲ [WARNING] Duplicate key "fog" in object literal [duplicate-object-key]

    src/horn.ts:8:2:
      8 │   fog: 2,
        ╵   ~~~`,
    want: [
      'error esbuild | src/lamp.ts:3:25 | Could not resolve "./lantern"',
      'warning esbuild | src/horn.ts:8:3 | Duplicate key "fog" in object literal [duplicate-object-key]',
    ],
  },
  {
    name: "Angular",
    log: `
✘ [ERROR] TS2339: Property 'beam' does not exist on type 'Lamp'. [plugin angular-compiler]

    src/app/lamp.component.ts:18:9:
      18 │     this.beam = 3;
         ╵          ~~~~`,
    want: [
      "error esbuild TS2339 | src/app/lamp.component.ts:18:10 | Property 'beam' does not exist on type 'Lamp'.",
    ],
  },
  {
    name: "esbuild in Vite, and as it once was",
    log: `
error during build:
[vite:esbuild] Transform failed with 1 error:
/opt/render/project/src/src/pages/Quay.tsx:88:12: ERROR: Expected ")" but found "}"
file: /opt/render/project/src/src/pages/Quay.tsx:88:12

Expected ")" but found "}"
 > src/old.js:4:6: error: Unexpected "="`,
    want: [
      'error esbuild | src/pages/Quay.tsx:88:13 | Expected ")" but found "}"',
      'error esbuild | src/old.js:4:7 | Unexpected "="',
    ],
  },
  {
    name: "Vite: a configuration that cannot be loaded",
    log: `
failed to load config from /opt/render/project/src/web/vite.config.ts
error during build:
Error: Cannot find module '@vitejs/plugin-react'
Require stack:
- /opt/render/project/src/web/vite.config.ts`,
    want: ["error vite | web/vite.config.ts | Error: Cannot find module '@vitejs/plugin-react'"],
  },
  {
    name: "Rollup",
    log: `
✗ Build failed in 1.21s
error during build:
src/main.ts (4:9): "moor" is not exported by "src/berths.ts", imported by "src/main.ts".
file: /opt/render/project/src/src/main.ts:4:9

2: import { lamp } from './lamp';
3:
4: import { moor } from './berths';
            ^
src/Fog.tsx (1:0): Error when using sourcemap for reporting an error: Can't resolve original location of error.`,
    want: [
      'error vite | src/main.ts:4:10 | "moor" is not exported by "src/berths.ts", imported by "src/main.ts".',
    ],
    files: ["src/Fog.tsx"],
  },
  {
    name: "Rollup: what is not found",
    log: `
[vite]: Rollup failed to resolve import "leaflet" from "/opt/render/project/src/src/Chart.tsx".
This is most likely unintended because it can break your application at runtime.
Could not resolve "./Buoy" from "src/Harbor.tsx"
[vite:build-html] Failed to resolve /src/entry.tsx from /opt/render/project/src/index.html
RollupError: "moor" is not exported by "src/berths.ts", imported by "src/Pier.tsx".
[vite:load-fallback] Could not load /opt/render/project/src/src/lib/utils (imported by src/Quay.tsx): ENOENT: no such file or directory, open '/opt/render/project/src/src/lib/utils'`,
    want: [
      'error vite | src/Chart.tsx | Rollup failed to resolve import "leaflet"',
      'error vite | src/Harbor.tsx | Could not resolve "./Buoy"',
      "error vite | index.html | Failed to resolve /src/entry.tsx",
      'error vite | src/Pier.tsx | "moor" is not exported by "src/berths.ts"',
      "error vite | src/Quay.tsx | Could not load /opt/render/project/src/src/lib/utils (ENOENT: no such file or directory, open '/opt/render/project/src/src/lib/utils')",
    ],
  },
  {
    name: "a plugin of Vite",
    log: `
error during build:
[vite:vue] [vue/compiler-sfc] Missing initializer in const declaration. (6:12)

file: /opt/render/project/src/src/Lamp.vue:6:11
4  |  const level = 3;`,
    want: [
      "error vite vite:vue | src/Lamp.vue:6:12 | [vue/compiler-sfc] Missing initializer in const declaration. (6:12)",
    ],
  },
  {
    name: "webpack",
    log: `
ERROR in ./src/index.js 5:0-28
Module not found: Error: Can't resolve './quay' in '/opt/render/project/src/src'
 @ ./src/entry.js 1:0-20

ERROR in ./src/styles.css
Module parse failed: Unexpected character '@' (1:4)
You may need an appropriate loader to handle this file type.`,
    want: [
      "error webpack | src/index.js:5:1-29 | Module not found: Error: Can't resolve './quay' in '/opt/render/project/src/src'",
      "error webpack | src/styles.css:1:5 | Module parse failed: Unexpected character '@'",
    ],
  },
  {
    name: "Babel",
    log: `SyntaxError: /opt/render/project/src/src/App.jsx: Unexpected token, expected "," (19:6)`,
    want: ['error babel | src/App.jsx:19:7 | Unexpected token, expected ","'],
  },
  {
    name: "swc",
    log: `
./src/app/page.js
Error:   x Expected '</', got 'jsx text ('
     ,-[/opt/render/project/src/src/app/page.js:11:1]
  11 |   </main
     \`----`,
    want: ["error swc | src/app/page.js:11:1 | Expected '</', got 'jsx text ('"],
  },
  {
    name: "PostCSS",
    log: `CssSyntaxError: /opt/render/project/src/src/index.css:7:3: The \`fog-200\` class does not exist.`,
    want: ["error postcss | src/index.css:7:3 | The `fog-200` class does not exist."],
  },
  {
    name: "Sass",
    log: `
Error: Undefined variable.
  ╷
4 │   color: $fog;
  │          ^^^^
  ╵
  src/styles/lamp.scss 4:10  root stylesheet`,
    want: ["error sass | src/styles/lamp.scss:4:10 | Undefined variable."],
  },
  {
    name: "svelte-check",
    log: `
/opt/render/project/src/src/routes/+page.svelte:9:15
Error: Property 'tide' does not exist on type 'PageData'. (ts)`,
    want: [
      "error svelte ts | src/routes/+page.svelte:9:15 | Property 'tide' does not exist on type 'PageData'.",
    ],
  },
  {
    name: "Python",
    log: `
==> Running 'gunicorn harbor.wsgi'
Traceback (most recent call last):
  File "/opt/render/project/src/.venv/bin/gunicorn", line 8, in <module>
    sys.exit(run())
             ^^^^^
  File "/opt/render/project/src/harbor/wsgi.py", line 14, in <module>
    application = make()
  File "/opt/render/project/src/harbor/settings.py", line 31, in make
    secret = os.environ["HARBOR_SECRET"]
             ~~~~~~~~~~^^^^^^^^^^^^^^^^^
  File "<frozen os>", line 685, in __getitem__
KeyError: 'HARBOR_SECRET'`,
    want: ["error python | harbor/settings.py:31 | KeyError: 'HARBOR_SECRET'"],
    files: ["harbor/wsgi.py"],
  },
  {
    name: "Python: what it cannot read",
    log: `
  File "/opt/render/project/src/manage.py", line 22, in <module>
    main()
  File "/opt/render/project/src/tides/views.py", line 57
    def tide(request)
                     ^
SyntaxError: expected ':'`,
    want: ["error python | tides/views.py:57 | SyntaxError: expected ':'"],
    files: ["manage.py"],
  },
  {
    name: "mypy",
    log: `
app/tides.py:12: error: Incompatible return value type (got "str", expected "int")  [return-value]
Found 1 error in 1 file (checked 9 source files)`,
    want: [
      'error python return-value | app/tides.py:12 | Incompatible return value type (got "str", expected "int")',
    ],
  },
  {
    name: "Ruff and Flake8",
    log: `
app/main.py:1:8: F401 [*] \`os\` imported but unused
E501 Line too long (131 > 100)
  --> app/tides.py:40:101
   |`,
    want: [
      "error python F401 | app/main.py:1:8 | `os` imported but unused",
      "error python E501 | app/tides.py:40:101 | Line too long (131 > 100)",
    ],
  },
  {
    name: "pip: a line that is no package",
    log: `
ERROR: Invalid requirement: 'flask=3.0': Expected end or semicolon (after name and no valid version specifier)
    flask=3.0
         ^ (from line 2 of requirements.txt)
ERROR: Invalid requirement: '<<<<<<< HEAD' (from line 7 of requirements/base.txt)`,
    want: [
      "error pip | requirements.txt:2 | Invalid requirement: 'flask=3.0': Expected end or semicolon (after name and no valid version specifier)",
      "error pip | requirements/base.txt:7 | Invalid requirement: '<<<<<<< HEAD'",
    ],
  },
  {
    name: "pip: a package that cannot be built",
    log: `
Collecting flask==3.0.0 (from -r requirements.txt (line 1))
  Downloading flask-3.0.0-py3-none-any.whl (99 kB)
Collecting lxml==4.9.2 (from -r requirements.txt (line 4))
  Downloading lxml-4.9.2.tar.gz (3.7 MB)
  Preparing metadata (setup.py): started
  Preparing metadata (setup.py): finished with status 'error'
  error: subprocess-exited-with-error

  × python setup.py egg_info did not run successfully.
  │ exit code: 1`,
    want: [
      "error pip | requirements.txt:4 | python setup.py egg_info did not run successfully. (lxml==4.9.2)",
    ],
  },
  {
    name: "pip: versions that cannot be had",
    log: `
ERROR: Cannot install -r requirements.txt (line 5) and django==5.2 because these package versions have conflicting dependencies.
ERROR: Could not find a version that satisfies the requirement foghorn==9.9 (from versions: 1.0, 1.1)
ERROR: No matching distribution found for foghorn==9.9
ERROR: No matching distribution found for tides==3 (from -r requirements/base.txt (line 2))`,
    want: [
      "error pip | requirements.txt:5 | Cannot install -r requirements.txt (line 5) and django==5.2 because these package versions have conflicting dependencies.",
      "error pip | requirements.txt | No matching distribution found for foghorn==9.9",
      "error pip | requirements/base.txt:2 | No matching distribution found for tides==3",
    ],
  },
  {
    name: "Poetry",
    log: `
pyproject.toml changed significantly since poetry.lock was last generated. Run \`poetry lock\` to fix the lock file.
Invalid TOML file /opt/render/project/src/api/pyproject.toml: Unexpected character: '\\n' at line 9 col 13`,
    want: [
      "error poetry | pyproject.toml | pyproject.toml changed significantly since poetry.lock was last generated. Run `poetry lock` to fix the lock file.",
      "error poetry | api/pyproject.toml:9:13 | Unexpected character: '\\n'",
    ],
  },
  {
    name: "Go",
    log: `
# github.com/harbor-labs/lighthouse/internal/lamp
internal/lamp/lamp.go:19:2: undefined: level
./main.go:8:2: "os" imported and not used
vet: cmd/fog.go:3:8: could not import harbor (invalid package name: "")
go.mod:3: invalid go version '1.x': must match format 1.23`,
    want: [
      "error go | internal/lamp/lamp.go:19:2 | undefined: level",
      'error go | main.go:8:2 | "os" imported and not used',
      'error go | cmd/fog.go:3:8 | could not import harbor (invalid package name: "")',
      "error go | go.mod:3 | invalid go version '1.x': must match format 1.23",
    ],
  },
  {
    name: "Go: what go.mod asks for",
    log: `
go: go.mod requires go >= 1.26.1 (running go 1.25.0; GOTOOLCHAIN=local)
go: updates to go.mod needed; to update it:
	go mod tidy`,
    want: [
      "error go | go.mod | go.mod requires go >= 1.26.1 (running go 1.25.0; GOTOOLCHAIN=local)",
      "error go | go.mod | updates to go.mod needed; to update it:",
    ],
  },
  {
    name: "Go: a panic",
    log: `
panic: runtime error: invalid memory address or nil pointer dereference
[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x6f1c2a]

goroutine 1 [running]:
database/sql.(*DB).conn(0x0, {0x9b1f38, 0xc0000140a8})
	/opt/render/project/go/src/database/sql.go:1300 +0x5c
main.open(...)
	/opt/render/project/go/src/github.com/harbor-labs/lighthouse/store/open.go:27
main.main()
	/opt/render/project/go/src/github.com/harbor-labs/lighthouse/main.go:12 +0x1d
exit status 2`,
    want: ["error go | store/open.go:27 | runtime error: invalid memory address or nil pointer dereference"],
    files: ["main.go"],
  },
  {
    name: "Rust",
    log: `
warning: unused variable: \`fog\`
 --> src/horn.rs:7:9
  |
7 |     let fog = 3;
  |         ^^^ help: if this is intentional, prefix it with an underscore: \`_fog\`

error[E0308]: mismatched types
  --> crates/lamp/src/lib.rs:21:5
   |`,
    want: [
      "warning rustc | src/horn.rs:7:9 | unused variable: `fog`",
      "error rustc E0308 | crates/lamp/src/lib.rs:21:5 | mismatched types",
    ],
  },
  {
    name: "Rust: a panic",
    log: `
thread 'main' panicked at src/main.rs:31:10:
PORT must be set: NotPresent
note: run with \`RUST_BACKTRACE=1\` environment variable to display a backtrace
thread 'main' panicked at 'no lamp', src/old.rs:4:5`,
    want: [
      "error rustc | src/main.rs:31:10 | PORT must be set: NotPresent",
      "error rustc | src/old.rs:4:5 | no lamp",
    ],
  },
  {
    name: "Prisma",
    log: `
Error: Prisma schema validation - (get-config wasm)
Error code: P1012
error: Environment variable not found: DATABASE_URL.
  -->  prisma/schema.prisma:7
   |
 6 |   provider = "postgresql"`,
    want: ["error prisma | prisma/schema.prisma:7 | Environment variable not found: DATABASE_URL."],
  },
  {
    name: "Ruby: what it cannot read",
    log: `
/opt/render/project/src/config/routes.rb:9: syntax error, unexpected end-of-input, expecting \`end'
bundler: failed to load command: puma (/opt/render/project/.gems/bin/puma)`,
    want: ["error ruby | config/routes.rb:9 | syntax error, unexpected end-of-input, expecting `end'"],
  },
  {
    name: "Ruby: an error that nothing caught",
    log: `
/opt/render/project/.gems/ruby/3.3.0/gems/zeitwerk-2.6.12/lib/zeitwerk/kernel.rb:34:in \`require': cannot load such file -- redis (LoadError)
	from /opt/render/project/.gems/ruby/3.3.0/gems/zeitwerk-2.6.12/lib/zeitwerk/kernel.rb:34:in \`require'
	from /opt/render/project/src/config/initializers/cache.rb:2:in \`<main>'
	from /opt/render/project/src/config/environment.rb:5:in \`<main>'`,
    want: ["error ruby LoadError | config/initializers/cache.rb:2 | cannot load such file -- redis"],
    files: ["config/environment.rb"],
  },
  {
    name: "Ruby: a task of Rails",
    log: `
bin/rails aborted!
NameError: uninitialized constant Harbor::Tide

    has_many :tides, class_name: Tide.name
                                 ^^^^
/opt/render/project/src/app/models/harbor.rb:6:in \`<class:Harbor>'
/opt/render/project/src/app/models/harbor.rb:1:in \`<main>'
Tasks: TOP => db:migrate`,
    want: ["error ruby | app/models/harbor.rb:6 | NameError: uninitialized constant Harbor::Tide"],
  },
  {
    name: "Bundler",
    log: `
[!] There was an error parsing \`Gemfile\`: syntax error, unexpected string literal, expecting \`do' or '{' or '('. Bundler cannot continue.

 #  from /opt/render/project/src/Gemfile:11
 #  -------------------------------------------`,
    want: [
      "error ruby | Gemfile:11 | syntax error, unexpected string literal, expecting `do' or '{' or '('. Bundler cannot continue.",
    ],
  },
  {
    name: "Maven",
    log: `
[ERROR] COMPILATION ERROR :
[INFO] -------------------------------------------------------------
[ERROR] /app/src/main/java/com/harbor/Lamp.java:[17,9] cannot find symbol
[ERROR]   symbol:   class Beam
[WARNING] /app/src/main/java/com/harbor/Fog.java:[3,17] horn() in Fog has been deprecated`,
    want: [
      "error maven | src/main/java/com/harbor/Lamp.java:17:9 | cannot find symbol",
      "warning maven | src/main/java/com/harbor/Fog.java:3:17 | horn() in Fog has been deprecated",
    ],
  },
  {
    name: "Kotlin in Gradle",
    log: `
> Task :compileKotlin FAILED
e: file:///app/src/main/kotlin/Lamp.kt:8:13 Unresolved reference 'beam'.
w: /app/src/main/kotlin/Fog.kt: (2, 5): Variable 'horn' is never used`,
    want: [
      "error gradle | src/main/kotlin/Lamp.kt:8:13 | Unresolved reference 'beam'.",
      "warning gradle | src/main/kotlin/Fog.kt:2:5 | Variable 'horn' is never used",
    ],
  },
  {
    name: "Gradle: its own file",
    log: `
FAILURE: Build failed with an exception.

* Where:
Build file '/app/build.gradle' line: 14

* What went wrong:
A problem occurred evaluating root project 'harbor'.`,
    want: ["error gradle | build.gradle:14 | A problem occurred evaluating root project 'harbor'."],
  },
  {
    name: "javac",
    log: `
/app/src/main/java/com/harbor/Quay.java:12: error: ';' expected
        int berths = 3
                      ^`,
    want: ["error javac | src/main/java/com/harbor/Quay.java:12 | ';' expected"],
  },
  {
    name: "Scala",
    log: `[error] /app/src/main/scala/Lamp.scala:6:10: not found: value beam`,
    want: ["error scalac | src/main/scala/Lamp.scala:6:10 | not found: value beam"],
  },
  {
    name: "Spring: a property",
    log: `org.springframework.boot.context.config.InvalidConfigDataPropertyException: Property 'spring.profiles' is invalid [origin: class path resource [application-prod.yml] from harbor.jar - 6:3]`,
    want: [
      "error spring | src/main/resources/application-prod.yml:6:3 | Property 'spring.profiles' is invalid",
    ],
  },
  {
    name: "Java: an exception",
    log: `
Exception in thread "main" java.lang.IllegalStateException: HARBOR_URL is not set
	at java.base/java.util.Optional.orElseThrow(Optional.java:403)
	at com.harbor.config.Env.need(Env.java:22)
	at com.harbor.Main.main(Main.java:9)`,
    want: [
      "error java | src/main/java/com/harbor/config/Env.java:22 | java.lang.IllegalStateException: HARBOR_URL is not set",
    ],
    files: ["src/main/java/com/harbor/Main.java"],
  },
  {
    name: ".NET",
    log: `
#12 [build 5/5] RUN dotnet publish -c Release -o /out
#12 8.101 /src/Harbor/Lamp.cs(14,20): error CS1002: ; expected [/src/Harbor/Harbor.csproj]
#12 8.190 /src/Harbor/Harbor.csproj : error NU1101: Unable to find package Foghorn. No packages exist with this id in source(s): nuget.org`,
    want: [
      "error dotnet CS1002 | Harbor/Lamp.cs:14:20 | ; expected",
      "error dotnet NU1101 | Harbor/Harbor.csproj | Unable to find package Foghorn. No packages exist with this id in source(s): nuget.org",
    ],
  },
  {
    name: ".NET: an exception",
    log: `
Unhandled exception. System.InvalidOperationException: No connection string named 'Tides' was found.
   at Microsoft.Extensions.Configuration.Guard.Check() in /_/src/Guard.cs:line 9
   at Harbor.Store.Open() in /src/Harbor/Store.cs:line 33
   at Program.<Main>$(String[] args) in /src/Harbor/Program.cs:line 7`,
    want: [
      "error dotnet | Harbor/Store.cs:33 | System.InvalidOperationException: No connection string named 'Tides' was found.",
    ],
    files: ["Harbor/Program.cs"],
  },
  {
    name: "PHP",
    log: `
PHP Parse error:  syntax error, unexpected token "}", expecting ";" in /var/www/html/app/Lamp.php on line 21
Parse error: syntax error, unexpected token "}", expecting ";" in /var/www/html/app/Lamp.php on line 21
PHP Fatal error:  Uncaught Error: Class "Foghorn" not found in /var/www/html/vendor/horn/src/Horn.php:5
Stack trace:
#0 /var/www/html/public/index.php(12): Horn->blow()
#1 {main}`,
    want: [
      'error php | app/Lamp.php:21 | syntax error, unexpected token "}", expecting ";"',
      'error php | public/index.php:12 | Uncaught Error: Class "Foghorn" not found',
    ],
  },
  {
    name: "Elixir",
    log: `
    error: undefined variable "level"
    │
 12 │     lamp(level)
    │          ^^^^^
    │
    └─ lib/harbor/lamp.ex:12:10: Harbor.Lamp.light/0

** (SyntaxError) lib/harbor/fog.ex:3:9: syntax error before: 'do'`,
    want: [
      'error elixir | lib/harbor/lamp.ex:12:10 | undefined variable "level"',
      "error elixir SyntaxError | lib/harbor/fog.ex:3:9 | syntax error before: 'do'",
    ],
  },
  {
    name: "a step of a Dockerfile",
    log: `
#9 [4/6] RUN npm ci
#9 1.204 npm error \`npm ci\` can only install packages when your package.json and package-lock.json are in sync.
#9 ERROR: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1
------
 > [4/6] RUN npm ci:
------
Dockerfile:7
--------------------
   6 |     COPY package*.json ./
   7 | >>> RUN npm ci
--------------------
error: failed to solve: process "/bin/sh -c npm ci" did not complete successfully: exit code: 1

 1 warning found:
 - JSONArgsRecommended: JSON arguments recommended for CMD to prevent unintended behavior related to OS signals (line 12)`,
    want: [
      'error docker | Dockerfile:7 | process "/bin/sh -c npm ci" did not complete successfully: exit code: 1',
      "warning docker JSONArgsRecommended | Dockerfile:12 | JSON arguments recommended for CMD to prevent unintended behavior related to OS signals",
    ],
  },
  {
    name: "Node.js",
    log: `
/opt/render/project/src/node_modules/pg-pool/index.js:45
    Error.captureStackTrace(err)
          ^

TypeError: Cannot read properties of undefined (reading 'tides')
    at parse (/opt/render/project/src/node_modules/pg-pool/index.js:45:11)
    at open (/opt/render/project/src/lib/store.js:19:24)
    at async file:///opt/render/project/src/server.js:6:1

Node.js v22.16.0`,
    want: [
      "error node | lib/store.js:19:24 | TypeError: Cannot read properties of undefined (reading 'tides')",
    ],
    files: ["server.js"],
  },
  {
    name: "Node.js: what it cannot read",
    log: `
/opt/render/project/src/lib/lamp.js:4
const level = ;
              ^

SyntaxError: Unexpected token ';'
    at wrapSafe (node:internal/modules/cjs/loader:1469:18)
    at Object.<anonymous> (/opt/render/project/src/server.js:2:14)

Node.js v22.16.0`,
    want: ["error node | lib/lamp.js:4 | SyntaxError: Unexpected token ';'"],
    files: ["server.js"],
  },
  {
    name: "Node.js: a module that is not there",
    log: `
node:internal/modules/cjs/loader:1228
  throw err;
  ^

Error: Cannot find module './quay'
Require stack:
- /opt/render/project/src/server.js
    at Module._resolveFilename (node:internal/modules/cjs/loader:1225:15)
    at Object.<anonymous> (/opt/render/project/src/server.js:3:14) {
  code: 'MODULE_NOT_FOUND',
}
Error [ERR_MODULE_NOT_FOUND]: Cannot find package 'fastify' imported from /opt/render/project/src/app.mjs`,
    want: [
      "error node | server.js:3:14 | Error: Cannot find module './quay'",
      "error node | app.mjs | Cannot find package 'fastify'",
    ],
  },
  {
    name: "Node.js: a module that a configuration lacks",
    log: `
An error occurred in \`next/font\`.

Error: Cannot find module 'autoprefixer'
Require stack:
- /opt/render/project/src/node_modules/next/dist/build/webpack/config/blocks/css/plugins.js
- /opt/render/project/src/web/postcss.config.js
- /opt/render/project/src/web/next.config.js
    at Module._resolveFilename (node:internal/modules/cjs/loader:1225:15)`,
    want: ["error node | web/postcss.config.js | Error: Cannot find module 'autoprefixer'"],
    files: ["web/next.config.js"],
  },
  {
    name: "Node.js: as it once said where",
    log: `
internal/modules/cjs/loader.js:888
  throw err;
  ^

Error: Cannot find module 'express'
Require stack:
- /opt/render/project/src/app.js
    at Function.Module._resolveFilename (internal/modules/cjs/loader.js:885:15)
    at Object.<anonymous> (/opt/render/project/src/app.js:1:17) {
  code: 'MODULE_NOT_FOUND',`,
    want: ["error node | app.js:1:17 | Error: Cannot find module 'express'"],
  },
  {
    name: "Node.js: the end of a trace",
    log: `
        ^

RangeError [ERR_SOCKET_BAD_PORT]: options.port should be >= 0 and < 65536. Received type string ('harbor').
    at Server.listen (node:net:2089:5)
    at Object.<anonymous> (/opt/render/project/src/server.js:14:8) {
  code: 'ERR_SOCKET_BAD_PORT'
}

Node.js v22.16.0`,
    want: [
      "error node ERR_SOCKET_BAD_PORT | server.js:14:8 | RangeError [ERR_SOCKET_BAD_PORT]: options.port should be >= 0 and < 65536. Received type string ('harbor').",
    ],
  },
  {
    name: "Bun",
    log: `
 9 | const url = process.env.TIDES_URL;
10 | if (!url) throw new Error("TIDES_URL is missing");
                     ^
error: TIDES_URL is missing
      at /opt/render/project/src/index.ts:10:21`,
    want: ["error bun | index.ts:10:21 | error: TIDES_URL is missing"],
  },
  {
    name: "Deno",
    log: `
error: TS2304 [ERROR]: Cannot find name 'level'.
light(level);
      ~~~~~
    at file:///app/main.ts:5:7`,
    want: ["error deno TS2304 | main.ts:5:7 | Cannot find name 'level'."],
  },
  {
    name: "npm: a script that is not there, and a file that is no JSON",
    log: `
npm error Missing script: "bundle"
npm error
npm error To see a list of scripts, run:
npm error code EJSONPARSE
npm error path /opt/render/project/src/web/package.json
npm error JSON.parse Expected double-quoted property name in JSON at position 214 (line 9 column 3)`,
    want: [
      'error npm | package.json | Missing script: "bundle"',
      "error npm | web/package.json | Expected double-quoted property name in JSON at position 214 (line 9 column 3)",
    ],
  },
  {
    name: "pnpm, Yarn and Bun: a script that is not there",
    log: `
 ERR_PNPM_NO_SCRIPT  Missing script: bundle
error Command "bundles" not found.
error: Script not found "bundle"
Usage Error: Couldn't find a script named "bundle".`,
    want: [
      "error npm | package.json | Missing script: bundle",
      'error npm | package.json | Command "bundles" not found',
      'error npm | package.json | Script not found "bundle"',
      'error npm | package.json | Couldn\'t find a script named "bundle"',
    ],
  },
  {
    name: "Hugo",
    log: `Error: error building site: failed to render pages: "/opt/render/project/src/layouts/index.html:6:5": execute of template failed at <.Tide>: can't evaluate field Tide`,
    want: [
      "error hugo | layouts/index.html:6:5 | execute of template failed at <.Tide>: can't evaluate field Tide",
    ],
  },
  {
    name: "Jekyll",
    log: `  Liquid Exception: Liquid syntax error (line 14): Unknown tag 'tide' in _posts/2026-05-01-fog.md`,
    want: ["error jekyll | _posts/2026-05-01-fog.md | Liquid syntax error (line 14): Unknown tag 'tide'"],
  },
  {
    name: "a script of a shell",
    log: `
./bin/release.sh: line 4: TIDES_URL: TIDES_URL is required
bin/fog: 9: horn: not found
bash: line 1: gunicorn: command not found
builder.sh: line 51: cd: /opt/render/project/src/web: No such file or directory`,
    want: [
      "error sh | bin/release.sh:4 | TIDES_URL: TIDES_URL is required",
      "error sh | bin/fog:9 | horn: not found",
    ],
  },
];
