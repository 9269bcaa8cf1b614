// What a server has to allow → the lines for its configuration: the twin of doctor_snippets.py.

// What a configuration can hold without being read as something else.
const ORIGIN = /^https?:\/\/(?:[a-z0-9._-]+|\[[0-9a-f:]+\])(?::\d+)?$/;
const NAME = /^[A-Za-z0-9-]+$/;

/** Whether a configuration can name what is to be allowed; "null" with credentials is never to be. */
export const canBeNamed = ({ origin, methods, headers }) =>
  (origin === "*" || ORIGIN.test(origin)) && [...methods, ...headers].every((name) => NAME.test(name));

/** The lines of a template: those whose mark holds, with the braces filled. */
export function fillSnippet(template, { origin, methods, headers, credentials }) {
  const holds = {
    named: origin !== "*",
    any: origin === "*",
    headers: headers.length > 0,
    credentials,
  };
  const quoted = (names) => names.map((name) => `"${name}"`).join(", ");
  const values = {
    origin,
    methods: methods.join(", "),
    headers: headers.join(", "),
    quoted_methods: quoted(methods),
    quoted_headers: quoted(headers),
  };
  return template
    .split("\n")
    .map((line) => /^(?:@(\w+) ?)?(.*)$/.exec(line))
    .filter(([, mark]) => mark === undefined || holds[mark])
    .map(([, , line]) => line.replace(/\{(\w+)\}/g, (braces, name) => (Object.hasOwn(values, name) ? values[name] : braces)))
    .join("\n")
    .trim();
}
