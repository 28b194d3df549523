import Documents
import Text

extension Builtins {
    /// Universally unique identifiers (RFC 9562; OPA policy reference, "UUID").
    static let uuids: [Builtin] = [
        Builtin(
            "uuid.rfc4122", help: "(name) A random UUID; the same for a name during one evaluation.", .string, returns: .string,
            nondeterministic: true, work: .length(perKibibyte: 512)
        ) { call in
            guard let key = call.stringOperand(0) else { return .undefined }
            var random = KeyedRandom(seed: call.context.seed, key: key.utf8)
            var bytes = (0..<16).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            bytes[6] = bytes[6] & 0x0F | 0x40
            bytes[8] = bytes[8] & 0x3F | 0x80
            return call.arena.string(UUIDText.string(bytes))
        },
        Builtin("uuid.parse", help: "(text) The parts of a UUID.", .string, returns: .object(.string, .any)) { call in
            guard let text = call.stringOperand(0) else { return .undefined }
            guard let bytes = UUIDText.bytes(text.utf8) else { return .undefined }
            return properties(of: bytes, in: call.arena)
        },
    ]

    private static func properties(of bytes: [UInt8], in arena: Arena) -> Value {
        let version = bytes[6] >> 4
        let variant =
            switch bytes[8] >> 5 {
            case 0b100, 0b101: "RFC4122"
            case 0b110: "Microsoft"
            case 0b111: "Future"
            default: "Reserved"
            }
        var entries = [
            ObjectEntry(key: arena.string("version"), value: .int(Int(version))),
            ObjectEntry(key: arena.string("variant"), value: arena.string(variant)),
        ]
        func add(_ key: String, _ value: Value) { entries.append(ObjectEntry(key: arena.string(key), value: value)) }
        guard version == 1 || version == 2 else { return arena.object(entries) }
        add("time", .int(nanoseconds(of: bytes)))
        add("clocksequence", .int(Int(bytes[8] & 0x3F) << 8 | Int(bytes[9])))
        add(
            "nodeid",
            arena.string(bytes[10...].map { Hex.text($0, digits: 2) }.joined(separator: "-")))
        add(
            "macvariables",
            arena.string((bytes[10] & 2 != 0 ? "local" : "global") + (bytes[10] & 1 != 0 ? ":multicast" : ":unicast")))
        if version == 2 {
            add("id", .int(bytes[..<4].reduce(0) { $0 << 8 | Int($1) }))
            let domains = ["Person", "Group", "Org"]
            add("domain", arena.string(bytes[9] < 3 ? domains[Int(bytes[9])] : "Domain\(bytes[9])"))
        }
        return arena.object(entries)
    }

    /// The timestamp in nanoseconds since 1970, wrapping around as Go's `UnixNano` does.
    private static func nanoseconds(of bytes: [UInt8]) -> Int64 {
        func field(_ range: Range<Int>) -> Int64 { bytes[range].reduce(0) { $0 << 8 | Int64($1) } }
        let ticks = field(0..<4) | field(4..<6) << 32 | (field(6..<8) & 0xFFF) << 48
        let ticksFrom1582To1970: Int64 = 0x01B2_1DD2_1381_4000
        return (ticks - ticksFrom1582To1970) &* 100
    }
}

/// The textual forms of UUIDs.
enum UUIDText {
    /// The bytes of `8-4-4-4-12` text, also with `urn:uuid:` or braces around it, or of 32 plain digits.
    static func bytes(_ text: some Collection<UInt8>) -> [UInt8]? {
        var text = Array(text)
        switch text.count {
        case 32: return try? Hex.decode(text)
        case 36: break
        case 38: text = Array(text.dropFirst().dropLast())
        case 45:
            guard String(decoding: text.prefix(9), as: UTF8.self).lowercased() == "urn:uuid:" else { return nil }
            text.removeFirst(9)
        default: return nil
        }
        let dashes = [8, 13, 18, 23]
        guard dashes.allSatisfy({ text[$0] == UInt8(ascii: "-") }) else { return nil }
        return try? Hex.decode(text.indices.filter { !dashes.contains($0) }.map { text[$0] })
    }

    static func string(_ bytes: [UInt8]) -> String {
        var digits = Hex.encode(bytes)
        for position in [20, 16, 12, 8] { digits.insert(UInt8(ascii: "-"), at: position) }
        return String(decoding: digits, as: UTF8.self)
    }
}

/// Random numbers that depend on a seed and a key only (SplitMix64 over an FNV-1a start).
private struct KeyedRandom {
    private var state: UInt64

    init(seed: UInt64, key: some Collection<UInt8>) {
        var hash = FNVHash(seed: seed)
        hash.add(key)
        state = hash.value
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
