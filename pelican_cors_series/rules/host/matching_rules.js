// The Public Suffix List, one shard of it for each first letter of the top-level domain, and one for xn-- domains.
const $suffixes = {};
const $loading = {};
const $shard = (host) => /(?:^|\.)(xn(?=--)|[a-z])[^.]*\.?$/.exec(host ?? "")?.[1];

// Takes in the text of a shard: lines of a top-level domain and the beginnings of its rules, @ for none.
export function add_suffixes(shard, text) {
  const rules = text.split("\n").flatMap((line) => {
    const [top, ...beginnings] = line.split(" ");
    return beginnings.map((beginning) => (beginning === "@" ? top : `${beginning}.${top}`));
  });
  $suffixes[shard] = new Set(rules);
}

// A rule is named fetch, too.
const $fetch = async (shard) => {
  const response = await globalThis.fetch(new URL(`./suffixes/${shard}.txt`, import.meta.url));
  if (!response.ok) throw new Error(response.url);
  add_suffixes(shard, await response.text());
};

// Fetches, once, the shards that the hosts need; rejects where one can't be had. A host may be null.
export async function load_suffixes(...hosts) {
  const missing = hosts.map($shard).filter((shard) => shard && !$suffixes[shard]);
  // A shard that could not be fetched is tried again the next time.
  await Promise.all(missing.map((shard) => ($loading[shard] ??= $fetch(shard).finally(() => delete $loading[shard]))));
}

// The rules that match a domain, longest first.
export function matching_rules(domain) {
  const shard = $shard(domain);
  if (!shard) return [];
  const rules = $suffixes[shard];
  if (!rules) throw new Error(`load_suffixes("${domain}") comes first`);
  const labels = domain.split(".");
  return labels.flatMap((_, start) => {
    const exact = labels.slice(start).join(".");
    return [exact, `!${exact}`, exact.replace(/^[^.]*/, "*")].filter((rule) => rules.has(rule));
  });
}
