"""The minifier: what it writes, that this comes to the same, what it refuses, and where its source map leads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import quickjs

from pelican_cors_series.minifier import MinifierError, minify
from pelican_cors_series.minifier.scopes import NAMES
from pelican_cors_series.minifier.source_map import DIGITS
from pelican_cors_series.minifier.syntax import parse
from pelican_cors_series.rules import print_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

# What is written of a module. `say` is no name of its own, so it stays.
SHORT = {
    "comments and blanks": ("// one\nsay(1); /* two */\n\nsay( [ 2 , 3, ] );\n", "say(1);say([2,3])"),
    "words that would run together": (
        "const a = typeof 1; say(a in [1], void 0);",
        "let e=typeof 1;say(e in[1],void 0)",
    ),
    "signs that would run together": ("const a = 1; say(a - -a, a + +a, - -a);", "let e=1;say(e- -e,e+ +e,- -e)"),
    "a text, a pattern and a template": (
        'const long = 1; say("a  b // c", /[/ ]  \\//u.test("/"), `a ${long}  ${ `${long} b` }`);',
        'let e=1;say("a  b // c",/[/ ]  \\//u.test("/"),`a ${e}  ${`${e} b`}`)',
    ),
    "members keep their names": (
        "const a = 1, b = { a, b: a, [a]: a }; const { a: c, b: d = 2, ...e } = b; say(b.a, c, d, e, b?.b);",
        "let e=1,t={a:e,b:e,[e]:e},{a:n,b:r=2,...i}=t;say(t.a,n,r,i,t?.b)",
    ),
    "a shorthand of a pattern": (
        "const f = ({ a, b = a }) => [a, b]; say(f({ a: 1 }));",
        "let n=({a:e,b:t=e})=>[e,t];say(n({a:1}))",
    ),
    "a function that only gives": ("const f = (a) => { return { a }; }; say(f(1).a);", "let t=e=>({a:e});say(t(1).a)"),
    "an arrow that gives a choice": (
        "const f = (a, b) => (a ? b : 2); say(f(0, 1));",
        "let n=(e,t)=>e?t:2;say(n(0,1))",
    ),
    "one statement needs no braces": (
        "for (const a of [1, 2]) { if (a === 1) { say(a); } else { say(-a); say(0); } }",
        "for(let e of[1,2])if(e===1)say(e);else{say(-e);say(0)}",
    ),
    "an else that would change its if": (
        "const a = 0, b = 1; if (a) { if (b) { say(1); } } else { say(2); }",
        "let e=0,t=1;if(e){if(t)say(1)}else say(2)",
    ),
    "a declaration needs its block": ("if (true) { const a = 1; }\nsay(2);", "if(!0){let e=1}say(2)"),
    "declarations in a row": ("const a = 1;\nlet b;\nlet c = 2;\nb = c;\nsay(a, b);", "let t=1,e,n=2;e=n;say(t,e)"),
    "what is thrown and caught": (
        "try { throw new Error(); } catch (error) { say(error.message); } finally { say(2); }",
        "try{throw new Error()}catch(e){say(e.message)}finally{say(2)}",
    ),
    "a name of the world that a function has for itself": (
        "const f = (Number) => Number + 1; say(f(1), Number(2));",
        "let e=Number=>Number+1;say(e(1),Number(2))",
    ),
    "a class and its private members": (
        "class A { #a = 0; static of() { return new A(); } get next() { return ++this.#a; } }\nsay(A.of().next);",
        "class e{#e=0;static of(){return new e()}get next(){return++this.#e}}say(e.of().next)",
    ),
    "a loop that counts": ("for (let i = 0; i < 2; i++) { say(i); }", "for(let e=0;e<2;e++)say(e)"),
    "a loop that goes on and leaves": (
        "let a = 0; while (true) { a += 1; if (a < 2) continue; break; } say(a);",
        "let e=0;while(!0){e+=1;if(e<2)continue;break}say(e)",
    ),
    "nothing at all": (";;\n// nothing\n", ""),
}


@pytest.mark.parametrize("name", SHORT)
def test_a_module_is_written_short(name: str) -> None:
    assert minify(SHORT[name][0]).text == SHORT[name][1]


@pytest.mark.parametrize("name", SHORT)
def test_a_short_module_says_the_same(name: str) -> None:
    readable, short = (said_by(text) for text in (SHORT[name][0], minify(SHORT[name][0]).text))
    assert short == readable
    assert readable or name == "nothing at all"


def said_by(module: str) -> list[object]:
    context = quickjs.Context()
    context.eval("globalThis.said = []; globalThis.say = (...values) => { said.push(...values); };")
    context.module(module)
    return [*json.loads(context.eval("JSON.stringify(said)"))]


@pytest.mark.parametrize(
    ("module", "short"),
    [
        (
            "export const a = 1, b = a;\nexport function c() {}",
            "let e=1,t=e;function n(){}export{e as a,t as b,n as c}",
        ),
        ("export default { a: 1 };", "export default{a:1}"),
        ('import { a, b as c } from "./x.js";\nimport * as d from "y";\na(c, d);', ""),
        ('import e from "./x.js";\nconst f = await import(`${e}`);\nf();', ""),
    ],
)
def test_what_a_module_gives_and_takes_keeps_its_name(module: str, short: str) -> None:
    imported = {
        "a": 'import{a as e,b as t}from"./x.js";import*as n from"y";e(t,n)',
        "e": 'import e from"./x.js";let t=await import(`${e}`);t()',
    }
    assert minify(module).text == (short or imported[module.split()[1 if module[7] == "e" else 2].strip(",")])


@pytest.mark.parametrize(
    ("module", "message"),
    [
        ("const a = ;", "1:9: this is no JavaScript"),
        ("say(1);\n  x: for (;;) break x;", "2:3: the minifier knows no labeled statement"),
        ("const a = 1;\nexport { a };", "2:1: the minifier knows exports of declarations and of a default"),
        ("var a = 1;", "1:1: the minifier knows no variable declaration"),
    ],
)
def test_what_it_does_not_know_is_refused_at_its_place(module: str, message: str) -> None:
    with pytest.raises(MinifierError) as raised:
        minify(module)
    assert str(raised.value) == message


def test_names_go_on_where_the_letters_end() -> None:
    names = [f"name{number}" for number in range(200)]
    module = f"const {', '.join(f'{name} = {place}' for place, name in enumerate(names))};\nsay({', '.join(names)});"
    assert said_by(minify(module).text) == [*range(200)]


# The words that are written otherwise, by how they begin.
OTHERWISE = {"!0": "tr", "!1": "fa", "le": "co"}


def segments(mappings: str) -> Iterator[tuple[int, int, list[int]]]:
    """Read the mappings of a source map: line and column, then the source, its line and column, and perhaps a name."""
    fields = [0, 0, 0, 0]
    for line, written in enumerate(mappings.split(";")):
        column = 0
        for segment in filter(None, written.split(",")):
            moved = numbers(segment)
            column += moved[0]
            fields = [now + by for now, by in zip(fields, [*moved[1:], 0], strict=False)]
            yield line, column, fields[: len(moved) - 1]


def numbers(segment: str) -> list[int]:
    found, number, shift = [], 0, 0
    for digit in map(DIGITS.index, segment):
        number |= (digit & 31) << shift
        shift += 5
        if not digit & 32:
            found.append(-(number >> 1) if number & 1 else number >> 1)
            number = shift = 0
    return found


MODULES = {
    "the rules of a fetch": print_rules(["fetch_method"]),
    "more than ASCII, in more than one line": 'const 이름 = "가나";\nsay(`\U0001f600\n${이름}`, 이름);\n',
}


@pytest.mark.parametrize("name", MODULES)
def test_each_place_leads_to_the_same_word_of_the_readable_module(name: str) -> None:
    module = MODULES[name]
    minified = minify(module)
    source_map = json.loads(minified.source_map("readable/rules.js"))
    assert source_map["version"] == 3
    assert (source_map["sources"], source_map["sourcesContent"]) == (["readable/rules.js"], [module])
    words = {(node.row, node.column): node.text for node in parse(module).walk() if node.kind in NAMES}
    found = [*segments(source_map["mappings"])]
    for line, column, (source, row, place, *name_of) in found:
        written = in_utf16(minified.text.split("\n")[line], column)
        original = in_utf16(module.split("\n")[row], place)
        assert source == 0
        if name_of:
            assert words[row, place] == source_map["names"][name_of[0]]
        else:
            assert written[:1] == original[:1] or OTHERWISE[written[:2]] == original[:2]
    assert {(row, place) for _, _, (_, row, place, *_) in found} >= words.keys()


def in_utf16(line: str, column: int) -> str:
    """Give a line from a column on that counts as JavaScript does."""
    return line.encode("utf-16-le")[2 * column :].decode("utf-16-le")


def test_a_rule_in_the_short_module_leads_to_its_line_in_the_readable_one() -> None:
    module = MODULES["the rules of a fetch"]
    minified = minify(module)
    column = minified.text.index('"cors_check request response"')
    [row] = [row for _, at, (_, row, *_) in segments(minified.mappings) if at == column]
    assert module.split("\n")[row].startswith("const cors_check = $rule(")
