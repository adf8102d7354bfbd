/** The client of Concordance. Types of everything it sends and answers are exported by their names. */
import createClient, { type Client, type ClientOptions } from "openapi-fetch";
import type { paths } from "./schema.js";

export * from "./schema.js";

type Json = "application/json" | "application/problem+json";

/** Answers and errors as JSON; of other formats, asked for by `format`, only the types are not told. */
export type Concordance = Client<paths, Json>;

/** A client of the installation at `baseUrl`, such as http://127.0.0.1:8000. */
export function concordance(baseUrl: string, options: Omit<ClientOptions, "baseUrl"> = {}): Concordance {
  return createClient<paths, Json>({ ...options, baseUrl });
}
