"""Reads every document in a directory with feedparser and compares it with NAME.truth; prints a table."""
import glob
import json
import re
import sys
import time
import urllib.parse

import feedparser

fields = ["id", "link", "authors", "source", "rights", "licences", "published"]
kept = {(f, k): [0, 0] for f in ("atom", "rss", "json") for k in fields}
examples = []


def plain(s):
    s = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd\ufffe\uffff\ud800-\udfff]", "", s or "")
    return re.sub(r"\s+", " ", s.replace("\u0085", " ")).strip()


def address(s):
    return plain(urllib.parse.unquote(s or "")).replace(" ", "").lower()


def iso(t):
    return time.strftime("%Y-%m-%dT%H:%M:%S", t) if t else ""


def entries(path, form):
    data = open(path, "rb").read()
    if form == "json":
        for i in json.loads(data)["items"]:
            w = i["_warta"]
            yield {"id": i["id"], "link": i["url"], "authors": [a["name"] for a in i["authors"]], "source": w["source"]["title"], "rights": w.get("rights", ""),
                   "licences": w.get("licenses", []), "published": i.get("date_published", "")[:19]}
        return
    d = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if d.bozo:
        examples.append((path, form, "not well-formed", str(d.bozo_exception), ""))
        kept[form, "id"][1] += 1
    for e in d.entries:
        yield {"id": e.id, "link": e.link, "authors": [a.get("name", "") for a in e.get("authors", [])], "source": e.get("source", {}).get("title", ""), "rights": e.get("rights", ""),
               "licences": [l.href for l in e.links if l.rel == "license"], "published": iso(e.get("published_parsed"))}


def check(path, form, k, ok, got, want):
    kept[form, k][1] += 1
    if ok:
        kept[form, k][0] += 1
    elif len(examples) < 12:
        examples.append((path, form, k, got, want))


for truth in sorted(glob.glob(sys.argv[1] + "/*.truth")):
    want = json.load(open(truth, encoding="utf-8"))
    for form in ("atom", "rss", "json"):
        got = list(entries(truth[:-5] + form, form))
        for n, w in enumerate(want):
            if n >= len(got):
                check(truth, form, "id", False, "", w["id"])
                continue
            g = got[n]
            same = plain(g["id"]) == plain(w["id"])
            check(truth, form, "id", same or form != "json" and g["id"].startswith("tag:") and not (form == "atom" and re.match(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]+$", w["id"])), g["id"], w["id"])
            check(truth, form, "link", address(g["link"]) == address(w["link"]), g["link"], w["link"])
            names = [plain(a) for a in g["authors"]]
            if w["authors"]:
                check(truth, form, "authors", all(plain(a) in names for a in w["authors"]), names, w["authors"])
            else:
                check(truth, form, "authors", bool(names), names, "somebody")
            check(truth, form, "source", plain(g["source"]) == plain(w["source"]) or not plain(w["source"]) and bool(g["source"]), g["source"], w["source"])
            if w["rights"]:
                check(truth, form, "rights", plain(w["rights"]) in plain(g["rights"]), g["rights"], w["rights"])
            check(truth, form, "licences", bool(g["licences"]) and set(w["licences"] or []) <= set(g["licences"]), g["licences"], w["licences"])
            if w["published"]:
                check(truth, form, "published", g["published"] == w["published"], g["published"], w["published"])

lost = 0
print("%-10s" % "" + "".join("%16s" % f for f in ("atom", "rss", "json")))
for k in fields:
    row = "%-10s" % k
    for form in ("atom", "rss", "json"):
        a, b = kept[form, k]
        lost += b - a
        row += "%16s" % ("%d/%d" % (a, b))
    print(row)
for x in examples:
    print("LOST", x)
sys.exit(1 if lost else 0)
