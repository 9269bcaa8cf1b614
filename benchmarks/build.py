"""The build of 1,000 generated posts in two languages: plain Pelican's beside this plugin's, run in pairs.

Plain Pelican has pelican-yaml-metadata, its own `simple` theme, and the settings that make the same pages: an index,
a feed for each language, translations paired by lng_pair. Prints wall time, the peak memory of the largest process
and the ratio of each pair. Usage: build.py [--pairs 5] [--posts 1000] [--limit 1.0]
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
SEED = 20230613

WORDS = {
    "en": "origin scheme host port site request response header script browser server cookie policy fetch the a of "
    "to is and in that it not by with from which compares sends reads blocks answers before after only never",
    "ko": "출처 스킴 호스트 포트 사이트 요청을 응답은 헤더가 스크립트 브라우저는 서버에 쿠키를 정책이 비교합니다 "
    "보냅니다 읽지 막습니다 먼저 그래서 하지만 다시 언제나 아무도 같은 다른 값은 두 주소를 표준에 따라",
}
CODE = {
    "js": 'const answer = await fetch("https://api.example/items/{n}", {{ credentials: "include" }});\n'
    "if (!answer.ok) throw new Error(`status ${{answer.status}}`);\nconsole.log(await answer.json());\n",
    "python": "def same_origin(a: Origin, b: Origin) -> bool:\n    # number {n}\n"
    "    return (a.scheme, a.host, a.port) == (b.scheme, b.host, b.port)\n",
    "http": "GET /items/{n} HTTP/1.1\nHost: api.example\nOrigin: https://app.example\n",
}

COMMON = """\
PATH = {content!r}
OUTPUT_PATH = {output!r}
SITENAME = "Benchmark"
SITEURL = "https://blog.example"
TIMEZONE = "Asia/Seoul"
DEFAULT_LANG = "en"
AUTHOR = "Owner"
DIRECT_TEMPLATES = ["index"]
CATEGORY_SAVE_AS = TAG_SAVE_AS = AUTHOR_SAVE_AS = ""
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
"""
PLAIN = """\
PLUGINS = ["yaml_metadata"]
THEME = "simple"
ARTICLE_TRANSLATION_ID = "lng_pair"
ARTICLE_URL, ARTICLE_SAVE_AS = "posts/{slug}", "posts/{slug}.html"
ARTICLE_LANG_URL, ARTICLE_LANG_SAVE_AS = "{lang}/{slug}", "{lang}/{slug}.html"
TRANSLATION_FEED_ATOM = "feed-{lang}.xml"
SLUGIFY_SOURCE = "basename"
FILENAME_METADATA = r"(?P<slug>.*)"
PATH_METADATA = r"(?P<lang>\\w\\w)/.*"
"""
OURS = """\
PLUGINS = ["pelican_cors_series"]
THEME = {theme!r}
TRANSLATION_FEED_ATOM = None
CORS_SERIES_LANGUAGES = {{"en": {{"title": "Benchmark"}}, "ko": {{"title": "측정"}}}}
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One build. seconds: wall time. memory: peak resident set of the process, in MiB."""

    seconds: float
    memory: float


def sentence(words: list[str], rng: random.Random) -> str:
    """Return 6 to 16 words, some of them emphasised, code or a link."""
    chosen = rng.choices(words, k=rng.randint(6, 16))
    for index, form in enumerate(("**{}**", "`{}`", "[{}](https://fetch.spec.whatwg.org/#concept-cors-check)")):
        if rng.random() < 0.3:  # noqa: PLR2004 - about as dense as the series itself
            chosen[index * 2] = form.format(chosen[index * 2])
    return " ".join(chosen) + "."


def post(number: int, language: str, rng: random.Random) -> str:
    """Return the text of one post, about as long as one of the old blog's."""
    words = WORDS[language].split()
    pieces = [
        (
            f"---\nlng_pair: id_Post_{number:04}x\ntitle: {' '.join(rng.choices(words, k=4))} {number}\nauthor: Owner\n"
            f"category: Browser\ntags: [Browser policy, {rng.choice(words)}]\n"
            f"date: 20{10 + number % 13:02}-{1 + number % 12:02}-{1 + number % 28:02} 07:00:00 +0900\n"
            f'meta_description: "{sentence(words, rng).replace(chr(34), "")}"\n---\n'
        ),
        f"<!-- outline-start -->\n\n{sentence(words, rng)}\n\n<!-- outline-end -->\n",
    ]
    for section in range(4):
        pieces.append(f"## {' '.join(rng.choices(words, k=3))} {{#section-{section}}}\n")
        pieces += [" ".join(sentence(words, rng) for _ in range(4)) + "\n" for _ in range(2)]
        pieces.append("\n".join(f"- {sentence(words, rng)}" for _ in range(3)) + "\n")
        language_of_code = rng.choice(sorted(CODE))
        pieces.append(f"```{language_of_code}\n{CODE[language_of_code].format(n=number)}```\n")
    pieces.append(
        "header | value\n--- | ---\n" + "\n".join(f"{rng.choice(words)} | {rng.choice(words)}" for _ in range(4))
    )
    return "\n".join(pieces) + "\n"


def generate(folder: Path, posts: int) -> None:
    """Write that many posts, half of them in each language, the same ones at each call."""
    rng = random.Random(SEED)  # noqa: S311 - text for a benchmark
    for number in range(posts // 2):
        for language in WORDS:
            file = folder / language / f"2023-01-01-post-{number:04}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(post(number, language, rng), encoding="utf-8")


def build(settings: Path) -> Run:
    """Run pelican with these settings in a process of its own."""
    command = [sys.executable, "-m", "pelican", "--settings", str(settings)]
    start = time.perf_counter()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            log.seek(0)
            sys.exit(f"{settings.name} failed:\n{log.read().decode(errors='replace')[-2000:]}")
    return Run(seconds, usage.ru_maxrss / 1024)


def main() -> int:
    """Run the pairs, print the figures, and return 1 where the ratio is over the limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=5)
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--limit", type=float, default=1.0)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder / "content", chosen.posts)
        settings = {}
        for kind, lines in (("plain", PLAIN), ("plugin", OURS.format(theme=str(ROOT / "theme")))):
            settings[kind] = folder / f"{kind}.py"
            common = COMMON.format(content=str(folder / "content"), output=str(folder / f"output-{kind}"))
            settings[kind].write_text(common + lines, encoding="utf-8")
            build(settings[kind])  # to warm the caches of the file system and of Python
            pages = len(list((folder / f"output-{kind}").rglob("*.html")))
            print(f"{kind}: {pages} pages")
        runs = [(build(settings["plain"]), build(settings["plugin"])) for _ in range(chosen.pairs)]
    print(f"{chosen.posts} posts, {chosen.pairs} pairs (after one warm-up each)   plain Pelican   this plugin   ratio")
    for pair in runs:
        print(f"  wall {pair[0].seconds:6.2f} s {pair[1].seconds:6.2f} s   {pair[1].seconds / pair[0].seconds:.2f}")
    ratio = statistics.median(ours.seconds / plain.seconds for plain, ours in runs)
    memory = [statistics.median(run.memory for run in side) for side in zip(*runs, strict=True)]
    print(f"median ratio of wall times: {ratio:.2f} (at most {chosen.limit:.2f})")
    print(f"median peak memory: {memory[0]:.0f} MiB, {memory[1]:.0f} MiB")
    return int(ratio > chosen.limit)


if __name__ == "__main__":
    sys.exit(main())
