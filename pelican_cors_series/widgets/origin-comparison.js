// Two addresses as typed → what the origin-compare widget says of them. The twin of comparison.py over the printed rules.
import {
  default_port,
  obtain_a_site,
  opaque_origin,
  origin_of_a_url,
  parse_url,
  relation,
  serialization_of_a_site,
} from "./rules.js";
import { DEFAULT_PORT, DEFAULT_PORT_LEFT_OUT, MEANING, NAMES, NONE, OPAQUE, TITLE, WRITTEN } from "./words.js";

// Scheme, what stands between, host and port, as they are typed. Its twin is in address_pieces.py.
const TYPED = /^((?:blob:)?[^:]*)(:[/\\]*(?:[^/\\?#]*@)?)(\[[^\]]*\]|[^:/\\?#]*)(:\d*)?/s;

/** Takes an address apart as the rules do; null where the URL Standard refuses it. */
export function takeApart(typed) {
  // The URL parser takes off what may stand around an address; \u00a0 and the like are not among it.
  const text = typed.replace(/^[\0- ]+|[\0- ]+$/g, "");
  const url = text === "null" ? {} : parse_url(text);
  // Chromium lets spaces and the like into hosts, where the Standard's parser fails.
  if (!url || (default_port(url.scheme) && url.host.includes("%"))) return null;
  const origin = url.href ? origin_of_a_url(url) : opaque_origin();
  const [whole, ...pieces] = TYPED.exec(text) ?? [text, text];
  return { text, url, origin, pieces: [...pieces, text.slice(whole.length)], parts: origin.opaque ? url : origin };
}

/**
 * What the widget says of two addresses, once the suffixes of their hosts are loaded; and the trace of its steps.
 * unicodeLabel: from unicode-label.js, where one of the hosts has a label that begins with xn--.
 */
export function compareInWords(a, b, unicodeLabel) {
  const trace = [];
  const closest = relation(a.origin, b.origin, trace);
  const opaque = a.origin.opaque || b.origin.opaque;
  const row = (part, cell, notCompared) => {
    const [left, right] = [a, b].map(cell);
    return { part, a: left, b: right, same: notCompared ? null : left.value === right.value };
  };
  const cellOf = (value) => ({ value: `${value ?? ""}`, note: value || value === 0 ? "" : NONE });
  const rows = [
    row("scheme", ({ parts }) => cellOf(parts.scheme), opaque),
    row(
      "host",
      ({ parts: { host }, pieces }) => {
        const cell = cellOf(host);
        const spelling = cell.value.replace(/(?<![^.])xn--[^.]*/g, unicodeLabel);
        if (spelling !== cell.value) cell.note = spelling;
        else if (host && pieces[2] !== host) cell.note = fill(WRITTEN, pieces[2]);
        return cell;
      },
      opaque,
    ),
    row(
      "port",
      ({ parts: { scheme, port }, pieces }) => {
        const byDefault = default_port(scheme);
        if (port != null || byDefault === null) return cellOf(port);
        return { value: `${byDefault}`, note: pieces[3]?.[1] ? DEFAULT_PORT : DEFAULT_PORT_LEFT_OUT };
      },
      opaque || a.parts.scheme !== b.parts.scheme,
    ),
  ];
  const differing = rows.filter(({ same }) => same === false).map(({ part }) => part);
  // The pieces of an address, those that make the difference marked; a default port that is left out is filled in.
  const marked = ({ origin, pieces, parts }) =>
    pieces.flatMap((text = "", index) => {
      const name = ["scheme", "", "host", "port", ""][index];
      const part = (origin.opaque ? ["scheme"] : differing).includes(name) ? name : "";
      const filled = part === "port" && !text[1] ? `:${default_port(parts.scheme)}` : "";
      return text || part ? [{ text, part, filled }] : [];
    });
  return {
    relation: closest,
    title: TITLE[closest],
    meaning: MEANING[closest],
    differs: opaque ? OPAQUE : differing.map((part) => NAMES[part]).join(", ") || NONE,
    a: marked(a),
    b: marked(b),
    rows: [
      ...rows,
      {
        ...row("site", ({ origin }) => ({ value: serialization_of_a_site(obtain_a_site(origin)), note: origin.opaque ? OPAQUE : "" })),
        same: closest.startsWith("same"),
      },
    ],
    trace,
  };
}

/** Fills the one pair of braces of a template. */
export const fill = (template, value) => template.replace(/\{.*\}/, () => value);
