/// Repeatable random choices.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493 }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 29
    }

    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<max(1, bound), using: &self) }

    /// True once in `count` times.
    mutating func once(in count: Int) -> Bool { below(count) == 0 }

    mutating func pick<Item>(_ items: [Item]) -> Item { items[below(items.count)] }
}

/// Scalars at the edges of what readers and builtins take.
enum OddScalars {
    static let numbers = [
        "0", "-0", "1", "-1", "2", "10", "1.5", "-0.5", "1e3", "1e-7", "9223372036854775807", "-9223372036854775808",
        "9223372036854775808", "1e400", "-1e-400", "123456789012345678901234567890.5", "1e9999", "0.1", "64", "1000000",
    ]
    static let texts = [
        "", "a", "é", "👩‍👧", "e\u{301}", "\u{0}", "\u{FFFF}", "%d %s %[3]*.[2]*[1]f %!", "%v %v %.999999f", "[a", "(a|b", "a{1000}",
        "**{a,[!b]}", "\\", "1.2.3-rc", "10Ki", "1e999999Mi", "2006-01-02T15:04:05Z", "UTC", "{\"a\": [1]}", "- a: &x [*x]",
        "$1${x}", "10.0.0.0/8", "::/0", "eyJhbGciOiJIUzI1NiJ9.e30.x", "/a/b~1c", "<a b='", "{{ .x }}", "query { a }",
        "type A { b: C }", String(repeating: "ab", count: 3000), String(repeating: "(", count: 2000),
        String(repeating: "[", count: 20000), "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----",
    ]
}
