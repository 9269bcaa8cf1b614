"""The mutation run: each comparison of a rule turned, each of its steps dropped, and which rows notice.

`mutants` makes the mutants of a rule, `turned` and `dropped` say of what kinds; `run` runs rows on one; `selection`
says which rules are meant; `survivors` reads the list of those that no row can notice, each with its reason.
"""
