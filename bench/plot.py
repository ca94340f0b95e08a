#!/usr/bin/env python3
"""Draws docs/images/performance-*.svg from what the benchmarks wrote to target/bench-results: the makespan against the number of jobs at
once beside the raw loop, the distribution of delays, and what grows with the number of hosts. Of each figure, the last run counts. A plot
without data is skipped, and ends the program with 1.

    bench/plot.py [--results target/bench-results] [--into docs/images]
"""
import argparse
import csv
import math
import pathlib
import statistics
import sys
from html import escape

ROOT = pathlib.Path(__file__).parents[1]
# One hue for each of what is compared; dashes distinguish them as well. By the scheme of whoever reads it.
LIGHT = {"back": "#ffffff", "text": "#1f2328", "faint": "#59636e", "grid": "#d1d9e0"}
LIGHT |= {"one": "#0969da", "two": "#bc4c00", "three": "#1a7f37"}
DARK = {"back": "#0d1117", "text": "#f0f6fc", "faint": "#9198a1", "grid": "#3d444d"}
DARK |= {"one": "#58a6ff", "two": "#f0883e", "three": "#3fb950"}
SHAPES = (
    "text{font:12px system-ui,'Segoe UI','Helvetica Neue',Arial,sans-serif}.title{font-size:14px;font-weight:600}"
    ".tick{font-size:11px}.end{text-anchor:end}.middle{text-anchor:middle}.grid,.axis{stroke-width:1}.key{stroke-width:2}"
    ".line{fill:none;stroke-width:2;stroke-linejoin:round}.range{stroke-width:1.5}.dot{stroke:none}"
    ".two.line,.two.key{stroke-dasharray:7 3}.three.line,.three.key{stroke-dasharray:2 3}"
)
HUES = ["one", "two", "three"]
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 300, 190, 58, 14, 64, 50


class Panel:
    """A diagram. Lines are pairs of a name and points: x, y, and where a range is known, lowest and highest."""

    def __init__(self, title, x, y, lines, log=False, ticks=None, top=None, limit=None):
        self.title, self.x, self.y, self.log, self.ticks, self.top = title, x, y, log, ticks, top
        self.limit = limit
        self.lines = [(name, sorted(points)) for name, points in lines if points]

    def svg(self, left, top):
        xs = [point[0] for _, points in self.lines for point in points] + list(self.ticks or [])
        low, high = (min(xs), max(xs)) if xs else (0, 1)
        highest = self.top or nice(max(max(point[1:]) for _, points in self.lines for point in points))

        def at_x(x):
            if self.log:
                x, first, last = math.log(max(x, low)), math.log(low), math.log(high)
            else:
                first, last = low, high
            return left + LEFT + (x - first) / ((last - first) or 1) * WIDTH

        def at_y(y):
            return top + TOP + HEIGHT - min(y, highest) / highest * HEIGHT

        out = [text(left + LEFT, top + 24, self.title, "title")]
        for n in range(5):
            value = highest * n / 4
            out.append(rule(left + LEFT, at_y(value), left + LEFT + WIDTH, at_y(value), "grid" if n else "axis"))
            out.append(text(left + LEFT - 6, at_y(value) + 4, short(value), "tick end"))
        for value in self.ticks or sorted(set(xs)):
            out.append(rule(at_x(value), top + TOP + HEIGHT, at_x(value), top + TOP + HEIGHT + 4, "axis"))
            out.append(text(at_x(value), top + TOP + HEIGHT + 17, short(value), "tick middle"))
        out.append(text(left + LEFT + WIDTH / 2, top + TOP + HEIGHT + 36, self.x, "middle"))
        middle = top + TOP + HEIGHT / 2
        out.append(
            f'<text transform="translate({left + 14:.0f},{middle:.0f}) rotate(-90)" class="middle">{escape(self.y)}</text>'
        )
        for hue, (name, points) in zip(HUES, self.lines):
            out += line(points, hue, at_x, at_y)
        if self.limit:
            name, value = self.limit
            out.append(rule(left + LEFT, at_y(value), left + LEFT + WIDTH, at_y(value), "axis"))
            out.append(text(left + LEFT + WIDTH, at_y(value) - 5, name, "tick end"))
        return out + self.legend(left, top)

    def legend(self, left, top):
        out, x = [], left + LEFT
        for hue, (name, _) in zip(HUES, self.lines):
            out.append(rule(x, top + 42, x + 22, top + 42, f"{hue} key"))
            out.append(text(x + 27, top + 46, name, "tick"))
            x += 40 + 6.1 * len(name)
        return out


