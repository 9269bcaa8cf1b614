"""The data of the Public Suffix List: which rules match a domain, and the shards that a browser fetches."""

from __future__ import annotations

from functools import cache
from string import ascii_lowercase

from .rule import leaf

# The mark of a shard for the rule that is the top-level domain alone.
ALONE = "@"


@leaf
def matching_rules(domain: str) -> list[str]:
    """Give the list's rules that match a domain without a trailing dot, longest first, as `*.kobe.jp`, in A-labels.

    Steps 1.a to 1.c of https://github.com/publicsuffix/list/wiki/Format#algorithm: label by label from the right, `*`
    for any one label, and no rule longer than the domain.
    """
    labels = domain.split(".")
    rules = _rules_by_top_level_domain().get(labels[-1], frozenset())
    found: list[str] = []
    for start in range(len(labels)):
        exact = ".".join(labels[start:])
        wildcard = ".".join(["*", *labels[start + 1 :]])
        found += [rule for rule in (exact, f"!{exact}", wildcard) if rule in rules]
    return found


def suffix_shards() -> dict[str, str]:
    """Cut the list into 27 texts: one for each first letter of the top-level domain, and `xn` for xn-- domains.

    A line is a top-level domain and, behind it, its rules without that ending; `@` is the domain alone.
    """
    shards: dict[str, list[str]] = {name: [] for name in [*ascii_lowercase, "xn"]}
    for domain, rules in sorted(_rules_by_top_level_domain().items()):
        beginnings = sorted(ALONE if rule == domain else rule.removesuffix(f".{domain}") for rule in rules)
        name = "xn" if domain.startswith("xn--") else domain[0]
        shards[name].append(" ".join([domain, *beginnings]))
    return {name: "".join(f"{line}\n" for line in lines) for name, lines in shards.items()}


@cache
def _rules_by_top_level_domain() -> dict[str, frozenset[str]]:
    # Read on first use: most commands never ask for a registrable domain.
    from importlib.resources import files  # noqa: PLC0415 - see above

    import ada_url  # noqa: PLC0415 - see above

    text = files("publicsuffixlist").joinpath("public_suffix_list.dat").read_text("utf-8")
    rules: dict[str, set[str]] = {}
    for line in text.splitlines():
        if not line or line.isspace() or line.startswith("//"):
            continue
        written = line.split()[0]
        labels = [label if label.isascii() else ada_url.idna_to_ascii(label).decode() for label in written.split(".")]
        rules.setdefault(labels[-1], set()).add(".".join(labels))
    return {domain: frozenset(found) for domain, found in rules.items()}
