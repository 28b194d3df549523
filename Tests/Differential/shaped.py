"""Arguments that a builtin can do something with: patterns, times, patches, schemas, tokens, addresses and the like."""

import base64
import hashlib
import hmac
import json
import subprocess
import tempfile

import rules
from values import Number, Object, Set, Values, json_text, obj, rego

ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Local", "", "Mars/Phobos", "EST", "Etc/GMT+5", "Australia/Lord_Howe"]
LAYOUT = {"2006": ["2021", "0000", "1969", "99"], "01": ["02", "13", "1"], "02": ["03", "31", "30"], "15": ["04", "24", "7"], "04": ["05", "60"],
    "05": ["06", "59"], "Jan": ["Feb", "feb", "Foo"], "January": ["March", "Mar"], "Mon": ["Tue"], "Monday": ["Tuesday"], "MST": ["CET", "UTC", "X"],
    "-0700": ["+0100", "0100"], "-07:00": ["+01:30", "-00:00"], "Z07:00": ["Z", "+02:00"], ".000": [".123", ".1"], ".999": [".5", ""], "PM": ["AM", "pm"],
    "3": ["4", "13"], "_2": [" 3", "30"], "06": ["70", "68"], "2": ["9", "31"], "1": ["12"], "002": ["060", "400"], "Z0700": ["+0130", "Z"], "pm": ["am"]}
NAMED = ["ANSIC", "UnixDate", "RubyDate", "RFC822", "RFC822Z", "RFC850", "RFC1123", "RFC1123Z", "RFC3339", "RFC3339Nano", "DateTime", "Kitchen",
    "Stamp", "DateOnly"]
VERBS = ["%d", "%s", "%v", "%q", "%x", "%X", "%o", "%b", "%c", "%U", "%e", "%f", "%g", "%t", "%T", "%5d", "%-5d|", "%05d", "%+d", "%.2f", "%8.3f",
    "%6s|", "%-6s|", "%.2s", "%%", "%[1]d", "%[2]s", "%#v", "%+v", "%#x", "% x", "%*d", "%.*f", "%!", "%", "%z", "%G", "%+q", "%#q", "%O", "%p", "% d", "%[3]v"]
ATOMS = ["a", "b", "ab", ".", "[ab]", "[^a]", "\\d", "\\w", "\\s", "\\b", "^", "$", "(a)", "(a|b)", "(?:ab)", "(?P<n>a)", "(?i)", "\\pL", "[[:alpha:]]",
    "é", "[a-z]", "\\.", "()", "|", "\\Qa.\\E", "\\x61", "(?s:.)", "\\A", "\\z", "[^\\d]", "(?<m>b)", "\\n", "[é-ü]", "(b*)", "\\B", "(?m)^", "1"]
QUANTIFIERS = ["", "", "", "*", "+", "?", "*?", "+?", "{2}", "{1,}", "{0,2}", "??", "{3,1}"]
FORMATS = ["date-time", "ipv4", "ipv6", "email", "hostname", "uri", "uuid", "regex", "date", "time", "json-pointer", "uri-reference", "idn-email"]
SDL = ["type Query { a: Int }", "type Query { a(x: Int!): A } type A { b: String c: [A!]! }", "enum E { X Y } type Query { e: E }",
    "interface I { id: ID! } type T implements I { id: ID! n: Float } type Query { t: T i: I }", "union U = A | B type A { a: Int } type B { b: Int } type Query { u: U }",
    "input In { x: Int = 1 } type Query { f(i: In): Boolean }", "directive @d(x: Int) on FIELD type Query { a: Int }", "type Query { a: Missing }",
    "schema { query: Q } type Q { a: Int @deprecated }", "scalar Date type Query { d: Date } type Mutation { m(d: Date): Int }", "type Query {", "extend type Query { z: Int }",
    "type A { a: Int } type A { b: Int } type Query { a: A }", '"""text""" type Query { "t" a: Int }', "type Query { a: Int a: Int }", ""]
QUERIES = ["{ a }", "query { a }", "query Q($x: Int!) { a(x: $x) { b } }", "{ a(x: 1) { b c { b } } }", "{ e }", "{ t { id n } i { id ... on T { n } } }", "{ u { ... on A { a } __typename } }",
    "{ f(i: {x: 2}) }", "{ a @d(x: 1) }", "mutation { m(d: \"x\") }", "fragment F on A { b } query { a(x: 2) { ...F } }", "{ a", "query A { a } query B { a }", "{ x: a y: a }",
    "query ($v: [Int] = [1, 2]) { a }", "{ zz }", "subscription { s }", "{ a @skip(if: true) @include(if: false) }", "", "{ __schema { types { name } } }", "query { a(y: 1) }", "{ d }"]
