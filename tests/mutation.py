"""
Breaks the library on purpose, one small change at a time, and sees whether tests notice.

``python tests/mutation.py STATION [--sample N] [--seed N]``, where STATION is ``conversion``,
``closing``, ``erasing``, ``leads``, ``qualification``, ``history``, ``pipeline``, ``analytics`` or
``calls``. Each mutant lives in a copy of the repository, and only the station's own tests hunt it.
What survives is printed with its line. It is run by hand.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "salesfunnel"
# The files of each station that matter most, and the tests that hunt in them.
TARGETS = {
    "conversion": (
        [
            "conversion/*.py",
            *(f"values/{name}.py" for name in ("contribut*", "putting_*", "sameness", "change")),
        ],
        ["tests/conversion", "tests/values/test_contribution.py", "src/salesfunnel/conversion"],
    ),
    "closing": (
        [f"opportunities/{name}.py" for name in ("closing", "moving", "outcomes", "rest")],
        ["tests/opportunities"],
    ),
    "erasing": (["privacy/*.py"], ["tests/privacy"]),
    "leads": (
        ["leads/*.py"],
        ["tests/leads", "src/salesfunnel/leads", "tests/funnel/test_event_fields.py"],
    ),
    "analytics": (
        [f"analytics/{name}*.py" for name in ("funnel", "cohort", "forecast", "slippage", "total")],
        ["tests/analytics"],
    ),
    "qualification": (["qualification/scorecard*.py"], ["tests/qualification"]),
    "history": (["history/*.py"], ["tests/history"]),
    "pipeline": (
        [f"pipeline/{name}.py" for name in ("judging", "verdicts", "table", "refusals", "targets")],
        ["tests/pipeline"],
    ),
    "calls": (
        ["interop/calls/*.py", "interop/rows/row_taken.py", "interop/inputs/excel_*.py"],
        ["tests/interop/test_call_sheets.py", "tests/interop/test_excel_output.py"],
    ),
}
TIMEOUT = 240

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
}


def changes(node: ast.AST) -> Iterator[tuple[str, object]]:  # noqa: C901 - a table
    """List how a piece of code may be broken: the field to change, and its new value."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in SWAPS:
            yield "ops", [SWAPS[type(op)]()]
        case ast.BoolOp(op=op) | ast.BinOp(op=op) if type(op) in SWAPS:
            yield "op", SWAPS[type(op)]()
        case ast.UnaryOp(op=ast.Not()):
            yield "op", ast.UAdd()  # `+x` is as true as x for what we negate, or raises
        case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test):
            yield "test", ast.UnaryOp(op=ast.Not(), operand=test)
            if not isinstance(node, ast.While):
                yield "test", ast.Constant(value=False)
        case ast.comprehension(ifs=[_, *_]):
            yield "ifs", []
        case ast.Constant(value=bool() as value):
            yield "value", not value
        case ast.Constant(value=int() as value):
            yield "value", value + 1
        case ast.Constant(value=str() as value) if value:
            yield "value", value + "x"
        case ast.Return(value=ast.expr() as value) if not is_none(value):
            yield "value", ast.Constant(value=None)
        case ast.keyword(arg=str(), value=value) if not isinstance(value, ast.Constant):
            yield "value", ast.Constant(value=None)
        case _:
            pass


def is_none(value: ast.expr) -> bool:
    """Tell whether an expression is ``None`` itself."""
    return isinstance(value, ast.Constant) and value.value is None


def skipped(tree: ast.Module) -> set[int]:
    """Find what no test can notice: docstrings, annotations, and imports for types only."""
    out: set[int] = set()
    for node in ast.walk(tree):
        hidden: list[ast.AST | None] = []
        match node:
            case ast.Module(body=body) | ast.ClassDef(body=body) | ast.FunctionDef(body=body):
                hidden += [s for s in body if isinstance(s, ast.Expr) and is_text(s.value)]
                if isinstance(node, ast.FunctionDef):
                    hidden.append(node.returns)
            case ast.arg(annotation=annotation) | ast.AnnAssign(annotation=annotation):
                hidden.append(annotation)
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                hidden.append(node)
            case ast.Assign(targets=[ast.Name(id="__all__")]):
                hidden.append(node)
            case ast.Call(func=ast.Name(id="TypeVar")):
                hidden.append(node)
            case _:
                pass
        out |= {id(inner) for part in hidden if part for inner in ast.walk(part)}
    return out


