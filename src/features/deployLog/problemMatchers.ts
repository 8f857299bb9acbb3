/** How well-known programs print where an error is: a table in the spirit of VS Code's problem matchers. */

/**
 * One line of what is printed. The groups of all lines of a matcher together say what the problem is: `path`, `line`,
 * `column`, `endLine`, `endColumn`, `severity`, `code`, `message`, and `about`, which is told after the message.
 */
export interface PrintedLine {
  readonly pattern: RegExp;
  /** So many lines below the one before it stands at most, empty ones aside; 1 unless told. */
  readonly within?: number;
  /** Whether it comes again: each is a problem of its own, or each is a place where the one problem may be. */
  readonly each?: "problem" | "place";
  /** What may stand between the places. */
  readonly between?: RegExp;
  /** The matcher fits without it too. */
  readonly isOptional?: true;
}

export interface ProblemMatcher {
  /** The program, as it is named beside the problem. */
  readonly source: string;
  readonly lines: readonly PrintedLine[];
  /** Of what is printed without one; an error unless told. */
  readonly severity?: "warning";
  /** The file, where what is printed does not name it. */
  readonly path?: string;
  /** Whether columns are printed from 0. */
  readonly isFromZero?: true;
  /** Whether the last place is the nearest to the error, and not the first. */
  readonly isLastNearest?: true;
  /** What belongs to the message when it stands below. */
  readonly more?: RegExp;
}

const rows = (source: string, ...matchers: Omit<ProblemMatcher, "source">[]): ProblemMatcher[] =>
  matchers.map(matcher => ({ source, ...matcher }));
const one = (pattern: RegExp): readonly PrintedLine[] => [{ pattern }];