def line(points, hue, at_x, at_y):
    places = " ".join(f"{at_x(point[0]):.1f},{at_y(point[1]):.1f}" for point in points)
    out = [f'<polyline points="{places}" class="line {hue}"/>']
    if len(points) <= 12:
        for x, y, *ends in points:
            if ends:
                out.append(rule(at_x(x), at_y(ends[0]), at_x(x), at_y(ends[1]), f"range {hue}"))
            out.append(f'<circle cx="{at_x(x):.1f}" cy="{at_y(y):.1f}" r="3.5" class="dot {hue}"/>')
    return out


def rule(x1, y1, x2, y2, css):
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{css}"/>'


def text(x, y, content, css):
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{css}">{escape(content)}</text>'


def nice(value):
    """The end of an axis that has four parts and holds the value."""
    if value <= 0:
        return 4
    power = 10 ** math.floor(math.log10(value))
    return next(step * power for step in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10, 12) if step * power >= value)


def short(value):
    return f"{value:,.0f}" if value == round(value) else f"{value:.3g}"


def colors(scheme):
    hues = "".join(f".{hue}{{stroke:{scheme[hue]}}}.dot.{hue}{{fill:{scheme[hue]};stroke:none}}" for hue in HUES)
    return (
        f".back{{fill:{scheme['back']}}}text{{fill:{scheme['text']}}}.tick{{fill:{scheme['faint']}}}"
        f".grid{{stroke:{scheme['grid']}}}.axis{{stroke:{scheme['faint']}}}{hues}"
    )


