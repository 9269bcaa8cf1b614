"""The Public Suffix List: its shards, what they come to, and how a browser fetches them."""

from __future__ import annotations

import json
import string

import pytest
import quickjs
from publicsuffixlist import PublicSuffixList

from pelican_cors_series.rules import print_rules, suffix_shards
from pelican_cors_series.rules.public_suffix import public_suffix, registrable_domain

# A server that counts what is asked for, and fails while `down` is set.
SERVER = """
globalThis.asked = [];
globalThis.down = false;
globalThis.outcomes = {};
globalThis.URL = class { constructor(address) { this.address = address; } };
globalThis.fetch = async ({ address }) => {
  asked.push(address);
  return down ? { ok: false, url: address } : { ok: true, text: async () => "kr @ co\\n" };
};
globalThis.load = (name, ...hosts) => rules.load_suffixes(...hosts).then(
  () => { outcomes[name] = "loaded"; }, (error) => { outcomes[name] = error.message; });
"""


class Browser:
    """A context with a rule, by default that of registrable domains, no suffixes yet, and that server."""

    def __init__(self, rule: str = "registrable_domain") -> None:
        self.context = quickjs.Context()
        names = "load_suffixes, registrable_domain"
        self.context.module(f"{print_rules([rule])}\nglobalThis.rules = {{ {names} }};")
        self.context.eval(SERVER)

    def run(self, code: str) -> tuple[list[str], dict[str, str]]:
        self.context.eval(code)
        while self.context.execute_pending_job():
            pass
        asked, outcomes = json.loads(self.context.eval("JSON.stringify([asked, outcomes])"))
        return asked, outcomes


@pytest.fixture
def browser() -> Browser:
    return Browser()


def test_a_browser_fetches_each_shard_once_and_none_for_what_has_no_suffix(browser: Browser) -> None:
    hosts = '"shop.co.kr", "kids.example.kr.", "xn--85x722f.xn--fiqs8s", null, "1.2.3.4", "[::1]", "a.1b", "", "a.."'
    asked, outcomes = browser.run(f'load("first", {hosts}); load("second", "b.kr")')
    assert asked == ["./suffixes/k.txt", "./suffixes/xn.txt"]
    assert outcomes == {"first": "loaded", "second": "loaded"}
    assert browser.run('load("third", "c.kr")')[0] == asked
    assert browser.context.eval('rules.registrable_domain("www.shop.co.kr")') == "shop.co.kr"


def test_a_shard_that_could_not_be_fetched_is_asked_for_again(browser: Browser) -> None:
    asked, outcomes = browser.run('down = true; load("first", "a.kr")')
    assert outcomes == {"first": "./suffixes/k.txt"}
    asked, outcomes = browser.run('down = false; load("second", "a.kr")')
    assert asked == ["./suffixes/k.txt"] * 2
    assert outcomes["second"] == "loaded"


def test_the_rule_that_is_named_fetch_does_not_stand_for_the_browsers_own() -> None:
    asked, outcomes = Browser("fetch_method").run('load("first", "a.kr")')
    assert (asked, outcomes) == (["./suffixes/k.txt"], {"first": "loaded"})


def test_a_domain_whose_shard_is_not_loaded_is_an_error_and_no_wrong_answer(browser: Browser) -> None:
    with pytest.raises(quickjs.JSException, match="comes first"):
        browser.context.eval('rules.registrable_domain("shop.co.kr")')


def test_there_are_always_the_same_27_shards() -> None:
    shards = suffix_shards()
    assert list(shards) == [*string.ascii_lowercase, "xn"]
    assert all(text.endswith("\n") for text in shards.values())
    assert all(line.split(" ")[0].startswith(name) for name, text in shards.items() for line in text.splitlines())


def test_our_algorithm_agrees_with_the_package_that_has_the_data() -> None:
    package = PublicSuffixList()
    lines = [line.split(" ") for text in suffix_shards().values() for line in text.splitlines()]
    rules = [top if start == "@" else f"{start}.{top}" for top, *starts in lines for start in starts]
    domains = [rule.replace("*", "wild").removeprefix("!") for rule in rules[:: len(rules) // 1000]]
    for domain in [f"{before}{domain}" for domain in domains for before in ("", "a.", "b.a.")]:
        assert registrable_domain(domain) == package.privatesuffix(domain)
        assert public_suffix(domain) == package.publicsuffix(domain)
