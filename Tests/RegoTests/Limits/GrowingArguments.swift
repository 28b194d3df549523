import Documents
import RegoRuntime

/// Arguments for every builtin that grow with a number, so that its work grows.
enum GrowingArguments {
    /// Builtins whose work does not depend on how long their arguments are, or that get none of any length.
    static let constant: Set<String> = [
        "is_array", "is_boolean", "is_null", "is_number", "is_object", "is_set", "is_string", "type_name", "cast_string",
        "cast_boolean", "cast_null", "cast_object", "object.get", "time.now_ns", "time.date", "time.clock", "time.weekday",
        "time.add_date", "time.diff", "opa.runtime", "rego.metadata.chain", "rego.metadata.rule", "uuid.parse", "rand.intn",
        "eq", "assign", "time.format", "time.parse_duration_ns", "time.parse_rfc3339_ns", "time.parse_ns", "all", "any",
        "internal.member_2", "internal.member_3", "net.cidr_is_valid", "net.cidr_contains", "net.cidr_intersects",
        "net.cidr_overlap", "net.lookup_ip_addr", "http.send", "uuid.rfc4122", "print",
    ]

    /// Builtins that work on keys, certificates and hosts; `TokenTests` and others have them.
    static let needsKeys: Set<String> = [
        "io.jwt.encode_sign", "io.jwt.encode_sign_raw", "io.jwt.decode", "io.jwt.decode_verify", "providers.aws.sign_req",
        "crypto.x509.parse_certificates", "crypto.x509.parse_and_verify_certificates",
        "crypto.x509.parse_and_verify_certificates_with_options", "crypto.x509.parse_certificate_request",
        "crypto.x509.parse_keypair", "crypto.x509.parse_rsa_private_key", "crypto.parse_private_keys",
        "io.jwt.verify_eddsa", "io.jwt.verify_es256", "io.jwt.verify_es384", "io.jwt.verify_es512", "io.jwt.verify_hs256",
        "io.jwt.verify_hs384", "io.jwt.verify_hs512", "io.jwt.verify_ps256", "io.jwt.verify_ps384", "io.jwt.verify_ps512",
        "io.jwt.verify_rs256", "io.jwt.verify_rs384", "io.jwt.verify_rs512",
    ]
    /// Builtins that the compiler puts in itself, or takes away.
    static let uncallable: Set<String> = [
        "all", "any", "re_match", "set_diff", "cast_array", "cast_set", "net.cidr_overlap", "eq", "assign",
    ]

    /// - Parameter n: bytes of texts, elements of collections; at least 4.
    static func arguments(of builtin: Builtin, _ n: Int, in arena: Arena) -> [Value]? {
        if let make = special[builtin.name] { return make(n, arena) }
        return Guess.arguments(of: builtin, n, in: arena)
    }

    static func text(_ n: Int, _ unit: String = "ab, ", in arena: Arena) -> Value {
        let bytes = Array(unit.utf8)
        return arena.string((0..<max(n, 1)).map { bytes[$0 % bytes.count] }.prefix(max(1, n / bytes.count) * bytes.count))
    }

    static func numbers(_ n: Int, in arena: Arena) -> Value { arena.array((0..<n).map { .int($0) }) }

    private static func texts(_ n: Int, _ prefix: String = "k", in arena: Arena) -> [Value] {
        (0..<n).map { arena.string("\(prefix)\($0)") }
    }

    private static func object(_ n: Int, in arena: Arena) -> Value {
        arena.object((0..<n).map { ObjectEntry(key: arena.string("k\($0)"), value: .int($0)) })
    }

    private static func digits(_ n: Int, in arena: Arena) -> Value {
        NumberText.value("1" + String(repeating: "7", count: n), in: arena)
    }

    /// Values that share their parts: as deep as `n` has bits, each level ten of the one below.
    private static func shared(_ n: Int, _ leaf: String, in arena: Arena) -> Value {
        var (value, size) = (arena.array([arena.string(leaf)]), 1)
        while size < n {
            value = arena.array([Value](repeating: value, count: 10))
            size *= 10
        }
        return value
    }

    private typealias Make = @Sendable (Int, Arena) -> [Value]

    private static let special: [String: Make] = comparisons.merging(texts) { $1 }.merging(collections) { $1 }.merging(formats) {
        $1
    }

    private static let comparisons: [String: Make] = Dictionary(
        uniqueKeysWithValues: ["equal", "neq", "lt", "lte", "gt", "gte"].map { name -> (String, Make) in
            (name, { n, arena in [shared(n, "a", in: arena), shared(n, "a", in: arena)] })
        })

