// The bytes of an IP address as the URL serializer writes a host; null for a name.
export function bytes_of_an_ip_address(host) {
  if (/^\d+(\.\d+){3}$/.test(host)) return host.split(".").map(Number);
  if (!host.startsWith("[")) return null;
  const pieces = (text) => (text ? text.split(":").map((piece) => parseInt(piece, 16)) : []);
  const [head, tail] = host.slice(1, -1).split("::").map(pieces);
  const zeros = tail ? Array(8 - head.length - tail.length).fill(0) : [];
  return [...head, ...zeros, ...(tail ?? [])].flatMap((piece) => [piece >> 8, piece & 255]);
}
