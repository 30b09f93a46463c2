"""The list of pure modules in pyproject.toml is complete; import-linter checks that what is listed stays pure."""

import sys
import tomllib
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[2]
OWN = ("surveys", "practices", "config")


def test_every_module_that_knows_no_framework_is_kept_that_way():
    graph = grimp.build_graph(*OWN, include_external_packages=True, cache_dir=None)
    frameworks = {name for name in graph.modules if "." not in name} - set(sys.stdlib_module_names) - set(OWN)
    assert "django" in frameworks
    pure = {
        name
        for name in graph.modules
        if name.startswith(("surveys.", "practices."))
        and not graph.find_children(name)
        and not (ROOT / name.replace(".", "/")).is_dir()
        and not frameworks & graph.find_upstream_modules(name)
    }
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    listed = next(
        set(contract["source_modules"])
        for contract in contracts
        if contract["name"] == "Pure modules know no framework"
    )
    assert pure - listed == set(), "add these to the contract in pyproject.toml"
    assert listed - graph.modules == set(), "these no longer exist"
