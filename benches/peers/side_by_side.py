"""Measures all tools on all workloads in alternation, checks their answers, and writes the tables.

Called by benches/peers/run, which says how.
"""

import argparse
import importlib.metadata
import json
import os
import platform
import shutil
import subprocess
import sys
from math import sqrt
from pathlib import Path
from statistics import median

HERE = Path(__file__).resolve().parent
RAW = HERE / "results.jsonl"
PAGE = HERE.parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- peers/run: begin -->\n", "<!-- peers/run: end -->"

OURS = "normwave"
# The rival of each workload, and how many times as fast we mean to be; then the others.
TOOLS = {
    "W1": ("numpy", 15, ["numpy_tuned", "numba", "numba_tuned", "cynetdiff"]),
    "W2": ("numba", 4, ["numba_tuned", "numpy", "cynetdiff"]),
    "W2-share": ("numba", 4, ["numba_tuned", "numpy", "cynetdiff"]),
    "W3-LT": ("numba", 5, ["numba_tuned", "numpy", "cynetdiff"]),
    "W3-IC": ("numba", 4, ["numba_tuned", "numpy", "cynetdiff"]),
    "reversal": ("numpy", 10, ["numpy_tuned"]),
    "moving-gain": ("numpy", 10, ["numpy_tuned"]),
    "graded": ("numpy", 10, ["numpy_tuned"]),
    "noisy": ("numpy", 10, ["numpy_tuned"]),
}
CALLED = {
    "numpy": "numpy, products of 32-bit matrices",
    "numpy_tuned": "numpy, tuned",
    "numba": "numba, a queue",
    "numba_tuned": "numba, tuned",
    "cynetdiff": "CyNetDiff",
}
CASCADES = "numpy, newest adopters"
# A pass is repeated until a round has taken about so many seconds.
ROUND = 0.25
# Random ones: compared by their means. The others have to agree exactly.
RANDOM = {"W3-IC", "noisy"}


def tuned(rival):
    """The same rival, written by one who has thought about the machine."""
    return f"{rival}_tuned"


def called(tool, workload):
    return CASCADES if tool == "numpy" and workload.startswith(("W2", "W3")) else CALLED.get(tool, tool)


class Tool:
    """A process that has made a workload ready and runs passes when told to."""

    def __init__(self, name, command):
        self.name = name
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.answers = self.read()
        # The first pass is not counted.
        self.passes = max(1, round(ROUND / self.measure(1)["cpu_s"]))

    def read(self):
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.name} ended with status {self.process.wait()}")
        return json.loads(line)

    def measure(self, passes=None):
        print(passes or self.passes, file=self.process.stdin, flush=True)
        return self.read()

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def disagreements(workload, ours, tool):
    """What the answers of a tool and ours differ in, of all that the tool reports."""
    theirs = tool.answers
    if workload not in RANDOM:
        return [f"{what} is {theirs[what]}, not {ours[what]}" for what in theirs if theirs[what] != ours[what]]
    runs = ours["runs"]
    mean, other = ours["adopters"] / runs, theirs["adopters"] / runs
    spread = sqrt(max(ours["squares"] / runs - mean**2, 0))
    allowed = 4 * spread * sqrt(2 / runs)
    return [] if abs(mean - other) <= allowed else [f"mean {other}, not {mean} ± {allowed}"]


def measure(workload, program, work, rounds, write):
    """Median and least seconds of each tool, in alternation."""
    folder = work / "inputs"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tools = [Tool(OURS, [program, workload, folder])]
    rival, _, others = TOOLS[workload]
    peer = lambda name: Tool(name, [sys.executable, HERE / "peer.py", name, workload, folder])
    tools += [peer(name) for name in [rival, *others]]
    ours = tools[0].answers
    for tool in tools:
        write(dict(workload=workload, tool=tool.name, answers=tool.answers))
    for tool in tools[1:]:
        for wrong in disagreements(workload, ours, tool):
            sys.exit(f"{workload}, {tool.name}: {wrong}")
    samples = {tool.name: [] for tool in tools}
    for number in range(rounds):
        # Nobody is always first.
        for tool in tools[number % len(tools) :] + tools[: number % len(tools)]:
            sample = tool.measure()
            samples[tool.name].append(sample)
            write(dict(workload=workload, tool=tool.name, round=number, passes=tool.passes, **sample))
    for tool in tools:
        tool.close()
    shutil.rmtree(folder)
    # One cascade, where a pass has several.
    share = ours["runs"] if workload == "W3-IC" else 1
    seconds = {name: [sample["cpu_s"] / share for sample in of] for name, of in samples.items()}
    peaks = {name: max(sample["peak_mb"] for sample in of) for name, of in samples.items()}
    return ours, seconds, peaks


def machine():
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    field = lambda name: next((line.split(":")[1].strip() for line in lines if line.startswith(name)), "?")
    memory = int(Path("/proc/meminfo").read_text().split()[1]) / 2**20
    model = f"{field('model name')} (family {field('cpu family')}, model {field('model')})"
    return f"{model}, {os.cpu_count()} cores, {memory:.0f} GiB, Linux {platform.release().split('-')[0]}"


