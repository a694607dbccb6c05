"""
Ten and a hundred thousand leads through ``qualify --json``: peak memory and time of each.

Run it with ``python tests/benchmarks/stream_memory.py``. Rows are streamed, so ten times as many
leads should need hardly more memory.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HEADER = "Name,Job title,Company,Employees,Email,Phone,Source,Need,Budget,Timing,Authority,Note\n"
COMMAND = [sys.executable, "-m", "salesfunnel", "qualify"]
ANSWERS = ("yes", "no", "", "بله", "oui")


def a_list(path: Path, leads: int) -> Path:
    """Write a list of as many leads, no two alike."""
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        for n in range(leads):
            need, budget, timing = (ANSWERS[n // step % 5] for step in (1, 5, 25))
            file.write(
                f"سارا احمدی {n},buyer,Novin {n // 3},{n % 900},s{n}@novin{n}.example,"
                f"+98 21 {n:08},exhibition,{need},{budget},{timing},,saw the demo {n}\n"
            )
    return path


def measured(path: Path) -> tuple[float, float]:
    """Rank the list in a process of its own: peak resident memory in MiB, and seconds of CPU."""
    with subprocess.Popen([*COMMAND, str(path), "--json"], stdout=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"qualify ended with status {process.returncode}")
    return usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime


def main() -> None:
    """Measure both lists and print the figures."""
    peaks = []
    with tempfile.TemporaryDirectory() as folder:
        for leads in (10_000, 100_000):
            path = a_list(Path(folder, "leads.csv"), leads)
            began = time.perf_counter()
            peak, cpu = measured(path)
            wall = time.perf_counter() - began
            peaks.append(peak)
            print(f"{leads:>7,} leads: peak {peak:.1f} MiB, {cpu:.1f} s of CPU, {wall:.1f} s")
    print(f"ten times the leads: {peaks[1] / peaks[0]:.2f} times the memory")


if __name__ == "__main__":
    main()
