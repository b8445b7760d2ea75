"""Prints the measurements as Markdown tables against the bars, and draws the plots."""
import statistics
from pathlib import Path


class Results:
    def __init__(self, results):
        self.results = results

    def values(self, what, who, unit="cpu"):
        found = self.results.get(what, {}).get(who, [])
        return [one[unit] if isinstance(one, dict) else one for one in found]

    def median(self, what, who, unit="cpu"):
        values = self.values(what, who, unit)
        return statistics.median(values) if values else None

    def shown(self, what, who, unit="cpu", form="{:.2f}"):
        values = self.values(what, who, unit)
        if not values:
            return "not measured"
        text = form.format(statistics.median(values))
        if len(values) > 1:
            text += f" ({form.format(min(values))}–{form.format(max(values))})"
        return text


def line(r, label, what, who, other, bar, unit="cpu", form="{:.2f}", other_what=None):
    """A row of the table: ours, theirs, their ratio, the bar, and whether it is met."""
    mine, theirs = r.median(what, who, unit), r.median(other_what or what, other, unit)
    if mine is None:
        return f"| {label} | not measured | | | {bar_text(bar)} | |"
    ratio = mine / theirs if theirs else None
    known = bar[0] == "at most" or ratio is not None
    met = mine <= bar[1] if bar[0] == "at most" else known and ratio <= bar[1]
    verdict = ("yes" if met else "**no**") if known else "not known"
    ratio_text = f"{ratio:.3f}" if ratio is not None else ""
    theirs_text = r.shown(other_what or what, other, unit, form) if other else ""
    return f"| {label} | {r.shown(what, who, unit, form)} | {theirs_text} | {ratio_text} | {bar_text(bar)} | {verdict} |"


def bar_text(bar):
    return f"at most {bar[1]:g}" if bar[0] == "at most" else f"ratio {bar[1]:.3f}"


def rows(r):
    us, oas, otr, pro = "clientwright", "oas3-gen", "openapi-to-rust", "cargo-progenitor"
    whole = "{:.0f}"
    yield line(r, "check, GitHub, CPU s", "check github", us, oas, ("ratio", 1 / 5))
    yield line(r, "check, GitHub, MB", "check github", us, oas, ("at most", 1200), "mb", whole)
    yield line(r, "check, Cloudflare, CPU s", "cloudflare check cloudflare", us, otr, ("ratio", 1 / 10))
    yield line(r, "check, Cloudflare, MB", "cloudflare check cloudflare", us, otr, ("at most", 1500), "mb", whole)
    yield line(r, "debug build, GitHub, CPU s", "build github", us, oas, ("ratio", 1 / 4))
    yield line(r, "release build, GitHub, CPU s", "build --release github", us, oas, ("ratio", 1 / 3))
    yield line(r, "program of three operations, release, CPU s", "program github", us, oas, ("ratio", 1 / 3))
    yield line(r, "its binary, MB", "binary github", us, oas, ("ratio", 1))
    yield line(r, "the tag `repos` alone, check, CPU s", "tag repos github", us, None, ("at most", 2))
    yield line(r, "lines, GitHub", "lines github", us, oas, ("at most", 157_000), form=whole)
    yield line(r, "generate GitHub, CPU s", "generate github", us, oas, ("ratio", 1 / 3))
    yield line(r, "generate GitHub, wall s", "generate github", us, oas, ("ratio", 1 / 3), "wall")
    yield line(r, "generate GitHub, MB", "generate github", us, oas, ("at most", 250), "mb", whole)
    floor = "openapiv3, syn and prettyplease"
    yield line(r, "generate GitHub against its floor, CPU s", "generate github", us, floor, ("ratio", 1.5), other_what="floor github")
    yield line(r, "generate nexus, CPU s", "generate nexus", us, oas, ("ratio", 1 / 3))
    yield line(r, "generate nexus, against progenitor, CPU s", "generate nexus", us, pro, ("ratio", 1 / 3))
    yield line(r, "generate after no change, CPU s", "unchanged github", us, "sha256sum", ("ratio", 1), other_what="reading github")
    cargo = r.median("nothing", "cargo", "wall")
    more = ("at most", round((cargo or 0) + 1, 2))
    yield line(r, "endpoint's crate, change to finished build, wall s", "endpoint", us, "cargo", more, "wall", other_what="nothing")
    yield line(r, "dependencies, Cloudflare", "dependencies count", us, otr, ("ratio", 1), form=whole)
    yield line(r, "dependencies, clean build, CPU s", "dependencies build", us, otr, ("ratio", 1))


