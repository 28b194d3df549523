/// A name with an asterisk at its start, its end or both, as constraints have it; an asterisk elsewhere means itself.
package struct NameGlob: Sendable, Hashable {
    private enum Form: Hashable { case whole, prefix, suffix, part }

    private let form: Form
    private let text: [UInt8]

    package init(_ pattern: String) {
        var bytes = Array(pattern.utf8)
        let star = UInt8(ascii: "*")
        let (starts, ends) = (bytes.first == star, bytes.last == star)
        if ends { bytes.removeLast() }
        if starts, !bytes.isEmpty { bytes.removeFirst() }
        text = bytes
        form = starts ? (ends ? .part : .suffix) : ends ? .prefix : .whole
    }

    package func matches(_ name: String) -> Bool {
        let name = name.utf8
        switch form {
        case .whole: return name.elementsEqual(text)
        case .prefix: return name.starts(with: text)
        case .suffix: return name.count >= text.count && name.suffix(text.count).elementsEqual(text)
        case .part: return Array(name).contains(text)
        }
    }

    /// Whether names that the server makes of this start (`generateName`) match for certain.
    package func matchesNames(startingWith start: String) -> Bool {
        let start = Array(start.utf8)
        switch form {
        case .whole, .suffix: return false
        case .prefix: return start.starts(with: text)
        case .part: return start.contains(text)
        }
    }
}

extension [UInt8] {
    /// Whether the bytes stand in these, one after the other.
    fileprivate func contains(_ other: [UInt8]) -> Bool {
        if other.isEmpty { return true }
        if other.count > count { return false }
        return (0...(count - other.count)).contains { self[$0..<($0 + other.count)].elementsEqual(other) }
    }
}
