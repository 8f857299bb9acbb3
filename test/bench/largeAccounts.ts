/** What a person with a large account may expect, next to a bare client that reads the same pages. */
import { steepest } from "./growth.js";
import { loadLargeAccount, type AccountFigures } from "./largeAccount.js";
import { msText, thousands, type Row, type Section } from "./table.js";

const goals = {
  /** Times as long as the same pages read by a bare client. */
  loading: 1.1,
  /** The page at which the first rows are there, at the latest. */
  firstRows: 2,
  /** How long nothing else has its turn, in milliseconds. */
  block: 50,
  /** Bytes kept for each service. */
  bytesEach: 2_000,
  /** From a key typed into the filter to the rows that are left, in milliseconds. */
  filter: 16,
  /** Of four workspaces, each page of which takes a while: times as long as one page after the other. */
  sideBySide: 0.6,
};

export async function largeAccounts(): Promise<Section> {
  const alone = { workspaces: 1, delay: 0, rounds: 5 };
  const sizes: AccountFigures[] = [];
  for (const services of [100, 1_000, 10_000]) sizes.push(await loadLargeAccount({ ...alone, services }));
  const several = await loadLargeAccount({ services: 4_000, workspaces: 4, delay: 40, rounds: 2 });
  const [small, , large] = sizes;
  if (!small || !large) throw new Error("Nothing was measured.");
  const power = Math.log10(large.cpu / small.cpu) / Math.log10(large.services / small.services);
  return {
    title: "Large accounts",
    rows: [
      // A hundred services are one page, beside which what is asked for besides weighs more than the goal allows.
      ...sizes.map(figures => loadingRow(figures, figures === large ? goals.loading : undefined)),
      loadingRow(several, goals.sideBySide, " of 4 workspaces, from afar (40 ms a page)"),
      {
        name: "First rows of 10,000 services",
        figure: `at page ${large.pagesToFirstRows}, ${large.changes} changes in all`,
        baseline: "100 pages",
        ratio: large.pagesToFirstRows / 100,
        goal: `≤ page ${goals.firstRows}`,
        isMet: large.pagesToFirstRows <= goals.firstRows,
      },
      ...sizes.map(({ services, block }): Row => ({
        name: `Longest block while ${thousands(services)} services load`,
        figure: msText(block),
        baseline: `${msText(large.cpu)} (the processor's time for 10,000)`,
        ratio: block / large.cpu,
        goal: `≤ ${goals.block} ms`,
        isMet: block <= goals.block,
      })),
      ...sizes.map(({ services, bytesEach }): Row => ({
        name: `Memory for each of ${thousands(services)} services`,
        figure: `${thousands(bytesEach)} bytes`,
        baseline: `${thousands(large.bytesEach)} bytes (each of 10,000)`,
        ratio: bytesEach / large.bytesEach,
        // What does not grow with the account is spread over few services.
        ...(services >= 1_000 && {
          goal: `≤ ${thousands(goals.bytesEach)} bytes`,
          isMet: bytesEach <= goals.bytesEach,
        }),
      })),
      {
        name: "Filtering 10,000 services by a key more",
        figure: msText(large.filter),
        baseline: `${msText(small.filter)} (100 services)`,
        ratio: large.filter / small.filter,
        goal: `≤ ${goals.filter} ms`,
        isMet: large.filter <= goals.filter,
      },
      {
        name: "Growth of the processor's time, 100 to 10,000 services",
        figure: `size to the power of ${power.toFixed(2)}`,
        baseline: sizes.map(({ cpu }) => msText(cpu)).join(", "),
        ratio: large.cpu / small.cpu,
        goal: `≤ power ${steepest}`,
        isMet: power <= steepest,
      },
    ],
  };
}

function loadingRow({ services, took, pages }: AccountFigures, atMost?: number, more = ""): Row {
  return {
    name: `Loading ${thousands(services)} services${more}`,
    figure: msText(took),
    baseline: `${msText(pages)} (its pages read one by one by a bare client)`,
    ratio: took / pages,
    ...(atMost !== undefined && { goal: `≤ ${atMost} ×`, isMet: took / pages <= atMost }),
  };
}
