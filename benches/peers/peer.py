"""Runs a workload with one tool when told to: peer.py TOOL WORKLOAD FOLDER.

Speaks as normwave-workload does: a line with the answers, then for each line of standard input with
a number of passes a line with the CPU seconds of one pass and the peak of resident memory since the
inputs were read.
"""

import importlib
import json
import sys
import time
from pathlib import Path

from inputs import Inputs


def peak_mb():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


def main(tool, workload, folder):
    makes = importlib.import_module(f"with_{tool}").MAKES
    inputs = Inputs(folder)
    Path("/proc/self/clear_refs").write_text("5")
    start = time.process_time()
    once, answers = makes[workload](inputs)
    prepare = time.process_time() - start
    # Compiles, where there is something to compile.
    print(json.dumps(answers(once()), default=int), flush=True)
    for line in sys.stdin:
        n_passes = int(line)
        start = time.process_time()
        for _ in range(n_passes):
            once()
        one = (time.process_time() - start) / n_passes
        print(json.dumps(dict(cpu_s=one, prepare_s=prepare, peak_mb=round(peak_mb(), 1))), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
