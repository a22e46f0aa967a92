"""Reads every document in a directory with feedparser and compares it with NAME.truth; prints a table."""
import collections
import glob
import json
import multiprocessing
import re
import sys
import urllib.parse

import feedparser

fields = ["id", "link", "authors", "helpers", "source", "feed", "rights", "licences", "published", "updated"]
forms = ("atom", "rss", "json")


def plain(s):
    s = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffd\ufffe\uffff\ud800-\udfff]", "", s or "")
    return re.sub(r"\s+", " ", s.replace("\u0085", " ")).strip()


def address(s):
    return plain(urllib.parse.unquote(s or "")).replace(" ", "").lower()


def iso(t):
    return "%04d-%02d-%02dT%02d:%02d:%02d" % tuple(t[:6]) if t else ""


def names(people):
    return [plain(p.get("name") or p.get("email", "")) for p in people or []]


def entries(path, form):
    """What feedparser reads of a document; JSON Feed it does not know."""
    data = open(path, "rb").read()
    if form == "json":
        for i in json.loads(data)["items"]:
            w = i["_warta"]
            yield {"id": i["id"], "link": i["url"], "authors": names(i["authors"]), "helpers": names(w.get("contributors")), "source": w["source"]["title"],
                   "feed": w["source"].get("feed_url", ""), "rights": w.get("rights", ""), "licences": w.get("licenses", []),
                   "published": i.get("date_published", "")[:19], "updated": i.get("date_modified", "")[:19]}
        return
    d = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    if d.bozo:
        raise ValueError("%s is not well-formed: %s" % (path, d.bozo_exception))
    for e in d.entries:
        source = e.get("source", {})
        selves = [l.href for l in source.get("links", []) if l.get("rel") == "self"]
        yield {"id": e.id, "link": e.link, "authors": names(e.get("authors")), "helpers": names(e.get("contributors")), "source": source.get("title", ""),
               "feed": (selves or [source.get("href", "")])[0], "rights": e.get("rights", ""), "licences": list(dict.fromkeys(l.href for l in e.links if l.rel == "license")),
               "published": iso(e.get("published_parsed")), "updated": iso(e.get("updated_parsed"))}


def compare(truth):
    """Counts, for every format and field of one feed, how often it was kept of how often it was owed."""
    want = json.load(open(truth, encoding="utf-8"))
    kept, lost = collections.Counter(), []
    for form in forms:
        got = list(entries(truth[:-5] + form, form))
        if len(got) != len(want):
            lost.append((truth, form, "entries", len(got), len(want)))
            kept[form, "id", 1] += len(want)
            continue
        for g, w in zip(got, want):
            def check(k, ok):
                kept[form, k, 1] += 1
                kept[form, k, 0] += bool(ok)
                if not ok:
                    lost.append((truth, form, k, g[k], w[k]))

            iri = re.match(r"[A-Za-z][A-Za-z0-9+.-]*:[!-~]+$", w["id"])
            check("id", plain(g["id"]) == plain(w["id"]) or form != "json" and g["id"].startswith("tag:") and not (form == "atom" and iri))
            check("link", address(g["link"]) == address(w["link"]))
            # Everybody, in their order, and nobody else; an outlet stands for a story without a byline.
            check("authors", g["authors"] == [plain(a) for a in w["authors"]] if w["authors"] else len(g["authors"]) > 0)
            if w["helpers"]:
                check("helpers", [p for p in g["helpers"] if p in [plain(h) for h in w["helpers"]]] == [plain(h) for h in w["helpers"]])
            check("source", plain(g["source"]) == plain(w["source"]) or not plain(w["source"]) and g["source"])
            if w["feed"]:
                check("feed", address(g["feed"]) == address(w["feed"]))
            if w["rights"]:
                check("rights", plain(w["rights"]) in plain(g["rights"]))
            check("licences", g["licences"] == (w["licences"] or ["http://purl.org/atompub/license#unspecified"]))
            for k in ("published", "updated"):
                if w[k]:
                    check(k, g[k] == w[k])
    return kept, lost


if __name__ == "__main__":
    kept, lost = collections.Counter(), []
    with multiprocessing.Pool(2) as pool:
        for k, l in pool.imap(compare, sorted(glob.glob(sys.argv[1] + "/*.truth")), chunksize=8):
            kept.update(k)
            lost += l
    print("%-10s" % "" + "".join("%16s" % f for f in forms))
    for k in fields:
        print("%-10s" % k + "".join("%16s" % ("%d/%d" % (kept[f, k, 0], kept[f, k, 1])) for f in forms))
    for x in lost[:12]:
        print("LOST", x)
    sys.exit(1 if lost or not kept else 0)
