package import Documents
import Inputs

extension SecretScreen {
    /// The most nodes of a value that are shown.
    private static let mostNodes = 2000

    /// The fields of a Secret that hold no values.
    private static let openFields: Set = ["apiVersion", "kind", "metadata", "type", "immutable"]

    /// What has been found on the way to a value.
    private struct Way {
        var isHidden = false
        var atRootOfSecret = false
        /// The mapping that the value is a member of hides it although it is no mapping or list.
        var isCredential = false
    }

    /// A value of the object as reports may show it.
    ///
    /// - Parameter path: the way to it from the root of the object.
    package func shown(_ value: Value, at path: DocumentPath) -> ShownValue {
        var way = Way(atRootOfSecret: isInSecret), node = resource.value
        for step in path.steps {
            switch step {
            case .key(let key):
                let child = node.kind == .object ? node.field(named: key) : .undefined
                way = member(key, child, of: node, way)
                node = child
            case .index(let index):
                way = Way(isHidden: way.isHidden, isCredential: way.isHidden)
                node = node.kind == .array && index < node.count ? node.elements[index] : .undefined
            }
        }
        var left = Self.mostNodes
        return shown(value, way, &left)
    }

    /// A text that stands in no field, such as a part of one of several lines.
    package func shown(line text: String) -> String { Self.withoutCredential(screened(text)) }

    private func member(_ name: String, _ child: Value, of object: Value, _ way: Way) -> Way {
        var name = name
        // A misspelt stringData holds the same values.
        let isData = way.atRootOfSecret && !Self.openFields.contains(name)
        let isHidden = way.isHidden || isData
        if child.isCollection || isHidden { return Way(isHidden: isHidden, isCredential: isHidden) }
        let isCopy = isInSecret && name == Self.copy
        let isVariable = name == "value" && object.kind == .object && nameOfVariable(object) && hasText(child)
        let isNamed = name.withUTF8 { hides($0, child) }
        return Way(isCredential: isCopy || isVariable || isNamed)
    }

    private func shown(_ value: Value, _ way: Way, _ left: inout Int) -> ShownValue {
        if left <= 0 { return .more }
        left -= 1
        switch value.kind {
        case .object:
            var members: [ShownValue.Member] = []
            for index in 0..<value.count {
                let name = value.keys[index].stringValue ?? JSONWriter.string(value.keys[index])
                if left <= 0 {
                    members.append(.init(name: "…", value: .more))
                    break
                }
                let way = member(name, value.values[index], of: value, way)
                members.append(.init(name: name, value: shown(value.values[index], way, &left)))
            }
            return .mapping(members)
        case .array, .set:
            var items: [ShownValue] = []
            let way = Way(isHidden: way.isHidden, isCredential: way.isHidden)
            for item in value.elements {
                items.append(shown(item, way, &left))
                if left <= 0 { break }
            }
            return .list(items)
        case .string:
            let isKey = value.string.contains("PRIVATE KEY-----")
            return way.isCredential || way.isHidden || isKey ? .hidden : .text(text(value.string))
        default: return way.isCredential || way.isHidden ? .hidden : .literal(JSONWriter.string(value))
        }
    }

    private func text(_ text: String) -> String {
        guard text.contains("\n") else { return shown(line: text) }
        return screened(text).split(separator: "\n", omittingEmptySubsequences: false).map { Self.withoutCredential(String($0)) }
            .joined(separator: "\n")
    }

    /// A line such as `db.password=hunter2` of a settings file without what stands behind the name.
    private static func withoutCredential(_ line: String) -> String {
        let bytes = Array(line.utf8)
        guard bytes.count <= 1 << 16,
            let mark = bytes.firstIndex(where: { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") })
        else { return line }
        let blanks = Array(" \t\"'-{,".utf8)
        var (start, end) = (0, mark)
        while start < end, blanks.contains(bytes[start]) { start += 1 }
        while end > start, blanks.contains(bytes[end - 1]) { end -= 1 }
        var value = mark + 1
        while value < bytes.count, bytes[value] == 0x20 || bytes[value] == 0x22 || bytes[value] == 0x27 { value += 1 }
        guard start < end, value < bytes.count else { return line }
        // `--password=x` is one; the words of a sentence before a colon are none.
        if bytes[start..<end].contains(0x20) { return line }
        let isCredential = bytes.withUnsafeBufferPointer { bytes in
            CredentialShapes.isCredential(
                UnsafeBufferPointer(rebasing: bytes[start..<end]), UnsafeBufferPointer(rebasing: bytes[value...]))
        }
        if !isCredential { return line }
        return String(decoding: bytes[..<value], as: UTF8.self) + Self.mark
    }
}
