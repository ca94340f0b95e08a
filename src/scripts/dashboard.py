#!/usr/bin/env python3
"""Draws the dashboard of the chart without Grafana: runs each of its queries in a Prometheus, as Grafana would ask them, and
writes an SVG with the panels in their places. Ends with 1 if a query returns nothing.

    src/scripts/dashboard.py --from 15m > docs/images/dashboard.svg
"""
import argparse
import json
import math
import pathlib
import re
import sys
import time
import urllib.parse
import urllib.request
from html import escape

DASHBOARD = pathlib.Path(__file__).parents[2] / "helm/longshore/dashboards/longshore.json"
SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
COLUMN, ROW, GAP = 50, 27, 8  # Of Grafana's grid of 24 columns, in pixels.
COLORS = ["#73bf69", "#f2cc0c", "#8ab8ff", "#ff780a", "#f2495c", "#5794f2", "#b877d9", "#9d8ec7", "#37872d", "#fade2a"]
STYLE = (
    "text{font:11px system-ui,'Segoe UI','Helvetica Neue',Arial,sans-serif;fill:#ccccdc}"
    ".title{font-size:13px;font-weight:500}.tick{fill:#9a9aad}.end{text-anchor:end}.middle{text-anchor:middle}"
    ".panel{fill:#181b1f;stroke:#2a2d33}.grid{stroke:#2a2d33}.line{fill:none;stroke-width:1.3;stroke-linejoin:round}"
)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prometheus", default="http://127.0.0.1:9090", help="default: %(default)s")
    parser.add_argument("--from", dest="back", type=seconds, default="15m", help="how long ago it begins (default: 15m)")
    parser.add_argument("--to", type=float, default=time.time(), help="when it ends, in seconds of Unix (default: now)")
    parser.add_argument("--scrape-interval", type=seconds, default="15s", help="of the data source (default: 15s, Grafana's)")
    return parser.parse_args()


def seconds(text):
    return int(text[:-1]) * SECONDS[text[-1]]


def query(options, expression, step):
    """The series: labels, and values at times from 0 to 1 of the range."""
    # What $__rate_interval is, by Grafana's documentation.
    rate = max(step + options.scrape_interval, 4 * options.scrape_interval)
    expression = expression.replace("$__rate_interval", f"{rate}s").replace("$host", ".*")
    end = options.to // step * step
    start = end - options.back // step * step
    asked = urllib.parse.urlencode({"query": expression, "start": start, "end": end, "step": step})
    with urllib.request.urlopen(f"{options.prometheus}/api/v1/query_range?{asked}") as answer:
        result = json.load(answer)["data"]["result"]
    return [(one["metric"], [((at - start) / (end - start), float(value)) for at, value in one["values"]]) for one in result]


def matcher(options):
    """Of the names that an override is for: one, or those that a regular expression finds."""
    pattern = options["options"].strip("/") if options["id"] == "byRegexp" else f"^{re.escape(options['options'])}$"
    return re.compile(pattern).search


