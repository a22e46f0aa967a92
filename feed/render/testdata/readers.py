"""Prints as JSON what a reader makes of a feed: readers.py feedparser FILE | newsboat DIRECTORY | sfeed FILE,
or checks ninjs: readers.py ninjs SCHEMAS FILE..."""
import json
import re
import sqlite3
import sys


def text(html):
    for a, b in (("&lt;", "<"), ("&gt;", ">"), ("&#34;", '"'), ("&quot;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        html = re.sub(r"<[^>]*>", "", html) if a == "&lt;" else html
        html = html.replace(a, b)
    return html


def feedparser_entries(path):
    import feedparser

    with open(path, "rb") as f:
        feed = feedparser.parse(f.read(), sanitize_html=False, resolve_relative_uris=False)
    if feed.bozo:
        sys.exit("not well-formed: %s" % feed.bozo_exception)
    for e in feed.entries:
        s = e.get("source", {})
        body = e.content[0].value if e.get("content") else e.get("summary", "")
        yield {
            "id": e.id,
            "title": e.title,
            "link": e.link,
            "authors": [a.get("name") for a in e.get("authors", [])],
            "emails": [a.get("email", "") for a in e.get("authors", [])],
            "contributors": [a.get("name") for a in e.get("contributors", [])],
            "source": s.get("title"),
            "sourceLink": s.get("link"),
            "sourceFeed": next((l.href for l in s.get("links", []) if l.rel == "self"), ""),
            "rights": e.get("rights", ""),
            "licenses": sorted({l.href for l in e.links if l.rel == "license"}),
            "via": [l.href for l in e.links if l.rel == "via"],
            "published": list(e.published_parsed[:6]) if e.get("published_parsed") else None,
            # feedparser answers for a missing date with another one, unless asked as a dict.
            "updated": list(e.updated_parsed[:6]) if dict.__contains__(e, "updated_parsed") else None,
            "text": text(body),
            "short": text(e.get("summary", "")),
        }


def newsboat_entries(directory):
    rows = sqlite3.connect(directory + "/cache.db").execute("select guid, title, author, url, pubDate, content from rss_item")
    for guid, title, author, url, date, content in rows:
        yield {"id": guid, "title": title, "author": author, "link": url, "date": date, "text": text(content)}


def ninjs_valid(schemas, files):
    import jsonschema

    def load(name):
        with open(name) as f:
            return json.load(f)

    schema, geo = load(schemas + "/ninjs-schema_3.1.json"), load(schemas + "/GeoJSON-schema.json")
    known = {schema["$id"]: schema, "https://geojson.org/schema/GeoJSON.json": geo}
    resolver = jsonschema.RefResolver.from_schema(schema, store=known)
    check = jsonschema.Draft202012Validator(schema, resolver=resolver, format_checker=jsonschema.draft202012_format_checker)
    for name in files:
        errors = ["%s: %s: %s" % (name, "/".join(map(str, e.absolute_path)), e.message) for e in check.iter_errors(load(name))]
        if errors:
            sys.exit("\n".join(errors[:20]))


if sys.argv[1] == "ninjs":
    ninjs_valid(sys.argv[2], sys.argv[3:])
    sys.exit()
def sfeed_entries(path):
    import subprocess

    def unescape(s):
        return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m.group(1), m.group(1)), s)

    with open(path, "rb") as f:
        out = subprocess.run(["sfeed"], stdin=f, capture_output=True, check=True).stdout.decode()
    for line in out.splitlines():
        date, title, link, content, kind, guid, author, enclosure, category = line.split("\t")[:9]
        yield {"id": unescape(guid), "title": title, "author": author, "link": link, "date": int(date or 0), "text": text(unescape(content))}


reader = {"feedparser": feedparser_entries, "newsboat": newsboat_entries, "sfeed": sfeed_entries}[sys.argv[1]]
json.dump(list(reader(sys.argv[2])), sys.stdout)