    private static let texts: [String: Make] = [
        "strings.any_prefix_match": { n, arena in
            let same = text(n, "a", in: arena)
            return [
                arena.array([Value](repeating: same, count: n)),
                arena.array([Value](repeating: text(n, "ab", in: arena), count: n)),
            ]
        },
        "strings.any_suffix_match": { n, arena in [arena.array(texts(n, in: arena)), arena.array(texts(n, "x", in: arena))] },
        "indexof_n": { n, arena in [text(n, "a", in: arena), text(n / 2, "a", in: arena)] },
        "strings.count": { n, arena in [text(n, "a", in: arena), arena.string("a")] },
        "split": { n, arena in [text(n, in: arena), arena.string(",")] },
        "strings.split_n": { n, arena in [text(n, in: arena), arena.string(","), .int(-1)] },
        "replace": { n, arena in [text(n, in: arena), arena.string(","), text(64, "xy", in: arena)] },
        "strings.replace_n": { n, arena in
            [
                arena.object((0..<n).map { ObjectEntry(key: arena.string("a\($0)"), value: arena.string("b")) }),
                text(n, "a", in: arena),
            ]
        },
        "concat": { n, arena in [arena.string(","), arena.array([Value](repeating: text(n, in: arena), count: n))] },
        "substring": { n, arena in [text(n, "é", in: arena), .int(n / 3), .int(-1)] },
        "trim": { n, arena in [text(n, "é", in: arena), arena.string("éà")] },
        "trim_left": { n, arena in [text(n, "é", in: arena), arena.string("éà")] },
        "trim_right": { n, arena in [text(n, "é", in: arena), arena.string("éà")] },
        "trim_space": { n, arena in [text(n, "\u{2003}", in: arena)] },
        "lower": { n, arena in [text(n, "Ä", in: arena)] },
        "upper": { n, arena in [text(n, "ä", in: arena)] },
        "sprintf": { n, arena in
            [arena.string("%\(n)d %v"), arena.array([.int(1), shared(n, "aaaaaaaa", in: arena)])]
        },
        "format_int": { n, arena in [digits(n, in: arena), .int(10)] },
        "to_number": { n, arena in [text(n, "1", in: arena)] },
        "units.parse": { n, arena in [text(n, "1", in: arena)] },
        "units.parse_bytes": { n, arena in [text(n, "1", in: arena)] },
        "semver.is_valid": { n, arena in [arena.string("1.0.0-a" + String(repeating: ".b1", count: n / 3))] },
        "semver.compare": { n, arena in
            let version = arena.string("1.0.0-a" + String(repeating: ".b1", count: n / 3))
            return [version, version]
        },
        "regex.match": { n, arena in [arena.string("(a|b)*a(a|b){200}c"), text(n, "aababbab", in: arena)] },
        "re_match": { n, arena in [arena.string("a.*z"), text(n, in: arena)] },
        "regex.is_valid": { n, arena in [text(n, "(a|b)", in: arena)] },
        "regex.find_n": { n, arena in [arena.string("a(.*z)?"), text(n, "a", in: arena), .int(-1)] },
        "regex.find_all_string_submatch_n": { n, arena in [arena.string("(a)(b)"), text(n, "ab", in: arena), .int(-1)] },
        "regex.split": { n, arena in [arena.string("a(.*z)?"), text(n, "ab", in: arena)] },
        "regex.replace": { n, arena in [text(n, "ab", in: arena), arena.string("(a)"), arena.string("$1$1$1$1")] },
        "regex.template_match": { n, arena in
            [text(n, "a{b+}", in: arena), text(n, "ab", in: arena), arena.string("{"), arena.string("}")]
        },
        "regex.globs_match": { n, arena in [text(min(n, 400), "a*b*", in: arena), text(n, "abb", in: arena)] },
        "glob.match": { n, arena in
            [arena.string("*a*b*c*d"), arena.array([arena.string("/")]), text(n, "abcab", in: arena)]
        },
        "glob.quote_meta": { n, arena in [text(n, "*?", in: arena)] },
        "crypto.hmac.equal": { n, arena in [text(n, in: arena), text(n, in: arena)] },
        "rego.parse_module": { n, arena in
            [
                arena.string("a.rego"),
                arena.string("package a\n" + String(repeating: "p if { [1] == [x | x := 2] }\n", count: n / 30 + 1)),
            ]
        },
        "trace": { n, arena in [text(n, in: arena)] },
    ]