/** What programs in JavaScript were called by, most of them on the way to the error. */
const jsFrame: PrintedLine = {
  pattern:
    /^\s+at (?:.*\()?(?:async )?(?<path>(?:file:\/\/)?\/[^:]*):(?<line>\d+):(?<column>\d+)\)?(?: \{)?$/u,
  within: 8,
  each: "place",
  between: /^\s+\S|^- /u,
};

const rubyFrame: PrintedLine = {
  pattern: /^\s*(?:from )?(?<path>[^\s:<][^:]*):(?<line>\d+):in [`']/u,
  within: 6,
  each: "place",
  between: /^\s*(?:from )?<internal:|^\s+\.{3} \d+ levels/u,
};

/** The first that fits a line counts. */
export const problemMatchers: readonly ProblemMatcher[] = [
  ...rows(
    "tsc",
    {
      lines: one(
        /^(?<path>[^\s(][^(]*(?:\([^\d)][^)]*\)[^(]*)*)\((?<line>\d+),(?<column>\d+)\): (?<severity>error|warning) (?<code>TS\d+): (?<message>.+)$/u,
      ),
      more: /^ {2,}\S/u,
    },
    {
      lines: one(
        /^(?:Error: )?(?<path>[^\s:][^:]*):(?<line>\d+):(?<column>\d+) - (?<severity>error|warning) (?<code>TS\d+|NG\d+|ts\(\d+\)): (?<message>.+)$/u,
      ),
      more: /^ {2,}[A-Z]/u,
    },
    { lines: one(/^error (?<code>TS\d+): (?<message>.*'(?<path>\/[^']*\.json)'.*)$/u) },
    {
      // As ts-loader and fork-ts-checker print it.
      lines: [
        {
          pattern:
            /^(?:\[tsl\] )?(?<severity>ERROR|WARNING) in (?<path>[^\s(:][^(:]*)[(:](?<line>\d+)[,:](?<column>\d+)\)?$/u,
        },
        { pattern: /^\s*(?<code>TS\d+): (?<message>.+)$/u },
      ],
    },
  ),
  ...rows("next", {
    lines: [
      { pattern: /^(?<path>\.\/[^:]+):(?<line>\d+):(?<column>\d+)$/u },
      { pattern: /^(?:(?:Type|Syntax) error: |Error: +)?(?<message>[A-Z].+)$/u },
    ],
    more: /^ {2}[A-Z]/u,
  }),
  ...rows(
    "eslint",
    {
      // As Next.js prints it.
      lines: [
        { pattern: /^(?<path>\.\/\S[^:]*)$/u },
        {
          pattern:
            /^(?<line>\d+):(?<column>\d+) +(?<severity>Error|Warning): (?<message>.+?)(?: {2,}(?<code>[\w@/-]+))?$/u,
          each: "problem",
        },
      ],
    },
    {
      // As Create React App prints it.
      lines: [
        { pattern: /^(?:\[eslint\] ?)?(?<path>[\w@.][^\s:]*\.\w+)$/u },
        {
          pattern: /^ +Line (?<line>\d+):(?<column>\d+): +(?<message>.+?)(?: {2,}(?<code>[\w@/-]+))?$/u,
          each: "problem",
        },
      ],
    },
    {
      lines: [
        { pattern: /^(?<path>[/\w@.](?:[^\s:]| (?! ))*\.\w+)$/u },
        {
          pattern:
            /^ +(?<line>\d+):(?<column>\d+) +(?<severity>error|warning) +(?<message>.+?)(?: {2,}(?<code>[\w@/.-]+))?$/u,
          each: "problem",
        },
      ],
    },
    {
      severity: "warning",
      lines: one(/^\W*ESLint: (?<message>.+?) Referenced from: (?<path>\/.+)$/u),
    },
  ),
  ...rows(
    "esbuild",
    {
      isFromZero: true,
      lines: [
        {
          pattern:
            /^(?:\S )?\[(?<severity>ERROR|WARNING)\] (?:(?<code>(?:TS|NG)-?\d+): )?(?<message>.+?)(?: \[plugin [^\]]*\])?$/u,
        },
        { pattern: /^\s+(?<path>[^\s:][^:]*):(?<line>\d+):(?<column>\d+):$/u, within: 2 },
      ],
    },
    {
      isFromZero: true,
      lines: one(
        /^(?:Error: )?(?:\[[^\]]+\] )?(?<path>[^\s:[][^:]*):(?<line>\d+):(?<column>\d+): (?<severity>ERROR|WARNING): (?<message>.+)$/u,
      ),
    },
    {
      isFromZero: true,
      lines: one(
        /^\s*> (?<path>[^\s:][^:]*):(?<line>\d+):(?<column>\d+): (?<severity>error|warning): (?<message>.+)$/u,
      ),
    },
  ),
  ...rows(
    "vite",
    {
      lines: [
        { pattern: /^failed to load config from (?<path>.+)$/u },
        { pattern: /^error during build:$/u },
        { pattern: /^(?<message>\S.*)$/u },
      ],
    },
    {
      isFromZero: true,
      lines: one(
        /^(?:RollupError: |\[[^\]]+\] )?(?<path>[^\s(:][^(:]*(?:\([^\d)][^)]*\)[^(:]*)*) \((?<line>\d+):(?<column>\d+)\): (?!Error when using sourcemap|Module level directives)(?<message>.+)$/u,
      ),
    },
    {
      lines: one(
        /^(?:RollupError: )?(?<message>"[^"]+" is not exported by "[^"]+"), imported by "(?<path>[^"]+)"/u,
      ),
    },
    { lines: one(/^(?:\[\S+\] )?(?<message>Failed to resolve [^\s"]+) from (?<path>\/\S+)$/u) },
    {
      lines: one(
        /^(?:\[\S+\]:? )?(?<message>(?:Rollup failed|Could not|failed) (?:to )?resolve (?:import )?"[^"]*") from "(?<path>[^"]+)"/iu,
      ),
    },
    {
      lines: one(
        /^(?:\[\S+\] )?(?<message>Could not load [^(]+?) \(imported by (?<path>[^)]+)\)(?:: (?<about>.+))?$/u,
      ),
    },
    {
      isFromZero: true,
      lines: [
        { pattern: /^\[(?<code>[\w:@/.-]+)\] (?!Transform failed|\S+ \(\d+:\d+\): )(?<message>.+)$/u },
        { pattern: /^file: (?<path>[^:]+):(?<line>\d+):(?<column>\d+)$/u, within: 8 },
      ],
    },
  ),
  ...rows(
    "webpack",
    {
      isFromZero: true,
      lines: [
        {
          pattern:
            /^(?<severity>ERROR|WARNING) in (?<path>\S+) (?<line>\d+):(?<column>\d+)(?:-(?:(?<endLine>\d+):)?(?<endColumn>\d+))?$/u,
        },
        { pattern: /^(?<message>\S.*)$/u },
      ],
    },
    {
      isFromZero: true,
      lines: [
        { pattern: /^(?:(?<severity>ERROR|WARNING) in )?(?<path>\.\/[^:]+)$/u },
        {
          pattern:
            /^(?:Error: )?(?<message>Module (?:not found|parse failed|build failed)\b.*?)(?: \((?<line>\d+):(?<column>\d+)\))?$/u,
        },
      ],
    },
  ),
  ...rows("babel", {
    isFromZero: true,
    lines: one(/\bSyntaxError: (?<path>\/[^:]+): (?<message>.+?) \((?<line>\d+):(?<column>\d+)\)$/u),
  }),
  // What swc, oxc and others that draw frames print.
  ...rows("swc", {
    lines: [
      { pattern: /^\s*(?:Error: +)?(?:[x×⨯✖] +|\[[A-Z_]+\] )(?:Error: )?(?<message>.+)$/u },
      { pattern: /^\s*(?:,-|╭─)+\s?\[\s?(?<path>[^\]:]+):(?<line>\d+):(?<column>\d+)\s?\]/u, within: 3 },
    ],
  }),
  ...rows("postcss", {
    lines: one(
      /^(?:CssSyntaxError: |\[postcss\] )(?:postcss: |tailwindcss: )?(?<path>[^\s:][^:]*):(?<line>\d+):(?<column>\d+): (?<message>.+)$/u,
    ),
  }),
  ...rows("sass", {
    lines: [
      { pattern: /^(?:\[sass\] |SassError: |Error: )(?<message>.+)$/u },
      {
        pattern: /^\s+(?<path>[^\s:][^:]*\.(?:scss|sass|css)) (?<line>\d+):(?<column>\d+)\b/u,
        within: 8,
      },
    ],
  }),
  ...rows("svelte", {
    lines: [
      { pattern: /^(?<path>[^\s:][^:]*\.svelte):(?<line>\d+):(?<column>\d+)$/u },
      { pattern: /^(?<severity>Error|Warning): (?<message>.+?)(?: \((?<code>[\w-]+)\))?$/u },
    ],
  }),
  ...rows(
    "python",
    {
      isLastNearest: true,
      lines: [
        {
          pattern: /^\s*File "(?<path>[^"]+)", line (?<line>\d+)/u,
          each: "place",
          between: /^\s+\S/u,
        },
        { pattern: /^(?<message>(?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:: .*)?)$/u },
      ],
    },
    {
      lines: one(
        /^(?<path>[^\s:][^:]*\.pyi?):(?<line>\d+)(?::(?<column>\d+))?: (?<severity>error|warning): (?<message>.+?)(?: +\[(?<code>[\w-]+)\])?$/u,
      ),
    },
    {
      lines: one(
        /^(?<path>[^\s:][^:]*\.pyi?):(?<line>\d+):(?<column>\d+): (?<code>[A-Z]{1,4}\d{2,4}) (?:\[\*\] )?(?<message>.+)$/u,
      ),
    },
    {
      lines: [
        { pattern: /^(?<code>[A-Z]{1,4}\d{2,4}) (?:\[\*\] )?(?<message>.+)$/u },
        { pattern: /^\s*--> (?<path>[^:]+\.pyi?):(?<line>\d+):(?<column>\d+)$/u },
      ],
    },
  ),
  ...rows(
    "pip",
    {
      lines: one(
        /^ERROR: (?<message>Invalid requirement: .+?) \(from line (?<line>\d+) of (?<path>[^)]+)\)$/u,
      ),
    },
    {
      lines: [
        { pattern: /^ERROR: (?<message>Invalid requirement: .+)$/u },
        { pattern: /\(from line (?<line>\d+) of (?<path>[^)]+)\)/u, within: 4 },
      ],
    },
    { lines: one(/^ERROR: (?<message>Cannot install -r (?<path>\S+) \(line (?<line>\d+)\).*)$/u) },
    {
      lines: one(
        /^ERROR: (?<message>No matching distribution found for \S+) \(from -r (?<path>\S+) \(line (?<line>\d+)\)\)$/u,
      ),
    },
    { path: "requirements.txt", lines: one(/^ERROR: (?<message>No matching distribution found for .+)$/u) },
    {
      lines: [
        {
          pattern: /^Collecting (?<about>\S+) .*\(from (?:.*->)?-r (?<path>\S+) \(line (?<line>\d+)\)\)$/u,
        },
        {
          pattern: /^\s*[×x] (?<message>.+ did not run successfully\.)$/u,
          within: 60,
        },
      ],
    },
  ),
  ...rows(
    "poetry",
    { path: "pyproject.toml", lines: one(/^(?<message>pyproject\.toml changed significantly .+)$/u) },
    {
      lines: one(
        /^Invalid TOML file (?<path>[^:]+): (?<message>.+?)(?: at line (?<line>\d+) col (?<column>\d+))?$/u,
      ),
    },
  ),
  ...rows(
    "go",
    {
      lines: one(/^(?:vet: )?(?<path>[^\s:][^:]*\.go):(?<line>\d+):(?<column>\d+): (?<message>.+)$/u),
    },
    {
      lines: one(/^(?:go: )?(?<path>\S*go\.(?:mod|work)):(?<line>\d+): (?<message>.+)$/u),
    },
    { path: "go.mod", lines: one(/^go: (?<message>.+ requires go >= .+)$/u) },
    { path: "go.mod", lines: one(/^go: (?<message>updates to go\.mod needed.*)$/u) },
    {
      lines: [
        { pattern: /^(?:panic|fatal error): (?<message>.+)$/u },
        { pattern: /^goroutine \d+/u, within: 6 },
        {
          pattern: /^\s+(?<path>\/[^:]+\.go):(?<line>\d+)(?: \+0x[\da-f]+)?$/u,
          within: 4,
          each: "place",
          between: /^\S/u,
        },
      ],
    },
  ),
  ...rows("prisma", {
    lines: [
      { pattern: /^(?<severity>error|warning): (?<message>.+)$/iu },
      { pattern: /^\s*--> +(?<path>[^:]+\.prisma):(?<line>\d+)$/u },
    ],
  }),
  ...rows(
    "rustc",
    {
      lines: [
        { pattern: /^(?<severity>error|warning)(?:\[(?<code>E\d+)\])?: (?<message>.+)$/u },
        { pattern: /^\s*--> (?<path>[^:]+):(?<line>\d+):(?<column>\d+)$/u },
      ],
    },
    {
      lines: [
        { pattern: /^thread '.*' (?:\(\d+\) )?panicked at (?<path>[^':]+):(?<line>\d+):(?<column>\d+):$/u },
        { pattern: /^(?<message>.+)$/u },
      ],
    },
    {
      lines: one(
        /^thread '[^']*' panicked at '(?<message>.*)', (?<path>[^':]+):(?<line>\d+):(?<column>\d+)$/u,
      ),
    },
  ),
  ...rows(
    "ruby",
    {
      lines: one(
        /(?:^|[\s:])(?<path>[^\s:]+\.(?:rb|rake|ru)):(?<line>\d+): (?<message>syntax errors? ?.+)$/u,
      ),
    },
    {
      lines: [
        {
          pattern:
            /^(?<path>[^\s:][^:]*):(?<line>\d+):in [`'][^']*': (?<message>.+) \((?<code>[A-Z][\w:]*)\)$/u,
        },
        { ...rubyFrame, within: 1, isOptional: true },
      ],
    },
    {
      lines: [{ pattern: /^(?:Caused by: *|! .*: )?(?<message>[A-Z]\w*(?:::\w+)*(?:: .*)?)$/u }, rubyFrame],
    },
    {
      lines: [
        { pattern: /There was an error parsing `[^`]*`: (?<message>.+)$/u },
        { pattern: /\bfrom (?<path>\S+):(?<line>\d+)$/u, within: 8 },
      ],
    },
  ),
  ...rows("maven", {
    lines: one(
      /^\[(?<severity>ERROR|WARNING)\] (?<path>(?:file:\/\/)?\/[^:]+):\s?[[(](?<line>\d+),\s?(?<column>\d+)[\])]:? (?<message>.+)$/u,
    ),
  }),
  ...rows(
    "gradle",
    {
      lines: one(
        /^(?<severity>[ew]): (?<path>(?:file:\/\/)?\/[^:]+):\s?\(?(?<line>\d+)[:,]\s?(?<column>\d+)\)?:? (?<message>.+)$/u,
      ),
    },
    {
      lines: [
        { pattern: /^Build file '(?<path>[^']+)' line: (?<line>\d+)$/u },
        { pattern: /^\* What went wrong:$/u, within: 3 },
        { pattern: /^(?<message>.+)$/u },
      ],
    },
  ),
  ...rows("javac", {
    lines: one(
      /^(?<path>[^\s:][^:]*\.(?:java|groovy)):(?<line>\d+): (?<severity>error|warning): (?<message>.+)$/u,
    ),
  }),
  ...rows("scalac", {
    lines: one(
      /^\[(?<severity>error|warn)\] (?:-- .*: )?(?<path>\/?[^\s:][^:]*\.scala):(?<line>\d+):(?<column>\d+):? ?(?<message>.+)$/u,
    ),
  }),
  ...rows("spring", {
    lines: one(
      /(?:^|: )(?<message>[^:]+?) \[origin: class path resource \[(?<path>[^\]]+)\](?: from [^\]]*?)? - (?<line>\d+):(?<column>\d+)\]/u,
    ),
  }),
  ...rows("java", {
    lines: [
      {
        pattern:
          /^(?:Exception in thread "[^"]*" |Caused by: )?(?<message>(?:[a-z]\w*\.)+[A-Z][\w$]*(?:: .*)?)$/u,
      },
      {
        pattern:
          /^\s+at (?:\S*\/)?(?<package>(?:[a-z_]\w*\.)*)[A-Z][\w$]*\.[\w$<>]+\((?<path>\w+\.(?:java|kt|scala)):(?<line>\d+)\)/u,
        within: 3,
        each: "place",
        between: /^\s+at |^\s+\.{3} \d+/u,
      },
    ],
  }),
  ...rows(
    "dotnet",
    {
      lines: one(
        /^\s*(?<path>[^\s(:][^(]*)\((?<line>\d+),(?<column>\d+)(?:,(?<endLine>\d+),(?<endColumn>\d+))?\): (?<severity>error|warning) (?<code>[A-Z]+\d+): (?<message>.+?)(?: \[[^\]]+\])?$/u,
      ),
    },
    {
      lines: one(
        /^\s*(?<path>[^\s:][^:]*\.(?:cs|fs|vb)proj) : (?<severity>error|warning) (?<code>[A-Z]+\d+): (?<message>.+?)(?: \[[^\]]+\])?$/u,
      ),
    },
    {
      lines: [
        { pattern: /^Unhandled exception[.:] (?<message>.+)$/iu },
        {
          pattern: /^\s+at .+ in (?<path>\S[^:]*):line (?<line>\d+)$/u,
          within: 4,
          each: "place",
          between: /^\s/u,
        },
      ],
    },
  ),
  ...rows("php", {
    lines: [
      {
        pattern:
          /^(?:PHP )?(?<severity>Parse error|Fatal error|Warning|Deprecated|Notice): +(?<message>.+?) in (?<path>[^\s:][^:]*\.php)(?: on line |:)(?<line>\d+)$/u,
      },
      {
        pattern: /^(?:#\d+ )?(?<path>\/[^:(]+)\((?<line>\d+)\): /u,
        within: 2,
        each: "place",
        between: /^(?:#\d+ )?[[{]/u,
        isOptional: true,
      },
    ],
  }),
  ...rows(
    "elixir",
    {
      lines: [
        { pattern: /^\s*(?<severity>error|warning): (?<message>.+)$/u },
        {
          pattern: /^\s*└─ (?<path>[^\s:]+):(?<line>\d+)(?::(?<column>\d+))?(?::|$)/u,
          within: 12,
        },
      ],
    },
    {
      lines: one(
        /^\*\* \((?<code>\w+)\) (?<path>[^\s:]+\.exs?):(?<line>\d+)(?::(?<column>\d+))?: (?<message>.+)$/u,
      ),
    },
  ),
  ...rows(
    "docker",
    {
      lines: [
        { pattern: /^(?<path>\S*(?:[Dd]ocker|Container)file\S*?):(?<line>\d+)$/u },
        { pattern: /\bfailed to solve: (?<message>.+)$/u, within: 40 },
      ],
    },
    {
      path: "Dockerfile",
      severity: "warning",
      lines: one(/^ ?- (?<code>[A-Z][A-Za-z]+): (?<message>.+) \(line (?<line>\d+)\)$/u),
    },
  ),
  ...rows(
    "node",
    {
      lines: [
        {
          pattern: /^(?<path>(?:file:\/\/)?\/[^:]+|node:[\w/]+|internal\/[\w/.]+|events\.js):(?<line>\d+)$/u,
        },
        { pattern: /^\s*\^+\s*$/u, within: 4 },
        { pattern: /^(?:Uncaught )?(?<message>\[?[A-Z]\w*(?: \[(?<code>\w+)\])?:? ?.*)$/u, within: 3 },
        { ...jsFrame, isOptional: true },
      ],
    },
    {
      // Where the log begins after the line that threw; what cannot be read is not in the file that asked for it.
      lines: [
        { pattern: /^(?!SyntaxError)(?<message>[A-Z]\w*Error(?: \[(?<code>\w+)\])?: .+)$/u },
        { ...jsFrame, within: 3 },
        { pattern: /^Node\.js v\d/u, within: 12 },
      ],
    },
    {
      // As builds print it of a configuration.
      lines: [
        { pattern: /^(?<message>(?:Error: )?Cannot find module '[^']+')$/u },
        { pattern: /^Require stack:$/u },
        { pattern: /^- (?<path>\/.+)$/u, each: "place" },
      ],
    },
    {
      lines: one(/(?<message>\bCannot find (?:module|package) '[^']+') imported from (?<path>\/.+)$/u),
    },
  ),
  ...rows("bun", {
    lines: [
      { pattern: /^\d+ \| /u },
      { pattern: /^\s*\^+\s*$/u },
      { pattern: /^(?<message>(?:error|[A-Z]\w*Error): .+)$/u },
      { ...jsFrame, within: 1 },
    ],
  }),
  ...rows("deno", {
    lines: [
      { pattern: /^(?:error: )?(?:(?<code>TS\d+) \[ERROR\]|Uncaught .*\w*Error): (?<message>.+)$/u },
      { ...jsFrame, within: 12 },
    ],
  }),
  ...rows(
    "npm",
    {
      path: "package.json",
      lines: one(/^(?:npm (?:error|ERR!)|error:?|ERR_PNPM\w+) +(?<message>Missing script:? ?"?[^\s"]+"?)/u),
    },
    { path: "package.json", lines: one(/^\s*ERR_PNPM_NO_SCRIPT\w* +(?<message>.+)$/u) },
    {
      path: "package.json",
      lines: one(/^error:? (?<message>Command "[^"]+" not found|Script not found "[^"]+")/u),
    },
    { path: "package.json", lines: one(/(?<message>Couldn't find a script named "[^"]+")/u) },
    {
      lines: [
        { pattern: /^npm (?:error|ERR!) code EJSONPARSE$/u },
        { pattern: /^npm (?:error|ERR!) path (?<path>.+)$/u, within: 3 },
        { pattern: /^npm (?:error|ERR!) JSON\.parse (?<message>.+)$/u, within: 3 },
      ],
    },
  ),
  ...rows("hugo", {
    lines: one(/^(?:ERROR|Error:?) .*"(?<path>\/[^":]+):(?<line>\d+):(?<column>\d+)": (?<message>.+)$/u),
  }),
  ...rows("jekyll", {
    lines: one(/^\s*Liquid Exception: (?<message>.+) in (?<path>\S+)$/u),
  }),
  // The shell that runs builds and its scripts are Render's own.
  ...rows("sh", {
    lines: one(
      /^(?!builder\.sh\b)(?<path>[^\s:]+\.sh|[^\s:]*\/[^\s:]+): (?:line )?(?<line>\d+): (?<message>.+)$/u,
    ),
  }),
];
