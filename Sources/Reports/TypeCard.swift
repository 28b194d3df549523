package import Schemas

/// A type of the API, or a field of one, explained on a terminal.
package struct TypeCard {
    private let kind: KindEntry
    private let release: Release
    private let catalogue: TypeCatalogue
    /// Names of fields from the top.
    private let path: [String]

    /// - Parameter path: names of fields that lead to the one to explain; none for the kind itself.
    package init(_ kind: KindEntry, path: [String], release: Release, catalogue: TypeCatalogue) {
        self.kind = kind
        self.path = path
        self.release = release
        self.catalogue = catalogue
    }

    /// Kind, field, what it takes and the fields below it; nil where the release has no such kind or field.
    package var text: String? {
        guard var shape = catalogue.shape(of: kind, in: release) else { return nil }
        var lines = [
            "KIND      \(kind.kind)", "VERSION   \(kind.apiVersion)",
            "RELEASE   \(release) (in \(Self.span(kind.releases)))",
        ]
        for (depth, name) in path.enumerated() {
            while let element = shape.element { shape = element }
            guard let field = shape.field(name) else { return nil }
            shape = field.shape
            if depth == path.count - 1 {
                lines += ["FIELD     \(path.joined(separator: ".")) <\(Self.phrase(shape))>"] + Self.facts(field)
            }
        }
        while let element = shape.element { shape = element }
        if !shape.fields.isEmpty {
            lines += ["", "FIELDS"]
            let width = shape.fields.map(\.name.count).max() ?? 0
            for field in shape.fields { lines.append(Self.line(field, width: width)) }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    private static func line(_ field: Shape.Field, width: Int) -> String {
        let padding = String(repeating: " ", count: width - field.name.count + 2)
        var notes: [String] = []
        if field.isRequired { notes.append("required") }
        if field.isDeprecated { notes.append("deprecated") }
        let note = notes.isEmpty ? "" : "  " + notes.joined(separator: ", ")
        return "  \(field.name)\(padding)<\(phrase(field.shape))>\(note)"
    }

    private static func facts(_ field: Shape.Field) -> [String] {
        var lines: [String] = []
        if field.isRequired { lines.append("REQUIRED  yes") }
        if field.isDeprecated { lines.append("NOTE      deprecated") }
        if let values = field.values {
            lines.append("VALUES    \(values.map { $0.isEmpty ? "\"\"" : $0 }.joined(separator: ", "))")
        }
        if let value = field.defaultValue { lines.append("DEFAULT   \(value)") }
        if let list = field.list {
            let keys = field.listKeys.isEmpty ? "" : " by \(field.listKeys.joined(separator: ", "))"
            lines.append("LIST      \(list.rawValue)\(keys)")
        }
        if let strategy = field.patchStrategy {
            lines.append("PATCH     \(strategy)\(field.patchMergeKey.map { " by \($0)" } ?? "")")
        }
        return lines
    }

    /// The type in short: `[]Container`, `map[string]string`.
    static func phrase(_ shape: Shape) -> String {
        switch shape.form {
        case .any: "any"
        case .string: "string"
        case .boolean: "boolean"
        case .number: "number"
        case .int32, .int64: "integer"
        case .bytes: "base64 string"
        case .quantity: "quantity"
        case .intOrString: "integer or string"
        case .time, .microTime: "time"
        case .object: shape.typeName.split(separator: ".").last.map(String.init) ?? "object"
        case .array: "[]" + (shape.element.map(phrase) ?? "any")
        case .map: "map[string]" + (shape.element.map(phrase) ?? "any")
        }
    }

    /// `1.23-1.36`, or several runs.
    package static func span(_ releases: [Release]) -> String {
        var runs: [(Release, Release)] = []
        for release in releases {
            if let last = runs.last, last.1.major == release.major, last.1.minor + 1 == release.minor {
                runs[runs.count - 1].1 = release
            } else {
                runs.append((release, release))
            }
        }
        return runs.map { $0.0 == $0.1 ? "\($0.0)" : "\($0.0)-\($0.1)" }.joined(separator: ", ")
    }
}
