import Diagnostics
import Documents

/// Names with texts and their places, in the order of the file; of equal names the last wins.
struct EntryList {
    private(set) var names: [String] = []
    private var entries: [String: (value: String, key: ByteSpan, span: ByteSpan)] = [:]

    /// - Parameter end: the byte after the entry.
    mutating func set(_ name: String, _ value: String, at start: Int, until end: Int, in source: SourceFile) {
        if entries[name] == nil { names.append(name) }
        let key = ByteSpan(start: UInt32(start) + source.base, end: UInt32(start + name.utf8.count) + source.base)
        let whole = ByteSpan(start: UInt32(start) + source.base, end: UInt32(max(start, end)) + source.base)
        entries[name] = (value, key, whole)
    }

    subscript(name: String) -> String? { entries[name]?.value }

    /// The object of the entries; `make` gives the value of each text.
    func object(in arena: Arena, _ make: (String) throws(FormatProblem) -> Value) throws(FormatProblem) -> Value {
        var list: [PositionedEntry] = []
        for name in names {
            guard let entry = entries[name] else { continue }
            let value = try make(entry.value)
            list.append(PositionedEntry(key: arena.string(name), value: value, keySpan: entry.key, valueSpan: entry.span))
        }
        return arena.object(entries: list)
    }

    /// Where the first entry begins.
    var span: ByteSpan { names.first.flatMap { entries[$0]?.key } ?? .nowhere }
}