def write(file, label, panels, columns):
    width, height = LEFT + WIDTH + RIGHT, TOP + HEIGHT + BOTTOM
    rows = math.ceil(len(panels) / columns)
    total = (columns * width + 10, rows * height)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {total[0]} {total[1]}" width="{total[0]}" height="{total[1]}"'
        f' role="img" aria-label="{escape(label)}">',
        f"<style>{SHAPES}{colors(LIGHT)}@media (prefers-color-scheme:dark){{{colors(DARK)}}}</style>",
        f'<rect class="back" width="{total[0]}" height="{total[1]}" rx="6"/>',
    ]
    for n, panel in enumerate(panels):
        out += panel.svg(n % columns * width, n // columns * height)
    file.write_text("\n".join(out) + "\n</svg>\n")
    print(file)


def rows(folder, name, *keys):
    """Of each combination of the keys, the rows of the last run that has it."""
    file = folder / f"{name}.csv"
    if not file.exists():
        return []
    found = list(csv.DictReader(file.open()))
    last = {}
    for row in found:
        key = tuple(row[one] for one in keys)
        last[key] = max(last.get(key, ""), row["run"])
    return [row for row in found if row["run"] == last[tuple(row[one] for one in keys)]]


def medians(found, x, y):
    """Points with the median and the range of all rows that have the same x."""
    values = {}
    for row in found:
        values.setdefault(float(row[x]), []).append(float(row[y]))
    return [(at, statistics.median(all_of), min(all_of), max(all_of)) for at, all_of in values.items()]


def makespan(folder):
    panels = []
    found = rows(folder, "makespan", "cores", "at_once")
    writes = {at: median for at, median, *_ in medians(rows(folder, "floor", "at_once"), "at_once", "writes_s")}
    titles = {"pinned": "The daemon on a core of its own", "shared": "All on the same two cores"}
    for cores, title in titles.items():
        mine = [row for row in found if row["cores"] == cores]
        if mine:
            raw = medians(mine, "at_once", "raw_s")
            lines = [("Longshore", medians(mine, "at_once", "longshore_s")), ("raw loop", raw)]
            if cores == "shared" and writes:
                lines.append(("raw loop + writes", [(at, median + writes[at]) for at, median, *_ in raw if at in writes]))
            panels.append(Panel(title, "jobs at once (log scale)", "makespan, s", lines, log=True))
    far = rows(folder, "far", "daemon", "delay_ms", "at_once")
    for daemon, delay in sorted({(row["daemon"], int(row["delay_ms"])) for row in far}):
        mine = [row for row in far if (row["daemon"], int(row["delay_ms"])) == (daemon, delay)]
        lines = [(name, medians(mine, "at_once", key)) for name, key in (("Longshore", "longshore_s"), ("raw loop", "raw_s"))]
        panels.append(Panel(f"{daemon[0].upper()}{daemon[1:]}, {delay} ms away", "jobs at once (log scale)", "makespan, s", lines, log=True))
    return panels


def shares(values):
    """How many percent are at most as long; without more points than can be seen."""
    values = sorted(values)
    points = [(max(value, 1), (n + 1) * 100 / len(values)) for n, value in enumerate(values)]
    return points[:: max(1, len(points) // 200)] + points[-1:]


def delays(folder):
    found = {}
    for row in rows(folder, "delays", "cores", "at_once", "kind"):
        found.setdefault((row["cores"], int(row["at_once"]), row["kind"]), []).append(float(row["ms"]))
    panels = []

    def panel(title, x, lines):
        lines = [(name, shares(found[key])) for name, key in lines if key in found]
        if lines:
            highest = max(point[0] for _, points in lines for point in points)
            ticks = [tick for tick in (10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000) if tick <= highest * 2]
            panels.append(Panel(title, x, "share of jobs, %", lines, log=True, ticks=ticks, top=100))

    for network in ("bridge", "none"):
        quiet = f"quiet {network}"
        names = {"bridge": "default bridge", "none": "no network"}
        panel(
            f"Quiet host, {names[network]}: result",
            "ms from the container's exit (log scale)",
            [("Longshore, status", (quiet, 1, "exit to status")), ("raw client, log", (quiet, 1, "raw exit to log"))],
        )
        panel(
            f"Quiet host, {names[network]}: start",
            "ms from the submission (log scale)",
            [("Longshore", (quiet, 1, "submission to start")), ("raw create and start", (quiet, 1, "raw create to start"))],
        )
    for cores in ("pinned", "shared"):
        title = {"pinned": "The daemon on a core of its own", "shared": "All on the same two cores"}[cores]
        lines = [(f"{at} at once", (cores, at, "exit to status")) for at in (1, 10, 25)]
        panel(f"{title}: result", "ms from the container's exit (log scale)", lines)
    return panels


def hosts(folder):
    found = rows(folder, "hosts", "hosts")

    def panel(title, unit, *lines):
        drawn = [(name, [(float(row["hosts"]), float(row[key]) / scale) for row in found]) for name, key, scale in lines]
        return Panel(title, "hosts (log scale)", unit, drawn, log=True)

    return found and [
        panel("Start of the operator", "s", ("/readyz", "ready_s", 1), ("all hosts schedulable", "schedulable_s", 1)),
        panel("Memory", "MiB", ("resident", "resident_mib", 1), ("live heap", "heap_mib", 1)),
        panel("Threads and open files", "number", ("threads", "threads", 1), ("open files", "open_files", 1)),
        panel("Scrape of /metrics", "KiB", ("plain", "scrape_bytes", 1024), ("gzip", "scrape_gzip_bytes", 1024)),
        panel(
            "Submission to start, 99th percentile",
            "ms",
            ("all hosts answer", "start_p99_ms", 1),
            ("with silent hosts", "silent_start_p99_ms", 1),
        ),
        panel("Requests at rest", "per minute", ("API server", "rest_requests_per_minute", 1), ("Docker", "rest_calls_per_minute", 1)),
    ]


def room(folder):
    """A panel for each strategy, a line for each host: at most 200 points, each the highest of its part."""
    found, panels = rows(folder, "room", "strategy"), []
    for strategy in dict.fromkeys(row["strategy"] for row in found):
        mine = [row for row in found if row["strategy"] == strategy]
        lines = []
        for host in sorted({row["host"] for row in mine}):
            points = [(float(row["seconds"]), float(row["gib"])) for row in mine if row["host"] == host]
            step = max(1, len(points) // 200)
            lines.append((host, [max(points[n : n + step], key=lambda point: point[1]) for n in range(0, len(points), step)]))
        last = max(point[0] for _, points in lines for point in points)
        ticks = [last * n // 4 for n in range(5)]
        title = f"{strategy}: memory requested"
        panels.append(Panel(title, "seconds", "GiB", lines, ticks=ticks, top=80, limit=("allocatable", 64)))
    return panels


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--results", type=pathlib.Path, default=ROOT / "target/bench-results", help="default: %(default)s")
    parser.add_argument("--into", type=pathlib.Path, default=ROOT / "docs/images", help="default: %(default)s")
    options = parser.parse_args()
    plots = [
        ("makespan", "Makespan of the same jobs against the number at once, through Longshore and by a raw loop", makespan, 2),
        ("delays", "Distribution of delays of starts and results, through Longshore and for a raw client", delays, 2),
        ("hosts", "What grows with the number of hosts, and what does not", hosts, 2),
        ("room", "Memory requested by running containers on three hosts over time, never more than is allocatable", room, 2),
    ]
    missing = 0
    for name, label, panels, columns in plots:
        drawn = panels(options.results)
        if drawn:
            write(options.into / f"performance-{name}.svg", label, drawn, min(columns, len(drawn)))
        else:
            print(f"no results for performance-{name}.svg in {options.results}", file=sys.stderr)
            missing = 1
    return missing


if __name__ == "__main__":
    sys.exit(main())
