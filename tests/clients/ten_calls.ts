/** The ten calls with the generated TypeScript client: the address of a server in, one JSON document of answers out. */
import { concordance, type CellState, type Clause, type Comparison, type Problem, type Row } from "concordance-client";

const api = concordance(process.argv[2] ?? "");

/** The answer; an error of the service, typed, ends the run. */
function answered<T>(result: { data?: T; error?: Problem }): T {
  if (result.data === undefined) {
    throw new Error(result.error?.detail ?? "no answer");
  }
  return result.data;
}

function count(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

// 1. A list.
const proposals = answered(
  await api.GET("/api/v1/proposals/", { params: { query: { text_status: ["leaked"], limit: 3 } } }),
);
const listed = { count: proposals.count, slugs: proposals.results.map((one) => one.slug) };

// 2. A filter, with codes that are typed.
const clauses = answered(
  await api.GET("/api/v1/clauses/", {
    params: { query: { topic: ["army-size"], party: ["ukraine"], role: ["obligated"], has_quantity: true } },
  }),
);
const filtered = clauses.results.map((clause: Clause) => [
  clause.id,
  clause.terms.map((term) => [term.measure, term.value]),
]);

// 3. Every page to the end.
let pages = 0;
let total = 0;
const sources: string[] = [];
for (let more = true; more; ) {
  const page = answered(
    await api.GET("/api/v1/sources/", { params: { query: { limit: 50, offset: sources.length } } }),
  );
  pages += 1;
  total = page.count;
  sources.push(...page.results.map((source) => source.slug));
  more = page.next !== null;
}
const paged = { pages, all: sources.length === total, different: new Set(sources).size };

// 4. One record.
const slug = "us-28-point-2025-11";
const proposal = answered(await api.GET("/api/v1/proposals/{slug}/", { params: { path: { slug } } }));
const record = { title: proposal.title, date: proposal.date, kind: proposal.kind };

// 5. The clauses of a proposal.
const ofProposal = answered(
  await api.GET("/api/v1/proposals/{slug}/clauses/", { params: { path: { slug }, query: { limit: 500 } } }),
);
const texts = { count: ofProposal.count, known: proposal.clause_count, first: ofProposal.results[0]?.label };

// 6. A comparison of three proposals, walked through.
const comparison: Comparison = answered(
  await api.GET("/api/v1/comparisons/", {
    params: {
      query: { proposals: [slug, "e3-counter-2025-11", "framework-20-point-2025-12"], include: ["readings"] },
    },
  }),
);
const states: Record<string, number> = {};
const relations: Record<string, number> = {};
const kinds: Record<string, number> = {};
const figures = new Set<number>();
const regulated: CellState = "regulated";
comparison.rows.forEach((row: Row) => {
  for (const cell of row.cells) {
    count(states, cell.state);
    for (const id of cell.state === regulated ? cell.clauses : []) {
      if (comparison.included.clauses[id]?.proposal !== cell.proposal) {
        throw new Error(`${id} stands in the cell of ${cell.proposal}`);
      }
    }
  }
  for (const link of row.links) {
    count(relations, link.relation);
  }
  for (const divergence of row.divergences) {
    count(kinds, divergence.kind);
    for (const side of row.topics.includes("army-size") ? divergence.sides : []) {
      if (side.value !== null) {
        figures.add(side.value);
      }
    }
  }
});
const compared = {
  columns: comparison.proposals.map((head) => head.slug),
  rows: comparison.rows.length,
  states,
  relations,
  kinds,
  figures: [...figures].sort((one, other) => one - other),
  sticking_points: comparison.readings?.sticking_points.length,
};

// 7. A pasted draft.
const pasted = answered(
  await api.POST("/api/v1/comparisons/", {
    params: { query: { topics: ["army-size"] } },
    body: {
      proposals: [
        { slug },
        { slug: "leaked-text", text: "1. The army has at most 700,000 troops.\n2. Elections in 120 days." },
      ],
    },
  }),
);
const drafted = pasted.rows.map((row) => [row.kind, row.cells.map((cell) => cell.clauses)]);

// 8. What was said up to a day.
const positions = answered(
  await api.GET("/api/v1/positions/", {
    params: { query: { topic: ["army-size"], as_of: "2025-12-31", limit: 5 } },
  }),
);
const said = positions.results.map((one) => [one.id, one.date, one.stance]);

// 9. Errors, typed.
const missing = await api.GET("/api/v1/proposals/{slug}/", { params: { path: { slug: "us-28-point-2025" } } });
const bad = await api.GET("/api/v1/clauses/", { params: { query: { topic: ["army-sze"] } } });
const errors = [
  missing.error?.status,
  missing.error?.type,
  bad.error?.errors.map((one) => [one.parameter, one.code]),
];

// 10. A conditional request.
const first = await api.GET("/api/v1/proposals/{slug}/", { params: { path: { slug } } });
const again = await api.GET("/api/v1/proposals/{slug}/", {
  params: { path: { slug }, header: { "If-None-Match": first.response.headers.get("ETag") ?? "" } },
  parseAs: "text",
});
const conditional = [first.response.status, again.response.status, again.data?.length ?? 0];

console.log(
  JSON.stringify({
    list: listed,
    filter: filtered,
    pages: paged,
    record,
    clauses: texts,
    comparison: compared,
    draft: drafted,
    positions: said,
    errors,
    conditional,
  }),
);
