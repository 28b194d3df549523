import GoLibrary
import GoTemplate

/// The fields of an object in `Chart.yaml`, read as Go reads them into its types: names in any case, numbers for texts.
struct ChartFields {
    /// A text with the value it was made of.
    struct Text {
        var value: GoValue
        var text: String { value.asString ?? "" }
        /// The text without characters that cannot be printed, blanks for all kinds of space.
        var clean: String {
            if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
            var kept = String.UnicodeScalarView()
            for scalar in text.unicodeScalars {
                if scalar.properties.isWhitespace {
                    kept.append(" ")
                } else if GoText.isPrintable(scalar) {
                    kept.append(scalar)
                }
            }
            return String(kept)
        }
        var cleanValue: GoValue { GoValue(.string(clean), trace: value.trace) }
    }

    private let map: GoMap
    /// The names of the fields around, with dots before each.
    private let path: String

    init(_ map: GoMap, path: String) { (self.map, self.path) = (map, path) }

    private func field(_ name: String) -> GoValue? {
        if let value = map[name] { return value }
        guard let key = map.keys.last(where: { $0.lowercased() == name.lowercased() }) else { return nil }
        return map[key]
    }

    private func mismatch(_ value: GoValue, _ name: String, _ type: String) -> YAMLForm.Problem {
        let kind = JSONKind.name(value)
        return YAMLForm.Problem(
            message: "error unmarshaling JSON: while decoding JSON: json: cannot unmarshal \(kind) into Go struct field "
                + "\(path).\(name) of type \(type)")
    }

    private static func text(_ value: GoValue?) -> GoValue? {
        guard let value else { return .string("") }
        switch value.content {
        case .missing, .null: return .string("")
        case .string, .bytes: return value
        case .bool, .integer, .float, .numberText: return GoValue(.string(GoPrint.text(value)), trace: value.trace)
        default: return nil
        }
    }

    func text(_ name: String) throws(YAMLForm.Problem) -> Text {
        let value = field(name)
        guard let text = Self.text(value) else { throw mismatch(value ?? .null, name, "string") }
        return Text(value: text)
    }

    func flag(_ name: String) throws(YAMLForm.Problem) -> Bool {
        guard let value = field(name), !value.isNil else { return false }
        guard case .bool(let flag) = value.content else { throw mismatch(value, name, "bool") }
        return flag
    }

    func list(_ name: String, _ type: String) throws(YAMLForm.Problem) -> [GoValue] {
        guard let value = field(name), !value.isNil else { return [] }
        guard let items = value.items else { throw mismatch(value, name, type.hasPrefix("[]") ? type : "[]" + type) }
        return items
    }

    func texts(_ name: String) throws(YAMLForm.Problem) -> [Text] {
        var texts: [Text] = []
        for item in try list(name, "string") {
            guard let text = Self.text(item) else { throw mismatch(item, name, "string") }
            texts.append(Text(value: text))
        }
        return texts
    }

    /// The objects in a list; nil for those that are nothing.
    func objects(_ name: String, _ type: String, _ itemType: String) throws(YAMLForm.Problem) -> [ChartFields?] {
        var objects: [ChartFields?] = []
        for (index, item) in try list(name, type).enumerated() {
            if item.isNil {
                objects.append(nil)
            } else if let members = item.asMap {
                objects.append(ChartFields(members, path: "\(path).\(name).\(index)"))
            } else {
                throw mismatch(item, "\(name).\(index)", itemType)
            }
        }
        return objects
    }

    /// A map of texts; nil when there is none.
    func map(_ name: String) throws(YAMLForm.Problem) -> GoMap? {
        guard let value = field(name), !value.isNil else { return nil }
        guard let members = value.asMap else { throw mismatch(value, name, "map[string]string") }
        let texts = GoMap(.string)
        for (key, member) in zip(members.keys, members.values) {
            guard let text = Self.text(member) else { throw mismatch(member, "\(name).\(key)", "string") }
            texts[key] = text
        }
        return texts
    }
}
