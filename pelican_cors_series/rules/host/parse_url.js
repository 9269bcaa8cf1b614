// https://url.spec.whatwg.org/#concept-url-parser, by the browser itself. null is the parser's failure.
export function parse_url(address, base) {
  let url;
  try {
    url = new URL(address, base ?? undefined);
  } catch {
    return null;
  }
  const { href, port, pathname: path } = url;
  const scheme = url.protocol.slice(0, -1);
  const host = href.startsWith(scheme + "://") ? url.hostname : null;
  return { href, scheme, host, port: port ? +port : null, path, blob_origin: null };
}