def series(options, panel):
    """Name, unit, axis and points of each line of a panel."""
    step = max(options.scrape_interval, options.back // 600)
    defaults = panel["fieldConfig"]["defaults"]
    overrides = [(matcher(one["matcher"]), one["properties"]) for one in panel["fieldConfig"]["overrides"]]
    lines = []
    for target in panel["targets"]:
        found = query(options, target["expr"], step)
        if not found:
            print(f"dashboard.py: {panel['title']}: no data for {target['expr']}", file=sys.stderr)
            options.is_empty = True
        for labels, points in found:
            name = re.sub(r"{{ *(\w+) *}}", lambda label: labels.get(label[1], ""), target["legendFormat"])
            field = {one["id"]: one["value"] for matches, properties in overrides if matches(name) for one in properties}
            side = field.get("custom.axisPlacement", "left")
            lines.append((name, field.get("unit", defaults["unit"]), side, step / options.back, points))
    return lines


def ticks(lines, defaults):
    """From a round number below the values to one above."""
    values = [value for line in lines for _, value in line[4] if math.isfinite(value)]
    low = defaults.get("min", min(values, default=0))
    high = defaults.get("max", max(values, default=1))
    if high <= low:
        high = low + 1
    unit = lines[0][1]
    base = 1024 ** int(math.log(max(high, 1), 1024)) if unit == "bytes" else 60 if unit == "s" and high >= 120 else 1
    rough = max(high - low, 1e-9) / base / 4
    size = 10 ** math.floor(math.log10(rough))
    step = base * size * next(factor for factor in (1, 2, 2.5, 5, 10) if factor * size >= rough * 0.999)
    if defaults.get("decimals") == 0:
        step = max(1, step)
    return [low + number * step for number in range(math.ceil((high - low) / step - 1e-6) + 1)]


def shown(value, unit):
    if unit == "percentunit":
        return f"{100 * value:.4g}%"
    if unit == "bytes":
        power = int(math.log(value, 1024)) if value >= 1 else 0
        return f"{value / 1024 ** power:.4g} {['B', 'KiB', 'MiB', 'GiB'][power]}"
    if unit == "s" and 0 < value < 1:
        return f"{1000 * value:.4g} ms"
    if unit == "s" and value >= 60:
        return f"{value / 60:.3g} min"
    return f"{value:.4g}" + (" s" if unit == "s" else "")


def text(x, y, words, kind=""):
    return f'<text x="{x:.0f}" y="{y:.0f}" class="{kind}">{escape(words)}</text>'


def legend(lines, width):
    """Where each name stands: x, and the row."""
    places, x, row = [], 0, 0
    for line in lines:
        needed = 26 + 6.1 * len(line[0])
        if x and x + needed > width:
            x, row = 0, row + 1
        places.append((x, row))
        x += needed
    return places


def path(points, gap, box, scale):
    """A line, broken where there are no values."""
    left, top, width, height = box
    low, high = scale[0], scale[-1]
    drawn, before = [], None
    for at, value in points:
        if math.isfinite(value):
            joined = before is not None and at - before < 1.5 * gap
            x, y = left + at * width, top + height * (1 - (value - low) / (high - low))
            drawn.append(f"{'L' if joined else 'M'}{x:.1f},{y:.1f}" + ("" if joined else "h.5"))
            before = at
    return "".join(drawn)


def draw(options, panel):
    grid, defaults = panel["gridPos"], panel["fieldConfig"]["defaults"]
    x, y = grid["x"] * COLUMN, grid["y"] * ROW
    width, height = grid["w"] * COLUMN - GAP, grid["h"] * ROW - GAP
    out = [f'<rect class="panel" x="{x}" y="{y}" width="{width}" height="{height}" rx="2"/>']
    out.append(text(x + 10, y + 19, panel["title"], "title"))
    lines = series(options, panel)
    if not lines:
        return out + [text(x + width / 2, y + height / 2, "No data", "middle")]
    places = legend(lines, width - 20)
    sides = {side: [line for line in lines if line[2] == side] for side in ("left", "right")}
    margin = 50 if sides["right"] else 24
    box = (x + 58, y + 32, width - 58 - margin, height - 32 - 26 - 15 * (places[-1][1] + 1))
    left, top, wide, high = box
    scales = {side: ticks(some, defaults) for side, some in sides.items() if some}
    for side, scale in scales.items():
        for number, value in enumerate(scale):
            level = top + high * (1 - number / (len(scale) - 1))
            if side == "left":
                out.append(f'<path class="grid" d="M{left},{level:.1f}h{wide}"/>')
            end = (left - 6, "tick end") if side == "left" else (left + wide + 6, "tick")
            out.append(text(end[0], level + 4, shown(value, sides[side][0][1]), end[1]))
    for part in range(4):
        at = options.to - options.back * (1 - part / 3)
        out.append(text(left + wide * part / 3, top + high + 16, time.strftime("%H:%M", time.gmtime(at)), "tick middle"))
    for number, (name, _, side, gap, points) in enumerate(lines):
        color = COLORS[number % len(COLORS)]
        out.append(f'<path class="line" stroke="{color}" d="{path(points, gap, box, scales[side])}"/>')
        across, row = x + 12 + places[number][0], top + high + 33 + 15 * places[number][1]
        out.append(f'<rect fill="{color}" x="{across:.0f}" y="{row - 5}" width="12" height="3" rx="1"/>')
        out.append(text(across + 16, row, name))
    return out


def main():
    options = arguments()
    options.is_empty = False
    dashboard = json.loads(DASHBOARD.read_text())
    panels = [line for panel in dashboard["panels"] for line in draw(options, panel)]
    width = 24 * COLUMN + GAP
    height = ROW * max(panel["gridPos"]["y"] + panel["gridPos"]["h"] for panel in dashboard["panels"]) + GAP
    print(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-{GAP} -{GAP} {width} {height}" width="{width}" height="{height}"'
        f' role="img" aria-label="The dashboard {escape(dashboard["title"])}"><style>{STYLE}</style>'
    )
    print(f'<rect fill="#111217" x="-{GAP}" y="-{GAP}" width="{width}" height="{height}"/>')
    print("\n".join(panels) + "\n</svg>")
    sys.exit(1 if options.is_empty else 0)


main()
