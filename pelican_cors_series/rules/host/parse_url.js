// https://url.spec.whatwg.org/#concept-url-parser, by the browser itself. null is the parser's failure.
export function parse_url(address, base) {
  try {
    const { href, protocol, hostname, port, pathname: path } = new URL(address, base ?? undefined);
    const host = href.startsWith(`${protocol}//`) ? hostname : null;
    return { href, scheme: protocol.slice(0, -1), host, port: port ? +port : null, path, blob_origin: null };
  } catch {
    return null;
  }
}