def report(results, scratch):
    r = Results(results)
    print("| what | Clientwright | other | ratio | bar | met |\n|---|---|---|---|---|---|")
    print("\n".join(rows(r)))
    growth = sorted((int(size), median_of(found)) for size, found in results.get("growth", {}).items())
    print("\n| description, KB | CPU s | CPU s a MB | peak MB |\n|---|---|---|---|")
    for size, one in growth:
        print(f"| {size / 1000:.0f} | {one['cpu']:.3f} | {one['cpu'] / size * 1e6:.3f} | {one['mb']:.0f} |")
    plots = Path(scratch) / "plots"
    plots.mkdir(exist_ok=True)
    (plots / "growth.svg").write_text(scatter([(size / 1e6, one["cpu"]) for size, one in growth]))
    bars = [
        (label, r.median(what, who), who)
        for label, what in [
            ("check GitHub", "check github"),
            ("check Cloudflare", "cloudflare check cloudflare"),
            ("debug build", "build github"),
            ("release build", "build --release github"),
            ("program", "program github"),
        ]
        for who in ["clientwright", "oas3-gen", "openapi-to-rust"]
        if r.median(what, who) is not None
    ]
    (plots / "compile.svg").write_text(columns(bars))


def median_of(found):
    return {unit: statistics.median(one[unit] for one in found) for unit in ["cpu", "wall", "mb"]}


HEAD = '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" font-family="sans-serif" font-size="12">\n<rect width="100%" height="100%" fill="white"/>\n'


def scatter(points):
    """CPU seconds over megabytes, both linear, with a line from nothing to the last."""
    if not points:
        return HEAD.format(10, 10) + "</svg>\n"
    width, height, margin = 560, 320, 50
    right, top = max(x for x, _ in points), max(y for _, y in points)
    at = lambda x, y: (margin + x / right * (width - 2 * margin), height - margin - y / top * (height - 2 * margin))
    (x0, y0), (x1, y1) = at(0, 0), at(*points[-1])
    text = HEAD.format(width, height)
    text += f'<path d="M{x0} {margin}V{y0}H{width - margin}" fill="none" stroke="black"/>\n'
    text += f'<line x1="{x0}" y1="{y0}" x2="{x1:.1f}" y2="{y1:.1f}" stroke="#999" stroke-dasharray="4"/>\n'
    for point in points:
        x, y = at(*point)
        text += f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#07c"><title>{point[0]:.2f} MB: {point[1]:.2f} s</title></circle>\n'
    for x, y in [points[-1], points[-2], points[-3]]:
        left, down = at(x, y)
        text += f'<text x="{left - 8:.1f}" y="{down - 6:.1f}" text-anchor="end">{y:.1f} s</text>\n'
        text += f'<text x="{left:.1f}" y="{y0 + 18}" text-anchor="middle">{x:.0f} MB</text>\n'
    text += f'<text x="{margin}" y="25">Generation, CPU seconds over the description\'s size</text>\n'
    return text + "</svg>\n"


def columns(bars):
    """A bar a measurement, CPU seconds."""
    colours = {"clientwright": "#07c", "oas3-gen": "#c50", "openapi-to-rust": "#777"}
    width, step = 640, 22
    height = 50 + step * len(bars)
    most = max((value for _, value, _ in bars), default=1)
    text = HEAD.format(width, height) + '<text x="10" y="25">CPU seconds, the crate alone</text>\n'
    for number, (label, value, who) in enumerate(bars):
        y = 40 + number * step
        text += f'<text x="10" y="{y + 13}">{label}, {who}</text>\n'
        text += f'<rect x="250" y="{y}" width="{max(1, value / most * 320):.1f}" height="16" fill="{colours[who]}"/>\n'
        text += f'<text x="{256 + value / most * 320:.1f}" y="{y + 13}">{value:.1f}</text>\n'
    return text + "</svg>\n"