def versions():
    output = lambda *command: subprocess.run(command, capture_output=True, text=True).stdout.strip()
    names = ["numpy", "scipy", "numba", "cynetdiff"]
    return dict(
        normwave=output("git", "describe", "--always", "--dirty", "--abbrev=10"),
        rustc=output("rustc", "--version").split(" (")[0].removeprefix("rustc "),
        python=platform.python_version(),
        **{name: importlib.metadata.version(name) for name in names},
    )


def seconds_of(number):
    return f"{number:#.3g}" if number < 100 else f"{number:.0f}"


def table(rows):
    head, *rest = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([head, "|" + "---|" * len(rows[0]), *rest]) + "\n"


def ratio_of(seconds, tool):
    """Median over the rounds of how many times as long as ours a tool took."""
    return median(theirs / ours for theirs, ours in zip(seconds[tool], seconds[OURS]))


def page(head, results, figures):
    floors = figures["floors_s"]
    head_of_ratios = ["workload", "rival", "times as fast, wanted", "found", "beside the rival tuned"]
    ratios = [[*head_of_ratios, "of the floor itself", "floor, s", "ours / floor, wanted 2.5"]]
    times = [["workload", "tool", "CPU s, least", "median", "times ours", "peak MB"]]
    for workload, (ours, seconds, peaks) in results.items():
        rival, wanted, _ = TOOLS[workload]
        floor = floors.get(workload)
        ratios.append(
            [
                workload,
                called(rival, workload),
                str(wanted),
                f"{ratio_of(seconds, rival):.1f}",
                f"{ratio_of(seconds, tuned(rival)):.1f}",
                f"{median(seconds[rival]) / floor:.1f}" if floor else "",
                seconds_of(floor) if floor else "",
                f"{min(seconds[OURS]) / floor:.1f}" if floor else "",
            ]
        )
        for tool, of in sorted(seconds.items(), key=lambda item: median(item[1])):
            times.append(
                [
                    workload,
                    called(tool, workload),
                    seconds_of(min(of)),
                    seconds_of(median(of)),
                    "1" if tool == OURS else f"{ratio_of(seconds, tool):.1f}",
                    f"{peaks[tool]:.0f}",
                ]
            )
    probe = [["adding to a counter at random, 256 KB", "2 MB", "reading a line of 64 bytes at random, 256 MB"]]
    probe[0] += ["reading on, 84 KB", "256 MB"]
    nanoseconds = ["count_256_kb_ns", "count_2_mb_ns", "random_line_ns"]
    speeds = ["read_84_kb_gb_s", "read_256_mb_gb_s"]
    probe.append([f"{figures[name]} ns" for name in nanoseconds] + [f"{figures[name]} GB/s" for name in speeds])
    used = ", ".join(f"{name} {version}" for name, version in head["versions"].items())
    text = f"`{head['command']}`, {head['rounds']} rounds, on {head['machine']}. Versions: {used}.\n"
    return "\n".join([text, table(ratios), table(times), table(probe)])


def main():
    reads = argparse.ArgumentParser()
    reads.add_argument("program", type=Path)
    reads.add_argument("work", type=Path)
    reads.add_argument("--rounds", type=int, default=7)
    reads.add_argument("--only", type=lambda names: names.split(","), default=list(TOOLS))
    asked = reads.parse_args()
    raw = asked.work / "results.jsonl"
    command = os.environ.get("PEERS_COMMAND", "")
    head = dict(command=command, rounds=asked.rounds, machine=machine(), versions=versions())
    with raw.open("w") as file:

        def write(line):
            print(json.dumps(line), file=file, flush=True)

        def probe():
            # In large pages: a floor is what the machine can do.
            environment = dict(os.environ, GLIBC_TUNABLES="glibc.malloc.hugetlb=1")
            floors = [asked.work / "floors"]
            output = subprocess.run(floors, capture_output=True, check=True, env=environment)
            figures = json.loads(output.stdout)
            write(dict(probe=figures))
            return figures

        write(head)
        figures = probe()
        results = {}
        for workload in asked.only:
            results[workload] = measure(workload, asked.program, asked.work, asked.rounds, write)
            ours = results[workload][1]
            print(f"{workload}: {called(TOOLS[workload][0], workload)} / ours", file=sys.stderr, end=" ")
            print(f"{ratio_of(ours, TOOLS[workload][0]):.2f}", file=sys.stderr)
        # The machine at its best, whoever else was using it.
        again = probe()
        better = lambda name: (max if name.endswith("gb_s") else min)(figures[name], again[name])
        at_best = {name: better(name) for name in figures if name != "floors_s"}
        floors = {name: min(floor, again["floors_s"][name]) for name, floor in figures["floors_s"].items()}
    text = page(head, results, dict(at_best, floors_s=floors))
    print(text)
    if asked.only == list(TOOLS):
        shutil.copy(raw, RAW)
        before, rest = PAGE.read_text().split(BEGIN)
        PAGE.write_text(before + BEGIN + "\n" + text + "\n" + END + rest.split(END)[1])


if __name__ == "__main__":
    main()
