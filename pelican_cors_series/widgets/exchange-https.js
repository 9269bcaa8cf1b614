// What would let script read a response that is mixed content, loaded where one is: the twin of rules/over_https.py.
import {
  changed,
  current_url,
  everythingAllowed,
  fewest,
  get,
  isMixedContent,
  judge,
  must,
  originAt,
  parse_url,
  with_the_scheme_https,
} from "./exchange.js";

/** What to ask for instead, and where redirects have to lead, so that nothing is mixed content. */
export function overHttps(scenario) {
  const origins = [];
  for (;;) {
    const moved = movedOver(scenario, origins);
    const { decidedBy } = judge(changed(moved.scenario, everythingAllowed(moved.scenario, moved.locations)));
    if (!isMixedContent(decidedBy)) {
      const found = fewest(moved.scenario, moved.locations);
      if (!found) return must();
      const changes = found.map((change) => ({ ...change, hop: moved.hops[change.hop] }));
      const locations = changes.filter(({ name }) => name === "Location").map(({ value }) => value);
      const servers = whereTheyAnswer(scenario.server, moved.url === null ? locations : [moved.url, ...locations]);
      return must(moved.url && "url", moved.url, changes, changed(moved.scenario, found), servers);
    }
    const url = current_url(decidedBy.given.request);
    if (url.scheme !== "http" || origins.includes(originAt(url))) return must();
    origins.push(originAt(url));
  }
}

function movedOver(scenario, origins) {
  const { server, request, page } = scenario;
  const places = server.map(({ at }) => (origins.includes(at) ? https(at) : null));
  // A server that only redirects to itself at https: goes: it is asked there at once.
  const hops = [...server.keys()].filter((place) => !places[place] || places[place] !== server[place + 1]?.at);
  const url = moved(request.url, page, origins);
  return {
    scenario: {
      ...scenario,
      request: url ? { ...request, url } : request,
      server: hops.map((place) => ({ ...server[place], at: places[place] ?? server[place].at })),
    },
    url,
    locations: hops.flatMap((place, at) => {
      const { response } = server[place];
      const location = response && get("Location", response.header_list);
      const address = location === null ? null : moved(location, null, origins);
      return address ? [{ hop: at, answer: "response", name: "Location", value: address }] : [];
    }),
    hops,
  };
}

function moved(address, base, origins) {
  const url = parse_url(address, base);
  return url && origins.includes(originAt(url)) ? with_the_scheme_https(url).href : null;
}

const https = (at) => {
  const url = parse_url(at);
  return url?.scheme === "http" ? originAt(with_the_scheme_https(url)) : at;
};

/** The origins of servers, at https: for each that one of the addresses asks for there. */
function whereTheyAnswer(server, addresses) {
  const asked = addresses.map((address) => parse_url(address)).map((url) => url && originAt(url));
  return server.map(({ at }) => (asked.includes(https(at)) ? https(at) : at));
}