    private static let collections: [String: Make] = [
        "sum": { n, arena in [numbers(n, in: arena)] },
        "product": { n, arena in [arena.array((0..<n).map { .int($0 | 1) })] },
        "sort": { n, arena in [arena.array((0..<n).map { .int($0 &* 2_654_435_761 % 1_000_003) })] },
        "max": { n, arena in [numbers(n, in: arena)] },
        "min": { n, arena in [numbers(n, in: arena)] },
        "count": { n, arena in [text(n, "é", in: arena)] },
        "numbers.range": { n, _ in [.int(1), .int(n)] },
        "numbers.range_step": { n, _ in [.int(1), .int(2 * n), .int(2)] },
        "array.flatten": { n, arena in [arena.array([Value](repeating: numbers(n, in: arena), count: 100))] },
        "array.slice": { n, arena in [numbers(n, in: arena), .int(0), .int(n)] },
        "object.subset": { n, arena in
            [
                arena.array((0..<n).map { .int($0 & 1) }),
                arena.array((0..<n / 2).map { $0 == n / 2 - 1 ? .int(7) : .int($0 & 1) }),
            ]
        },
        "object.union_n": { n, arena in [arena.array([Value](repeating: object(n, in: arena), count: 100))] },
        "json.patch": { n, arena in
            let add = { (number: Int) in
                arena.object([
                    "op": arena.string("add"), "path": arena.string("/x\(number)"), "value": .int(number),
                ])
            }
            return [object(n, in: arena), arena.array((0..<max(n / 8, 1)).map(add))]
        },
        "json.filter": { n, arena in [object(n, in: arena), arena.array(texts(n, in: arena))] },
        "json.remove": { n, arena in [object(n, in: arena), arena.array(texts(n, in: arena))] },
        "union": { n, arena in [arena.set((0..<n).map { arena.set([.int($0), .int($0 + 1), .int($0 + 2)]) })] },
        "intersection": { n, arena in [arena.set((0..<n).map { arena.set([.int(0), .int($0 + 1), .int($0 + 2)]) })] },
        "graph.reachable": { n, arena in
            let all = arena.array(texts(n, in: arena))
            return [
                arena.object((0..<n).map { ObjectEntry(key: arena.string("k\($0)"), value: all) }),
                arena.array([arena.string("k0")]),
            ]
        },
        "graph.reachable_paths": { n, arena in
            let all = arena.array(texts(min(n, 60), in: arena))
            return [
                arena.object((0..<min(n, 60)).map { ObjectEntry(key: arena.string("k\($0)"), value: all) }),
                arena.array([arena.string("k0")]),
            ]
        },
        "walk": { n, arena in [shared(n, "a", in: arena)] },
        "json.marshal": { n, arena in [shared(n, "aaaa", in: arena)] },
        "json.marshal_with_options": { n, arena in
            [shared(n, "aaaa", in: arena), arena.object(["indent": arena.string("  ")])]
        },
        "yaml.marshal": { n, arena in [shared(n, "aaaa", in: arena)] },
        "net.cidr_expand": { n, arena in
            var bits = 32
            while bits > 2, 1 << (32 - bits) < n { bits -= 1 }
            return [arena.string("10.0.0.0/\(bits)")]
        },
        "net.cidr_merge": { n, arena in
            [arena.array((0..<n).map { arena.string("10.\($0 >> 15 & 255).\($0 >> 7 & 255).\($0 & 127)/32") })]
        },
        "net.cidr_contains_matches": { n, arena in
            [
                arena.array([Value](repeating: arena.string("10.0.0.0/8"), count: n)),
                arena.array([Value](repeating: arena.string("11.0.0.1"), count: n)),
            ]
        },
        "cast_set": { n, arena in [numbers(n, in: arena)] },
        "internal.print": { n, arena in [arena.array([arena.set(texts(n, in: arena)), arena.set(texts(n, in: arena))])] },
        "internal.template_string": { n, arena in [arena.array(texts(n, in: arena))] },
        "internal.test_case": { n, arena in [arena.array(texts(n, in: arena))] },
        "print": { n, arena in [shared(n, "aaaa", in: arena)] },
    ]

