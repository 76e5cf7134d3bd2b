"""How quick the first list, a key, --list and a search are: ratios to the minimal Textual application of the same run.

    .venv/bin/python tests/bench/start.py [--tools ../shared/tools] [--repeat 10] [--big]

Needs pty_bench.py and minimal.py (the tools folder of the workplace) and an installed `taizhang`. --big measures a
ledger of 1,000 entries and 5,000 publications. The budgets are those of issues 1/5 and 2/5; machines differ and are
noisy, so this prints and never fails.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import big

BUDGETS = {"first list": 1.5, "key down": 1.3, "list --json": 0.5, "search key 1": 5.0, "search key 2": 5.0}
FIRST_ROW = "市直有关部门"
"""Words of the row that stands first in 执法监督科's list: the only due date of its own."""
SEARCHED = ("信", "息")
"""What is typed into the search, key by key."""
Measures = dict[str, dict[str, dict[str, float]]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tools", type=Path, default=Path(__file__).parents[3] / "shared" / "tools")
    parser.add_argument("--repeat", type=int, default=10)
    parser.add_argument("--big", action="store_true")
    given = parser.parse_args()
    program = str(Path(sys.executable).with_name("taizhang"))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        _begin(program, home)
        if given.big:
            (path,) = home.rglob("*.db")
            big.fill(path, 1)
        first, searched = (big.FIRST_ROW, big.SEARCHED) if given.big else (FIRST_ROW, SEARCHED)
        benches = _benches(given.tools, program, first, searched)
        results = _measured(given.tools, given.repeat, benches, home, Path(folder))
    _print(results, searched)


def _begin(program: str, home: Path) -> None:
    """A home with one ledger, as a clerk leaves it."""
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    home.mkdir()
    words = [program, "--plan", "jiangmen-2021", "--unit", "执法监督科", "--officer", "甲", "--list"]
    subprocess.run(words, env=environment, check=True, stdout=subprocess.DEVNULL)


def _benches(tools: Path, program: str, first: str, searched: tuple[str, ...]) -> list[dict[str, object]]:
    """What is run. Before a key is measured the screen is at rest: the store has been loaded behind the first frame."""
    rest = "wait:1500"
    screen = {"command": [program], "ready": first}
    return [
        {
            "label": "minimal",
            "command": [sys.executable, str(tools / "minimal.py")],
            "ready": "row 1",
            "key": ["down*20"],
            "pre-key": [rest],
        },
        {"label": "taizhang", **screen, "key": ["down*20"], "pre-key": [rest]},
        {
            "label": "search",
            **screen,
            "key": [f"text:{letter}" for letter in searched],
            "pre-key": [rest, "ctrl+f", "wait:500"],
        },
        {"label": "list", "command": [program, "--list", "--json"], "until-exit": True},
    ]


def _measured(tools: Path, repeat: int, benches: list[dict[str, object]], home: Path, folder: Path) -> Measures:
    suite = folder / "suite.toml"
    lines = []
    for bench in benches:
        lines += ["[[bench]]", f"seed-home = {json.dumps(str(home))}"]
        lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in bench.items()]
    suite.write_text("\n".join(lines), encoding="utf-8")
    output = folder / "out.json"
    words = [sys.executable, str(tools / "pty_bench.py"), "--suite", str(suite), "--repeat", str(repeat)]
    subprocess.run([*words, "--json", str(output), "--baseline", "minimal"], check=True)
    report = json.loads(output.read_text(encoding="utf-8"))
    return {label: bench["measures"] for label, bench in report["benches"].items()}


def _print(results: Measures, searched: tuple[str, ...]) -> None:
    start, key = results["minimal"]["first frame"], results["minimal"]["key down*20, settled"]
    figures = {
        "first list": (results["taizhang"]["first frame"], start),
        "key down": (results["taizhang"]["key down*20, settled"], key),
        "list --json": (results["list"]["exit"], start),
    }
    for number, letter in enumerate(searched, 1):
        figures[f"search key {number}"] = (results["search"][f"key text:{letter}, settled"], key)
    for name, (ours, theirs) in figures.items():
        # On a machine that others use too, the quickest runs are those that nobody disturbed.
        ratio, quickest = (ours[of] / theirs[of] for of in ("median", "min"))
        verdict = "within" if ratio <= BUDGETS[name] else "OVER"
        print(
            f"{name}: {ratio:.2f} times minimal.py ({verdict} the budget of {BUDGETS[name]}; quickest {quickest:.2f})"
        )


if __name__ == "__main__":
    main()
