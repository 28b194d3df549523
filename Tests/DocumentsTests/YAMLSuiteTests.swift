import Diagnostics
import Documents
import TestSupport
import Testing

/// The yaml-test-suite, read with what is known of libyaml and of Kubernetes' view of YAML.
@Suite struct YAMLSuiteTests {
    /// Where the meaning of Kubernetes tools differs from the suite's YAML 1.2.
    static let otherMeaning = [
        "565N",  // !!binary is decoded
        "C4HZ",  // a key `y` is a boolean and becomes "true"
        "UKK6-02",  // the tag `!` makes an empty string
    ]

    /// Where libyaml departs from the suite only because the last line break of the text is missing, which is added.
    static let withoutLastBreak = ["JEF9-02", "L24T-01"]

    /// What libyaml rejects and is read all the same, since it is JSON.
    static let areJSON = ["4MUZ-00", "Q5MG"]

    /// What go-yaml rejects: a question mark in a plain text inside brackets.
    static let rejectedByGo = ["JR7V"]
    /// libyaml refuses a colon before a comma, which is a part of the text to go-yaml.
    static let acceptedByGo = ["4ABK"]

    static func load(_ name: String) throws -> Document {
        let bytes = try ConformanceData.bytes(of: ConformanceData.url(of: "yaml-test-suite/\(name)"))
        return try JSONReader.read(SourceFile(path: name, bytes: bytes), keepsPositions: false)
    }

    static func names(_ departures: Document, _ field: String) -> Set<String> {
        departures.withRoot { Set($0.field(named: field).elements.compactMap(\.stringValue)) }
    }

    @Test(.enabled(if: ConformanceData.isUsed("yaml-test-suite"), "no conformance data")) func suite() throws {
        let file = try Self.load("cases.json"), departures = try Self.load("libyaml.json")
        let rejected = Self.names(departures, "rejected")
        let accepted = Self.names(departures, "accepted")
        let otherEvents = Self.names(departures, "events").subtracting(Self.withoutLastBreak)
        #expect(rejected.count == 51 && accepted.count == 16)
        var compared = 0
        defer { withExtendedLifetime(file) {} }
        for item in file.root.elements where !item.field("skip").isTrue {
            let id = item.field("id").string
            let stream = YAMLReader().read(SourceFile(path: id, text: item.field("yaml").string))
            let problems = stream.diagnostics.map(\.message)
            if item.field("fail").isTrue {
                #expect(problems.isEmpty == accepted.contains(id), "\(id)")
                continue
            }
            if Self.acceptedByGo.contains(id) {
                #expect(problems.isEmpty && stream.documents.count == 1, "\(id)")
                continue
            }
            if rejected.contains(id) || Self.rejectedByGo.contains(id), !Self.areJSON.contains(id) {
                #expect(!problems.isEmpty, "\(id)")
                continue
            }
            let json = item.field("json")
            if json.isUndefined {
                #expect(problems.allSatisfy { $0.hasSuffix("cannot be a key") }, "\(id): \(problems)")
                continue
            }
            #expect(problems.isEmpty, "\(id): \(problems)")
            let expected = try Self.values(json.string)
            let isEqual = stream.documents.map { $0.withRoot { JSONWriter.string($0) } } == expected
            #expect(isEqual != (otherEvents.contains(id) || Self.otherMeaning.contains(id)), "\(id)")
            compared += 1
        }
        #expect(compared == 241)
    }

    /// The JSON texts that stand one after another, written alike; numbers in the form Kubernetes gives them.
    static func values(_ text: String) throws -> [String] {
        let stream = YAMLReader().read(SourceFile(path: "x.json", text: text))
        #expect(stream.diagnostics.isEmpty)
        return stream.documents.map { document in
            document.withRoot { JSONWriter.string(canonical($0, in: document.arena)) }
        }
    }

    static func canonical(_ value: Value, in arena: Arena) -> Value {
        switch value.kind {
        case .decimal: NumberText.value(value.doubleValue ?? 0, in: arena)
        case .array: arena.array(value.elements.map { canonical($0, in: arena) })
        case .object:
            arena.object(zip(value.keys, value.values).map { ObjectEntry(key: $0, value: canonical($1, in: arena)) })
        default: value
        }
    }
}
