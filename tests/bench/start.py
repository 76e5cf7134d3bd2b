"""How quick the first list, a key and --list are, as ratios to the minimal Textual application in the same run.

    .venv/bin/python tests/bench/start.py [--tools ../shared/tools] [--repeat 10]

Needs pty_bench.py and minimal.py (the tools folder of the workplace) and an installed `taizhang`. The budgets are
those of issue 1/5; machines differ and are noisy, so this prints and never fails.
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

BUDGETS = {"first list": 1.5, "key down": 1.3, "list --json": 0.5}
FIRST_ROW = "市直有关部门"
"""Words of the row that stands first in 执法监督科's list: the only due date of its own."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tools", type=Path, default=Path(__file__).parents[3] / "shared" / "tools")
    parser.add_argument("--repeat", type=int, default=10)
    given = parser.parse_args()
    program = str(Path(sys.executable).with_name("taizhang"))
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        _begin(program, home)
        results = _measured(given.tools, given.repeat, program, home, Path(folder))
    _print(results)


def _begin(program: str, home: Path) -> None:
    """A home with one ledger, as a clerk leaves it."""
    environment = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
    home.mkdir()
    words = [program, "--plan", "jiangmen-2021", "--unit", "执法监督科", "--officer", "甲", "--list"]
    subprocess.run(words, env=environment, check=True, stdout=subprocess.DEVNULL)


def _measured(
    tools: Path, repeat: int, program: str, home: Path, folder: Path
) -> dict[str, dict[str, dict[str, float]]]:
    suite = folder / "suite.toml"
    benches = [
        {
            "label": "minimal",
            "command": [sys.executable, str(tools / "minimal.py")],
            "ready": "row 1",
            "key": ["down*20"],
        },
        {"label": "taizhang", "command": [program], "ready": FIRST_ROW, "key": ["down*20"], "pre-key": ["wait:1500"]},
        {"label": "list", "command": [program, "--list", "--json"], "until-exit": True},
    ]
    lines = []
    for bench in benches:
        bench["seed-home"] = str(home)
        lines += ["[[bench]]", *(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in bench.items())]
    suite.write_text("\n".join(lines), encoding="utf-8")
    output = folder / "out.json"
    words = [sys.executable, str(tools / "pty_bench.py"), "--suite", str(suite), "--repeat", str(repeat)]
    subprocess.run([*words, "--json", str(output), "--baseline", "minimal"], check=True)
    shutil.rmtree(home)
    report = json.loads(output.read_text(encoding="utf-8"))
    return {label: bench["measures"] for label, bench in report["benches"].items()}


def _print(results: dict[str, dict[str, dict[str, float]]]) -> None:
    floor = results["minimal"]
    figures = {
        "first list": results["taizhang"]["first frame"]["median"] / floor["first frame"]["median"],
        "key down": results["taizhang"]["key down*20, settled"]["median"] / floor["key down*20, settled"]["median"],
        "list --json": results["list"]["exit"]["median"] / floor["first frame"]["median"],
    }
    for name, ratio in figures.items():
        verdict = "within" if ratio <= BUDGETS[name] else "OVER"
        print(f"{name}: {ratio:.2f} times minimal.py ({verdict} the budget of {BUDGETS[name]})")


if __name__ == "__main__":
    main()