YAML = ["a: 1", "- 1\n- 2", "a: {b: [1, 2]}", "a: &x 1\nb: *x", "|\n a\n b", ">\n a\n b", "a: on\nb: y\nc: no", "1: 2", "? a\n: b", "--- a", "a: 1\na: 2", "'it''s'",
    '"\\u00e9"', "a: 0o17", "a: 0x1f", "a: .inf", "a: .nan", "a: ~", "a: 2021-01-02", "!!str 1", "!!int '1'", "a:\n- b\n-  c: d", "[1, 2", "a: b: c", "\ta: 1", "# c", "a: !!binary YWI=",
    "<<: {a: 1}\nb: 2", "x: 1_000", "x: 1e3", "x: 0777", "x: +1", "x: 12:30:45", "a: 'b", "*x", "%YAML 1.1\n---\na", "a: 1\n---\nb: 2", "{a: 1, b}", "\u00e9: 1", "true: 1", "null: 2", "1.5: 3", "a: 123456789012345678901234567890"]
TEMPLATES = ["{{.a}}", "{{ .b.c }}", "{{range .l}}{{.}},{{end}}", "{{range $i, $e := .l}}{{$i}}{{$e}}{{end}}", "{{if .a}}y{{else}}n{{end}}", "{{with .b}}{{.}}{{end}}", "{{len .l}}", "{{index .l 0}}",
    "{{printf \"%v-%q\" .a .s}}", "{{.missing}}", "{{- .a -}} x", "{{eq .a 1}}", "{{and .a .b}}", "{{not .a}}", "{{html .s}}", "{{js .s}}", "{{urlquery .s}}", "{{define \"t\"}}T{{.}}{{end}}{{template \"t\" .a}}",
    "{{$x := .a}}{{$x}}", "{{/* c */}}", "{{", "{{end}}", "{{lt .a 5}}", "{{slice .s 0 1}}", "{{print .a .s .l}}", "{{println .b}}", "{{or .z .a}}", "{{.a.b}}", "{{index .b \"c\"}}", "{{break}}", "{{call .a}}", "{{nil}}", "{{range 3}}x{{end}}"]
DURATIONS = ["ns", "us", "µs", "ms", "s", "m", "h", "d", ""]
SUFFIXES = ["", "k", "K", "Ki", "m", "M", "Mi", "G", "g", "gb", "GB", "GiB", "T", "Ti", "p", "P", "Pi", "E", "Ei", "e", "kb", "KB", "mb", "MB", "b", "x", " K", "Kib", "u", "n", "mib", "tib"]