    private static let formats: [String: Make] = [
        "json.unmarshal": { n, arena in [arena.string("[" + String(repeating: "1,", count: n / 2) + "1]")] },
        "json.is_valid": { n, arena in [arena.string("[" + String(repeating: "1,", count: n / 2) + "1]")] },
        "yaml.unmarshal": { n, arena in [arena.string(String(repeating: "- a\n", count: n / 4))] },
        "yaml.is_valid": { n, arena in [arena.string(String(repeating: "- a\n", count: n / 4))] },
        "base64.decode": { n, arena in [text(n / 4 * 4, "YWJj", in: arena)] },
        "base64.is_valid": { n, arena in [text(n / 4 * 4, "YWJj", in: arena)] },
        "base64url.decode": { n, arena in [text(n / 4 * 4, "YWJj", in: arena)] },
        "hex.decode": { n, arena in [text(n / 2 * 2, "6a", in: arena)] },
        "urlquery.decode": { n, arena in [text(n / 3 * 3, "%20", in: arena)] },
        "urlquery.decode_object": { n, arena in [text(n, "a=b&", in: arena)] },
        "urlquery.encode_object": { n, arena in
            [arena.object((0..<n).map { ObjectEntry(key: arena.string("k\($0)"), value: arena.string("v")) })]
        },
        "json.match_schema": { n, arena in
            let item = arena.object(["type": arena.string("string")])
            return [numbers(n, in: arena), arena.object(["type": arena.string("array"), "items": item])]
        },
        "json.verify_schema": { n, arena in
            [
                arena.object([
                    "properties": arena.object(
                        (0..<n).map {
                            ObjectEntry(key: arena.string("k\($0)"), value: arena.object(["type": arena.string("string")]))
                        })
                ])
            ]
        },
        "strings.render_template": { n, arena in
            [
                arena.string("{{range $i, $e := .x}}{{range $j, $f := $.x}}{{end}}{{end}}"),
                arena.object(["x": numbers(n, in: arena)]),
            ]
        },
        "graphql.parse_query": { n, arena in [arena.string("{" + String(repeating: " a", count: n / 2) + "}")] },
        "graphql.parse_schema": { n, arena in [schema(n, arena)] },
        "graphql.schema_is_valid": { n, arena in [schema(n, arena)] },
        "graphql.parse": { n, arena in [query(n, arena), arena.string("type Query { a(x: Int): Query }")] },
        "graphql.parse_and_verify": { n, arena in [query(n, arena), arena.string("type Query { a(x: Int): Query }")] },
        "graphql.is_valid": { n, arena in [query(n, arena), arena.string("type Query { a(x: Int): Query }")] },
        "uri.parse": { n, arena in [text(n, "http://a/b?c=d", in: arena)] },
        "uri.is_valid": { n, arena in [text(n, "http://a/b?c=d", in: arena)] },
    ]

    private static func schema(_ n: Int, _ arena: Arena) -> Value {
        let types = (0..<max(n / 24, 1)).map { "type T\($0) { a: Int }" }.joined(separator: "\n")
        return arena.string("type Query { a: Int }\n" + types)
    }

    private static func query(_ n: Int, _ arena: Arena) -> Value {
        arena.string("{" + (0..<max(n / 16, 1)).map { " f\($0): a { a { a } }" }.joined() + "}")
    }
}

/// Arguments of the kinds that a builtin takes without a complaint.
private enum Guess {
    private static let makers: [@Sendable (Int, Arena) -> Value] = [
        { GrowingArguments.text($0, in: $1) }, { GrowingArguments.numbers($0, in: $1) },
        { n, arena in arena.set((0..<n).map { .int($0) }) },
        { n, arena in arena.object((0..<n).map { ObjectEntry(key: arena.string("k\($0)"), value: .int($0)) }) },
        { n, arena in n < 64 ? .int(n) : NumberText.value("1" + String(repeating: "3", count: n), in: arena) },
        { n, arena in arena.set((0..<n).map { arena.set([.int($0)]) }) },
        { n, arena in arena.array((0..<n).map { arena.string("t\($0)") }) },
        { _, _ in .true }, { _, _ in .null }, { _, _ in .int(3) },
    ]

    static func arguments(of builtin: Builtin, _ n: Int, in arena: Arena) -> [Value]? {
        let count = builtin.arguments.count
        if count == 0 { return [] }
        var choice = [Int](repeating: 0, count: count)
        while true {
            let small = choice.map { makers[$0](4, arena) }
            if isAccepted(builtin, small) { return choice.map { makers[$0](n, arena) } }
            var place = count - 1
            while place >= 0 {
                choice[place] += 1
                if choice[place] < makers.count { break }
                choice[place] = 0
                place -= 1
            }
            if place < 0 { return nil }
        }
    }

    private static func isAccepted(_ builtin: Builtin, _ operands: [Value]) -> Bool {
        let context = EvaluationContext()
        return operands.withUnsafeBufferPointer { buffer in
            var call = BuiltinCall(operands: buffer, context: context)
            let result = builtin.call(&call)
            return call.failure == nil && result.isDefined
        }
    }
}