def is_text(value: ast.expr) -> bool:
    """Tell whether an expression is a text that stands alone."""
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


def mutants(text: str) -> Iterator[tuple[int, str, str]]:
    """Break a file in every way, one at a time: line, what was changed, the whole new text."""
    tree = ast.parse(text)
    hidden = skipped(tree)
    for place, node in enumerate(ast.walk(tree)):
        if id(node) in hidden:
            continue
        for field, value in changes(node):
            broken = copy.deepcopy(tree)
            other = next(n for at, n in enumerate(ast.walk(broken)) if at == place)
            before = ast.unparse(other) if isinstance(other, ast.expr) else field
            setattr(other, field, value)
            ast.fix_missing_locations(broken)
            after = (
                ast.unparse(other)
                if isinstance(other, ast.expr)
                else ast.unparse(value)
                if isinstance(value, ast.AST)
                else str(value)
            )
            line = getattr(node, "lineno", None) or line_of(node)
            yield line, f"{before} -> {after}"[:100], ast.unparse(broken)


def line_of(node: ast.AST) -> int:
    """Find the line of a piece that has none of its own, such as a part of a comprehension."""
    return next((inner.lineno for inner in ast.walk(node) if hasattr(inner, "lineno")), 0)


def survives(copy_of: Path, tests: list[str]) -> bool:
    """Tell whether the station's tests pass in a copy; one that hangs has been noticed."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    environment = {
        **os.environ,
        "HYPOTHESIS_PROFILE": "quick",
        "PYTHONPATH": str(copy_of / "src"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    try:
        done = subprocess.run(
            command, cwd=copy_of, env=environment, capture_output=True, timeout=TIMEOUT, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def main() -> int:
    """Hunt the mutants of a station, or some of them; status 1 means that too many survived."""
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("station", choices=sorted(TARGETS))
    parser.add_argument("--sample", type=int, default=0, help="how many; all if left out")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    patterns, tests = TARGETS[asked.station]
    if missing := [pattern for pattern in patterns if not any(SOURCE.glob(pattern))]:
        parser.error(f"there is no such file as {', '.join(missing)}")
    files = sorted(path for pattern in patterns for path in SOURCE.glob(pattern))
    found = [
        (path.relative_to(SOURCE), *mutant)
        for path in files
        if path.name != "__init__.py"
        for mutant in mutants(path.read_text("utf-8"))
    ]
    if 0 < asked.sample < len(found):
        found = random.Random(asked.seed).sample(found, asked.sample)  # noqa: S311 - no secret
    survivors = hunt(found, tests)
    killed = len(found) - survivors
    print(f"{asked.station}: {killed} of {len(found)} killed, {100 * killed / len(found):.0f} %")
    return 0 if killed >= 0.9 * len(found) else 1


def hunt(found: list[tuple[Path, int, str, str]], tests: list[str]) -> int:
    """Let the tests hunt each mutant in a copy, print what survives, and count it."""
    survivors = 0
    with tempfile.TemporaryDirectory() as folder:
        copied = Path(folder) / "salesfunnel"
        parts = shutil.ignore_patterns(".git", ".cache", ".hypothesis", "__pycache__", "*.egg-info")
        shutil.copytree(ROOT, copied, ignore=parts)
        if not survives(copied, tests):
            sys.exit("the tests fail without any change")
        for name, line, change, text in found:
            path = copied / "src" / "salesfunnel" / name
            original = path.read_text("utf-8")
            path.write_text(text, "utf-8")
            lives = survives(copied, tests)
            path.write_text(original, "utf-8")
            survivors += lives
            print(f"{'SURVIVED' if lives else 'killed'}  {name}:{line}  {change}", flush=True)
    return survivors


if __name__ == "__main__":
    sys.exit(main())