def secret_keys():
    """Keys, certificates and requests, made by openssl: `{name: PEM}`."""
    with tempfile.TemporaryDirectory() as folder:
        def run(*words):
            subprocess.run(["openssl", *words], check=True, cwd=folder, capture_output=True)

        def text(name):
            with open(f"{folder}/{name}") as file:
                return file.read()

        run("genrsa", "-traditional", "-out", "rsa.pem", "2048")
        run("pkcs8", "-topk8", "-nocrypt", "-in", "rsa.pem", "-out", "rsa8.pem")
        run("rsa", "-in", "rsa.pem", "-pubout", "-out", "rsapub.pem")
        run("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", "ec.pem")
        run("ec", "-in", "ec.pem", "-pubout", "-out", "ecpub.pem")
        run("ecparam", "-name", "secp384r1", "-genkey", "-noout", "-out", "ec384.pem")
        run("genpkey", "-algorithm", "ed25519", "-out", "ed.pem")
        run("pkey", "-in", "ed.pem", "-pubout", "-out", "edpub.pem")
        run("req", "-x509", "-new", "-key", "rsa.pem", "-days", "3650", "-subj", "/C=DE/O=Org, Inc/OU=A+OU=B/CN=root é", "-out", "root.pem", "-utf8")
        run("req", "-x509", "-new", "-key", "ec.pem", "-days", "3650", "-subj", "/CN=ec", "-addext", "subjectAltName=DNS:a.example,IP:10.0.0.1,URI:spiffe://x/y,email:a@b.c",
            "-addext", "keyUsage=digitalSignature,keyCertSign", "-addext", "extendedKeyUsage=serverAuth,1.2.3.4", "-addext", "nameConstraints=permitted;DNS:example", "-out", "ec-cert.pem")
        run("req", "-x509", "-new", "-key", "ed.pem", "-days", "3650", "-subj", "/CN=ed", "-out", "ed-cert.pem")
        run("req", "-new", "-key", "rsa.pem", "-subj", "/CN=leaf/emailAddress=x@y.z", "-addext", "subjectAltName=DNS:leaf", "-out", "leaf.csr")
        run("req", "-new", "-key", "ec384.pem", "-subj", "/CN=second", "-out", "second.csr")
        with open(f"{folder}/extensions", "w") as file:
            file.write("basicConstraints=CA:FALSE\nsubjectAltName=DNS:leaf\nextendedKeyUsage=clientAuth\ncertificatePolicies=1.2.3\ncrlDistributionPoints=URI:http://c/l\nauthorityInfoAccess=OCSP;URI:http://o\n")
        run("x509", "-req", "-in", "leaf.csr", "-CA", "root.pem", "-CAkey", "rsa.pem", "-set_serial", "77", "-days", "3650", "-extfile", "extensions", "-out", "leaf.pem")
        run("x509", "-in", "leaf.pem", "-outform", "DER", "-out", "leaf.der")
        names = ["rsa", "rsa8", "rsapub", "ec", "ecpub", "ec384", "ed", "edpub", "root", "ec-cert", "ed-cert", "leaf"]
        keys = {name: text(f"{name}.pem") for name in names}
        keys["leaf.csr"], keys["second.csr"] = text("leaf.csr"), text("second.csr")
        with open(f"{folder}/leaf.der", "rb") as file:
            keys["leaf.der"] = base64.b64encode(file.read()).decode()
        return keys


