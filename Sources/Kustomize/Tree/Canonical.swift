import Documents
import Text

/// What a scalar of a finished tree is in JSON.
enum JSONScalar {
    case null
    case bool(Bool)
    /// A number as `encoding/json` writes it.
    case number(String)
    case string(String)
}

extension Node {
    /// What the scalar becomes when the tree is written and read again, which kustomize does before it prints or patches:
    /// a tag that the text does not bear out is an error, quotes make a string.
    func jsonScalar() throws(BuildError) -> JSONScalar {
        let scalar = try meaning()
        if case .string(let text) = scalar { return .string(try afterTrip(text)) }
        return scalar
    }

    private func meaning() throws(BuildError) -> JSONScalar {
        if hasExplicitTag { return try tagged() }
        if style == .folded, tag == .unset || tag == .string { return .string(FoldedText.afterTrip(text)) }
        if style != .plain {
            if tag == .unset || tag == .string { return .string(text) }
            return ScalarMeaning(plain: text).tag == tag ? .string(text) : try tagged()
        }
        if tag == .string || text.utf8.contains(0x0A) { return .string(text) }
        let meaning = ScalarMeaning(plain: text)
        if tag != .unset, meaning.tag != tag { return try tagged() }
        return try json(meaning)
    }

    private func json(_ meaning: ScalarMeaning) throws(BuildError) -> JSONScalar {
        switch meaning {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .int(let value): return .number(String(value))
        case .uint(let value): return .number(String(value))
        case .float(let value):
            guard let digits = GoFloat.json(value) else {
                throw BuildError(
                    "json: unsupported value: \(text)", at: self, hint: "JSON has no infinities; quote the text")
            }
            return .number(String(decoding: digits, as: UTF8.self))
        case .timestamp(let text): return .string(text)
        case .string, .merge: return .string(text)
        }
    }

    private func tagged() throws(BuildError) -> JSONScalar {
        switch tag {
        case .string, .custom, .unset, .map, .sequence: return .string(text)
        case .binary:
            guard let bytes = try? Base64.decode(text.utf8) else {
                throw BuildError("!!binary value contains invalid base64 data", at: self)
            }
            return .string(String(decoding: bytes, as: UTF8.self))
        case .null, .bool, .int, .float, .timestamp, .merge:
            let meaning = ScalarMeaning(plain: text)
            if meaning.tag == tag { return try json(meaning) }
            if tag == .float, case .int(let value) = meaning {
                return .number(String(decoding: GoFloat.json(Double(value)) ?? [], as: UTF8.self))
            }
            throw BuildError("cannot decode !!\(Self.name(meaning.tag)) `\(text)` as a !!\(Self.name(tag))", at: self)
        }
    }

    static func name(_ tag: Tag) -> String {
        switch tag {
        case .unset, .string, .custom: "str"
        case .null: "null"
        case .bool: "bool"
        case .int: "int"
        case .float: "float"
        case .timestamp: "timestamp"
        case .binary: "binary"
        case .merge: "merge"
        case .map: "map"
        case .sequence: "seq"
        }
    }

    /// Makes the tree what it is after a trip through JSON: equal keys and keys that are no strings are errors.
    func canonicalize(isRoot: Bool = true) throws(BuildError) {
        switch kind {
        case .scalar:
            switch try jsonScalar() {
            case .null: (tag, style, text) = (.null, .plain, "null")
            case .bool(let value): (tag, style, text) = (.bool, .plain, value ? "true" : "false")
            case .number(let digits): (tag, style, text) = (ScalarMeaning(plain: digits).tag, .plain, digits)
            case .string(let string): (tag, style, text) = (.string, .quoted, string)
            }
            hasExplicitTag = false
        case .sequence:
            for child in content { try child.canonicalize(isRoot: false) }
        case .mapping:
            try checkKeys(isRoot: isRoot)
            var index = 1
            while index < content.count {
                try content[index].canonicalize(isRoot: false)
                index += 2
            }
        }
    }

    private func afterTrip(_ string: String, isKey: Bool = false) throws(BuildError) -> String {
        do throws(TextTrip.Refusal) {
            return try TextTrip.afterTrip(string, isKey: isKey)
        } catch {
            throw BuildError(error.message, at: self, hint: "kustomize writes texts as JSON and reads them as YAML")
        }
    }

    /// - Throws: `BuildError` when two keys are equal or one is not a string.
    func checkKeys(isRoot: Bool) throws(BuildError) {
        let count = content.count / 2
        if count > 8 {
            var seen: Set<ExactText> = []
            seen.reserveCapacity(count)
            for index in 0..<count where !seen.insert(ExactText(content[2 * index].text)).inserted {
                throw equalKeys(content[2 * index])
            }
        } else {
            for index in 0..<count {
                for other in 0..<index where ExactText(content[2 * other].text) == ExactText(content[2 * index].text) {
                    throw equalKeys(content[2 * index])
                }
            }
        }
        for index in 0..<count where content[2 * index].kind == .scalar {
            _ = try content[2 * index].afterTrip(content[2 * index].text, isKey: true)
        }
        if !isRoot { try checkTextKeys() }
    }

    private func checkTextKeys() throws(BuildError) {
        for index in stride(from: 0, to: content.count - 1, by: 2) {
            let key = content[index]
            if key.kind != .scalar || key.style == .plain && !Self.isStringKey(key) {
                throw BuildError(
                    "json: unsupported type: map[interface {}]interface {}", at: key,
                    hint: "put the key '\(key.text)' in quotes: keys of objects are strings")
            }
        }
    }

    /// - Throws: `BuildError` when a mapping inside of the tree has a key that is not a string.
    func checkInnerKeys() throws(BuildError) {
        for child in content where child.kind != .scalar {
            if child.kind == .mapping { try child.checkTextKeys() }
            try child.checkInnerKeys()
        }
    }

    private static func isStringKey(_ key: Node) -> Bool {
        if key.tag == .string { return true }
        if key.tag != .unset { return key.tag == .merge }
        if case .string = ScalarMeaning(plain: key.text) { return true }
        return false
    }

    private func equalKeys(_ key: Node) -> BuildError {
        BuildError(
            "mapping key \"\(key.text)\" already defined", at: key, hint: "keep one of the entries with this key")
    }
}
