// How Netlify's own parsers read the _headers and _redirects of a folder, as JSON.

import { parseAllHeaders } from "@netlify/headers-parser";
import { parseAllRedirects } from "@netlify/redirect-parser";

const folder = process.argv[2];
const headers = await parseAllHeaders({ headersFiles: [`${folder}/_headers`], configHeaders: [], minimal: true });
const redirects = await parseAllRedirects({
  redirectsFiles: [`${folder}/_redirects`],
  configRedirects: [],
  minimal: true,
});
const told = (errors) => errors.map((error) => error.message);
console.log(
  JSON.stringify({
    headers: headers.headers,
    redirects: redirects.redirects,
    errors: [...told(headers.errors), ...told(redirects.errors)],
  }),
);