class Shaped(Values):
    """For each builtin that needs it, arguments that it can do something with."""

    def __init__(self, random, keys):
        super().__init__(random)
        self.keys = keys
        self.table = {
            **{f"regex.{name}": shape for name, shape in {
                "match": self.pattern_text, "is_valid": lambda: [self.pattern()], "split": self.pattern_text,
                "find_n": lambda: [*self.pattern_text(), self.small()], "find_all_string_submatch_n": lambda: [*self.pattern_text(), self.small()],
                "replace": lambda: [self.text(), self.pattern(), self.pick(["x", "$1", "${n}", "$0", "a$", "$$", "$1x", "${1}x", "\\1", ""])],
                "globs_match": lambda: [self.glob(), self.glob()],
                "template_match": lambda: ["urn:" + "".join(self.pick(["urn:", "{", "}", ".*", "a", "<", ">"]) for _ in range(self.random.randint(1, 6))), self.text(), *self.pick([["{", "}"], ["<", ">"]])]}.items()},
            "re_match": self.pattern_text,
            "glob.match": lambda: [self.glob(), self.pick([None, [], ["/"], ["."], ["/", "."]]), self.text()],
            "sprintf": lambda: ["".join(self.pick([*VERBS, "a", " "]) for _ in range(self.random.randint(1, 4))), [self.any(1) for _ in range(self.random.randrange(4))]],
            "time.parse_ns": self.layout_value, "time.parse_rfc3339_ns": lambda: [self.pick(["2021-02-03T04:05:06", "2021-02-30T04:05:06", "1677-09-21T00:12:43", "2262-04-11T23:47:16", "2021-2-3T04:05:06"]) + self.pick(["Z", ".5Z", "+01:00", "-23:59", "", ".123456789Z", "z", ",5Z"])],
            "time.parse_duration_ns": lambda: [self.duration()],
            "time.format": lambda: [self.pick([self.moment(), [self.moment(), self.pick(ZONES)], [self.moment(), self.pick(ZONES), self.pick([*NAMED, *NAMED, self.layout_value()[0]])]])],
            **{f"time.{name}": lambda: [self.zoned()] for name in ("date", "clock", "weekday")},
            "time.diff": lambda: [self.zoned(), self.zoned()],
            "time.add_date": lambda: [self.moment(), *(Number(self.random.randint(-30, 40)) for _ in range(3))],
            **{f"net.cidr_{name}": lambda: [self.address(), self.address()] for name in ("contains", "intersects", "overlap")},
            "net.cidr_is_valid": lambda: [self.address()], "net.cidr_expand": lambda: [self.address(small=True)],
            "net.cidr_merge": lambda: [self.pick([list, Set])(self.address() for _ in range(self.random.randrange(6)))],
            "net.cidr_contains_matches": lambda: [self.networks(), self.networks()],
            "semver.compare": lambda: [self.version(), self.version()], "semver.is_valid": lambda: [self.version()],
            "units.parse": lambda: [self.quantity()], "units.parse_bytes": lambda: [self.quantity()],
            "json.patch": self.patch, "json.filter": self.paths, "json.remove": self.paths,
            "json.match_schema": lambda: [self.pick([self.document(), self.any(), json_text(self.document())]), self.texted(self.schema())],
            "json.verify_schema": lambda: [self.texted(self.schema())],
            "json.unmarshal": lambda: [self.broken(json_text(self.document()))], "json.is_valid": lambda: [self.broken(json_text(self.document()))],
            "json.marshal_with_options": lambda: [self.document(), obj(prefix=self.pick([None, "", ">", " "]), indent=self.pick([None, "", "  ", "\t"]), pretty=self.pick([None, True, False]))],
            "yaml.unmarshal": lambda: [self.yaml()], "yaml.is_valid": lambda: [self.yaml()], "yaml.marshal": lambda: [self.any()],
            "strings.render_template": lambda: ["".join(self.pick([*TEMPLATES, "x"]) for _ in range(self.random.randint(1, 3))),
                obj(a=self.any(2, sets=False), b=self.pick([obj(c=Number("1")), self.document()]), l=self.pick([[Number("1"), "x"], self.document()]), s=self.string())],
            "graphql.is_valid": self.graph_pair, "graphql.parse": self.graph_pair, "graphql.parse_and_verify": self.graph_pair,
            "graphql.parse_query": lambda: [self.broken(self.pick(QUERIES))], "graphql.parse_schema": lambda: [self.broken(self.pick(SDL))], "graphql.schema_is_valid": lambda: [self.broken(self.pick(SDL))],
            "graph.reachable": lambda: [self.graph(), self.nodes()], "graph.reachable_paths": lambda: [self.graph(), self.nodes()],
            "object.get": lambda: [self.of({"type": "object"}), self.pick([self.string(), self.any(2), [self.string(), self.scalar()], []]), self.scalar()],
            "object.subset": self.subset, "substring": lambda: [self.text(), self.small(), self.small()],
            "strings.replace_n": lambda: [self.distinct((self.text(), self.text()) for _ in range(self.random.randrange(4))), self.text()],
            **{name: lambda: [self.text(), self.pick(["", "a", "b", "ab", " ", "é", "a é"])] for name in ("trim", "trim_left", "trim_right", "trim_prefix", "trim_suffix", "split", "contains",
                "startswith", "endswith", "indexof", "indexof_n", "strings.count")},
            "strings.split_n": lambda: [self.text(), self.pick(["", "a", "b", " "]), self.small()],
            "replace": lambda: [self.text(), self.pick(["", "a", "ab", "é"]), self.pick(["", "x", "aa"])],
            "numbers.range": lambda: [self.near(), self.near()], "numbers.range_step": lambda: [self.near(), self.near(), Number(self.pick(["1", "2", "3", "0", "-1", "1.5", "10"]))],
            "bits.lsh": lambda: [self.number(), Number(self.random.randint(-1, 80))], "bits.rsh": lambda: [self.number(), Number(self.random.randint(-1, 80))],
            "format_int": lambda: [self.number(), Number(self.pick(["2", "8", "10", "16", "3"]))],
            "uri.parse": lambda: [self.uri()], "uri.is_valid": lambda: [self.uri()],
            "urlquery.decode": lambda: [self.uri()], "urlquery.decode_object": lambda: [self.uri()],
            "uuid.parse": lambda: [self.broken(self.pick(["f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "00000000-0000-0000-0000-000000000000", "{f81d4fae-7dec-41d0-a765-00a0c91e6bf6}", "urn:uuid:f81d4fae-7dec-51d0-8765-00a0c91e6bf6", "f81d4fae7dec21d0a76500a0c91e6bf6", "01234567-89ab-6cde-8f01-23456789abcd"]))],
            **{name: lambda: [self.broken(base64.b64encode(self.text().encode()).decode())] for name in ("base64.decode", "base64.is_valid", "base64url.decode")},
            "hex.decode": lambda: [self.broken(self.text().encode().hex())],
            "rego.parse_module": lambda: ["m.rego", "\n".join(rules.RuleSets(self.random.randrange(1 << 40)).case()["modules"][:1])],
            "internal.template_string": lambda: [[self.any(1) for _ in range(self.random.randrange(4))]],
            "io.jwt.decode": lambda: [self.token()[0]], "io.jwt.decode_verify": self.verified,
            "io.jwt.encode_sign": lambda: self.signed(False), "io.jwt.encode_sign_raw": lambda: self.signed(True),
            **{f"io.jwt.verify_hs{size}": lambda: [*self.token()] for size in (256, 384, 512)},
            **{f"io.jwt.verify_{kind}": lambda: [self.token()[0], self.any_key()] for kind in ("rs256", "rs384", "rs512", "ps256", "ps384", "ps512", "es256", "es384", "es512", "eddsa")},
            **{f"crypto.{name}": lambda: [self.pems()] for name in ("x509.parse_certificates", "x509.parse_and_verify_certificates", "x509.parse_certificate_request", "x509.parse_rsa_private_key", "parse_private_keys")},
            "crypto.x509.parse_and_verify_certificates_with_options": lambda: [self.pems(), obj(DNSName=self.pick([None, "leaf", "a"]), CurrentTime=self.pick([None, Number("1893456000000000000"), Number("1.5")]),
                MaxConstraintComparisons=self.pick([None, Number("5"), Number("0")]), KeyUsages=self.pick([None, ["KeyUsageAny"], ["KeyUsageServerAuth"], ["Nope"], []]), Other=self.pick([None, None, Number("1")]))],
            "crypto.x509.parse_keypair": lambda: [self.pick([*self.keys.values()]), self.pick([*self.keys.values()])],
            "providers.aws.sign_req": self.aws,
        }

    def arguments(self, name):
        """Arguments for a builtin, or None when those of the declared types do."""
        shape = self.table.get(name)
        return shape and shape()

    def small(self):
        return Number(self.pick(["-1", "0", "1", "2", "3", "-2", "100"]))

    def near(self):
        return Number(self.pick([str(self.random.randint(-12, 12)), str(self.random.randint(-12, 12)), "1.5", "1.0", "1e1"]))

    def text(self):
        return "".join(self.pick(["a", "b", "ab", "aa", "é", " ", ".", "/", "1", "\n", "A", "😀", "c"]) for _ in range(self.random.randrange(6)))

    def broken(self, text):
        """The text, at times with a letter more or less."""
        if not text or not self.once(4):
            return text
        at = self.random.randrange(len(text))
        return text[:at] + self.pick(["", "", "x", "\"", ",", "}", "{", "\\", " ", "0", "é", "-", ":"]) + text[at + self.random.randrange(2):]

    def texted(self, value):
        return json_text(value) if self.once(4) else value

    def pattern(self):
        return "".join(self.pick(ATOMS) + self.pick(QUANTIFIERS) for _ in range(self.random.randint(1, 4))) + self.pick(["", "", "", "", "", "(", ")", "[", "\\"])

    def pattern_text(self):
        return [self.pattern(), self.text()]

    def glob(self):
        return "".join(self.pick(["a", "b", "*", "?", "[ab]", "[a-c]", "{a,b}", ".", "/", "**", "[^a]", "\\*", "+", "[!a]", "c*"]) for _ in range(self.random.randint(0, 5)))

    def layout_value(self):
        layout = text = ""
        for _ in range(self.random.randint(1, 6)):
            key = self.pick(list(LAYOUT))
            between = self.pick(["-", ":", " ", "", "T", "/"])
            layout += key + between
            text += self.pick(LAYOUT[key]) + between
        return [layout, self.broken(text)] if not self.once(4) else [self.pick(NAMED), self.string()]

    def duration(self):
        return self.pick(["", "-", "+"]) + "".join(f"{self.pick(['1', '2.5', '0', '.5', '1.', '300', '1e3', '9223372036854775807'])}{self.pick(DURATIONS)}" for _ in range(self.random.randint(1, 3)))

    def moment(self):
        return Number(self.pick(["0", "1609556645000000000", "-1", "9223372036854775807", "-9223372036854775808", "1.5", "1e18", "9223372036854775808", "253402300800000000000",
            str(self.random.randint(-2**63, 2**63 - 1)), str(self.random.randint(0, 2 * 10**18)), str(self.random.randint(0, 2 * 10**18))]))

    def zoned(self):
        return self.pick([self.moment(), [self.moment(), self.pick(ZONES)]])

    def address(self, small=False):
        if self.once(4):
            size = self.random.randint(118 if small else 0, 130)
            return self.broken(":".join(f"{self.random.choice([0, 0, 1, 0x2001, 0xfe80, 0xffff]):x}" for _ in range(8)) if self.once(2) else self.pick(["::", "::1", "fe80::1", "2001:db8::", "::ffff:1.2.3.4"])) + f"/{size}"
        size = self.random.randint(22 if small else 0, 33)
        text = ".".join(str(self.pick([0, 1, 10, 127, 128, 192, 255, 256] if self.once(9) else [0, 1, 10, 128, 192, 255])) for _ in range(4))
        return self.pick([f"{text}/{size}", f"{text}/{size}", f"{text}/{size}", text if not small else f"{text}/30", self.broken(f"{text}/{size}") if not small else "10.0.0.0/x"])

    def networks(self):
        several = lambda: [self.pick([self.address(), [self.address(), self.scalar()]]) for _ in range(self.random.randrange(4))]
        return self.pick([self.address(), several(), Set(several()), self.distinct((self.string(), item) for item in several())])

    def version(self):
        number = lambda: str(self.pick([0, 1, 2, 10, "01", 999999999999999999999] if self.once(5) else [0, 1, 2, 10]))
        text = ".".join(number() for _ in range(self.pick([3, 3, 3, 3, 2, 4])))
        text += self.pick(["", "", "-a", "-1", "-rc.1", "-rc.10", "-a.b.c", "-01", "-", "-é", "-0a"]) + self.pick(["", "", "+b", "+1.2", "+"])
        return self.pick(["", "", "", "v"]) + text

    def quantity(self):
        return self.pick(["", "", "-", "+"]) + self.pick(["1", "10", "1.5", "0.1", ".5", "1e3", "1E3", "100", "", "1.", "1_0", "0x10", "9999999999999999999", "1.2.3"]) + self.pick(SUFFIXES) + self.pick(["", "", "", " ", '"'])

    def pointer(self, value):
        """A path into the value, at times past it; as a text or as an array."""
        parts = []
        while isinstance(value, (list, Object)) and value and not self.once(4):
            if isinstance(value, Object):
                key, value = self.pick(value)
            elif isinstance(value, Set):
                key = value = self.pick(value)
            else:
                at = self.random.randrange(len(value))
                key, value = Number(at), value[at]
            parts.append(key)
        if self.once(3):
            parts.append(self.pick(["a", "-", "0", Number("0"), Number("1"), "b", "zz", "01", "", None, "~1", Number("-1")]))
        if self.once(2) and all(isinstance(part, str) for part in parts):
            return "/".join([""] + [part.replace("~", "~0").replace("/", "~1") for part in parts])
        return parts

    def patch(self):
        value = self.any()
        operations = []
        for _ in range(self.random.randint(1, 3)):
            kind = self.pick(["add", "remove", "replace", "move", "copy", "test", "zz"] if self.once(9) else ["add", "remove", "replace", "move", "copy", "test"])
            members = [("op", kind), ("path", self.pointer(value))]
            if kind in ("add", "replace", "test") or self.once(9):
                members.append(("value", self.any(2)))
            if kind in ("move", "copy"):
                members.append(("from", self.pointer(value)))
            if self.once(20):
                members.pop(self.random.randrange(len(members)))
            operations.append(Object(members))
        return [value, operations]

    def paths(self):
        value = self.of({"type": "object", "dynamic": {"key": {"type": "string"}, "value": {"type": "any"}}})
        return [value, self.pick([list, Set])(self.pointer(value) for _ in range(self.random.randrange(4)))]

    def schema(self, depth=0, refs=("#/definitions/a", "#/definitions/b", "#/zz")):
        """`refs` are the references that lead OPA's library into no circle, which would end it."""
        if self.once(12):
            return self.pick([True, False, Object([])])
        members = []
        kinds = ["string", "number", "integer", "object", "array", "boolean", "null"]
        add = lambda key, value: members.append((key, value))
        if not self.once(3):
            add("type", self.pick([self.pick(kinds), self.pick(kinds), [self.pick(kinds), self.pick(kinds)], "zz"] if self.once(4) else [self.pick(kinds)]))
        nested = lambda refs=refs: self.schema(depth + 1, refs) if depth < 2 else Object([("type", self.pick(kinds))])
        inner = refs and (*refs, "#")
        for _ in range(self.random.randrange(4)):
            key = self.pick(["properties", "required", "enum", "pattern", "minimum", "maximum", "items", "anyOf", "allOf", "oneOf", "not", "minLength", "maxLength", "minItems", "maxItems", "uniqueItems", "multipleOf",
                "additionalProperties", "patternProperties", "minProperties", "maxProperties", "format", "const", "dependencies", "exclusiveMinimum", "$ref", "definitions", "if", "then", "else", "propertyNames", "contains", "additionalItems", "title", "$schema"])
            if key in ("properties", "definitions"):
                below = inner if key == "properties" else ()
                add(key, self.distinct((self.pick(["a", "b", "c", "", "é"]), nested(below)) for _ in range(self.random.randrange(3))))
            elif key == "patternProperties":
                add(key, self.distinct((self.pick(["a", "^b", "[", "."]), nested()) for _ in range(2)))
            elif key == "required":
                add(key, [self.pick(["a", "b", "é"]) for _ in range(self.random.randrange(3))])
            elif key == "enum":
                add(key, [self.document(2) for _ in range(self.random.randrange(4))])
            elif key == "const":
                add(key, self.document(2))
            elif key == "pattern":
                add(key, self.pattern())
            elif key in ("anyOf", "allOf", "oneOf"):
                add(key, [nested() for _ in range(self.random.randint(0 if self.once(5) else 1, 3))])
            elif key in ("not", "if", "then", "else", "propertyNames", "contains"):
                add(key, nested())
            elif key == "items":
                add(key, self.pick([nested(inner), [nested(inner), nested(inner)]]))
            elif key in ("additionalProperties", "additionalItems"):
                add(key, self.pick([True, False, nested()]))
            elif key == "uniqueItems":
                add(key, self.pick([True, False]))
            elif key == "format":
                add(key, self.pick(FORMATS))
            elif key == "dependencies":
                add(key, Object([("a", self.pick([["b"], nested()]))]))
            elif key == "$ref":
                members += [(key, self.pick(refs))] if refs else []
            elif key == "$schema":
                add(key, self.pick(["http://json-schema.org/draft-07/schema#", "http://json-schema.org/draft-04/schema#", "http://json-schema.org/draft-06/schema#", "zz"]))
            elif key == "title":
                add(key, self.pick(["x", Number("1")]))
            else:
                add(key, self.pick([self.small(), self.small(), Number("1.5"), Number("2"), "x" if self.once(4) else Number("0")]))
        return self.distinct(members)

    def yaml(self):
        if self.once(3):
            return self.broken(json_text(self.document()))
        return self.broken("\n".join(self.pick(YAML) for _ in range(self.pick([1, 1, 1, 2]))))

    def graph_pair(self):
        return [self.broken(self.pick(QUERIES)), self.broken(self.pick(SDL))]

    def graph(self):
        names = ["a", "b", "c", "d", Number("1"), None]
        return self.distinct((self.pick(names), self.pick([list, Set])(self.pick(names) for _ in range(self.random.randrange(3)))) for _ in range(self.random.randrange(6)))

    def nodes(self):
        return self.pick([list, Set])(self.pick(["a", "b", "c", Number("1"), "zz"]) for _ in range(self.random.randrange(3)))

    def subset(self):
        value = self.any()
        return [value, self.pick([value, self.any(), value[:1] if isinstance(value, list) else value])] if isinstance(value, list) else None or [self.of({"type": "object"}), self.of({"type": "object"})]

    def uri(self):
        return "".join(self.pick(["http:", "//", "a", "b.c", ":80", "/", "?", "x=1", "&", "#", "%41", "%zz", "@", "u:p", "[::1]", " ", "é", ":", "+", "=", ";", "mailto:", "..", "\n"]) for _ in range(self.random.randrange(7)))

    def token(self):
        """A token and its secret."""
        encode = lambda data: base64.urlsafe_b64encode(data).rstrip(b"=").decode()
        algorithm, secret = self.pick(["HS256", "HS384", "HS512", "none", "RS256", "zz"] if self.once(4) else ["HS256", "HS384", "HS512"]), self.pick(["secret", "s", "é", ""])
        header = Object([("alg", algorithm)] + self.pick([[], [("typ", "JWT")], [("kid", "k1")], [("cty", "JWT")], [("crit", ["x"])], [("typ", Number("1"))]]))
        payload = self.claims() if not self.once(6) else self.document()
        signed = ".".join(encode(self.broken(json_text(part)).encode()) for part in (header, payload))
        digest = {"HS384": hashlib.sha384, "HS512": hashlib.sha512}.get(algorithm, hashlib.sha256)
        token = signed + "." + encode(hmac.new(secret.encode(), signed.encode(), digest).digest())
        return self.broken(token) if self.once(3) else token, secret if not self.once(6) else "other"

    def claims(self):
        return self.distinct((self.pick(["iss", "aud", "sub", "exp", "nbf", "iat", "a"]), self.pick(["x", Number("1700000000"), Number("1800000000.5"), ["x", "y"], self.document(2)])) for _ in range(self.random.randrange(4)))

    def verified(self):
        token, secret = self.token()
        constraints = obj(secret=self.pick([secret, secret, None]), cert=self.pick([None, None, self.any_key()]), alg=self.pick([None, None, "HS256", "HS512", "zz"]), iss=self.pick([None, None, "x"]),
            aud=self.pick([None, None, "x", "z"]), time=self.pick([Number("1750000000000000000"), Number("1650000000000000000"), Number("0"), "x" if self.once(9) else Number("1.5")]))
        return [token, Object([*constraints, *([("zz", Number("1"))] if self.once(15) else [])])]

    def any_key(self):
        jwk = json.dumps({"kty": "oct", "k": "c2VjcmV0"})
        return self.broken(self.pick([*self.keys.values(), jwk, json.dumps({"keys": [json.loads(jwk)]})])) if self.once(3) else self.pick([*self.keys.values(), jwk])

    def signed(self, raw):
        """Only algorithms whose signatures are always the same."""
        header = Object([("alg", self.pick(["HS256", "HS384", "HS512", "none", "zz", "HS256"]))] + self.pick([[], [("typ", "JWT")], [("typ", "text/plain")], [("kid", self.document(2))], [("zz", Number("1"))]]))
        key = self.pick([obj(kty="oct", k="c2VjcmV0"), obj(kty="oct", k="c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"), obj(kty="oct"), obj(kty="zz", k="YQ"), obj(k="c2VjcmV0"), obj(kty="oct", k="é"), obj(kty="oct", k="c2VjcmV0", kid="k2", alg="HS256")])
        parts = [header, self.pick([self.claims(), self.document()]), key]
        if not raw:
            return parts if isinstance(parts[1], Object) else [parts[0], Object([]), parts[2]]
        return [self.broken(json_text(part)) for part in parts]

    def pems(self):
        texts = [self.pick([*self.keys.values()]) for _ in range(self.pick([1, 1, 2, 3]))]
        if self.once(3):
            texts = [self.keys["root"], self.keys["leaf"]]
        text = self.pick(["", "", "", "\n", "x"]).join(texts)
        return self.pick([text, text, text, base64.b64encode(text.encode()).decode(), self.broken(text), self.broken(self.keys["leaf.der"])])

    def aws(self):
        request = obj(method=self.pick(["get", "POST", None, Number("1")]), url=self.pick(["https://s3.amazonaws.com/b/k?x=1&a=é b", "http://h", "https://h:443/a//b", "%", self.uri(), None]),
            headers=self.pick([None, obj(a="b"), obj(A="x  y", host="z"), obj(b=Number("1"))]), body=self.pick([None, None, self.document()]), raw_body=self.pick([None, None, "x", self.string()]))
        config = obj(aws_access_key="AKIA", aws_secret_access_key=self.pick(["secret", "", None]), aws_service=self.pick(["s3", "ec2", None, "glacier"]), aws_region=self.pick(["us-east-1", "", None]), aws_session_token=self.pick([None, "t"]), disable_payload_signing=self.pick([None, None, True, "x"]))
        return [request, config, self.pick([Number("1609556645000000000"), Number("0"), self.moment()])]
