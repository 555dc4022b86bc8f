#!/usr/bin/env python3
"""Write the licences of all crates that a build for TARGET links: name, licence, and the texts they carry.

    packaging/licences.py TARGET > licences-of-crates.txt

Asks cargo, which has the sources of what it built. Equal texts stand once. A crate without a text is
named at the end with what its manifest says.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAMES = re.compile(r"^(licen[cs]e|copying|notice|unlicense|copyright)", re.IGNORECASE)


def cargo(*args: str) -> str:
    run = subprocess.run(["cargo", *args, "--locked"], cwd=ROOT, check=True, capture_output=True, text=True)
    return run.stdout


def linked(target: str) -> set[tuple[str, str]]:
    """Name and version of what goes into the program; no build scripts, no tests."""
    tree = cargo("tree", "--target", target, "--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}")
    found = set()
    for line in tree.splitlines():
        name, version, *_ = line.split()
        if name != "jintu":
            found.add((name, version.removeprefix("v")))
    return found


def texts(folder: Path) -> list[str]:
    files = sorted(path for path in folder.iterdir() if NAMES.match(path.name) and path.is_file())
    return ["\n".join(line.rstrip() for line in path.read_text("utf-8", "replace").splitlines()).strip() for path in files]


def main() -> None:
    target = sys.argv[1]
    wanted = linked(target)
    packages = json.loads(cargo("metadata", "--format-version", "1", "--filter-platform", target))["packages"]
    crates = sorted((p for p in packages if (p["name"], p["version"]) in wanted), key=lambda p: (p["name"], p["version"]))
    if len(crates) != len(wanted):
        sys.exit(f"{len(wanted)} crates are linked and {len(crates)} found")
    by_text: dict[str, list[str]] = {}
    silent = []
    print(f"Jintu links these {len(crates)} crates, each under the licence named:\n")
    for crate in crates:
        title = f"{crate['name']} {crate['version']}"
        print(f"  {title}: {crate['license'] or 'see its text'}  {crate['repository'] or ''}".rstrip())
        found = texts(Path(crate["manifest_path"]).parent)
        for text in found:
            by_text.setdefault(text, []).append(title)
        if not found:
            silent.append(f"  {title}: {crate['license']}; {', '.join(crate['authors']) or 'no authors named'}")
    for text, of in by_text.items():
        print(f"\n{'=' * 78}\n{', '.join(of)}\n{'=' * 78}\n\n{text}")
    if silent:
        print(f"\n{'=' * 78}\nThese carry no text; their repository above has it.\n{'=' * 78}\n")
        print("\n".join(silent))


if __name__ == "__main__":
    main()
