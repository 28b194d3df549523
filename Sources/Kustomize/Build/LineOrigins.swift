package import Diagnostics
import Documents

extension Build {
    /// A text that a line of a printed object comes from.
    package struct LineOrigin: Sendable, Hashable {
        package var range: SourceRange
        /// What put the text there.
        package var cause: Origin.Cause
        /// Whether the object had the value before, and another one took its place.
        package var isFormer: Bool
    }

    /// An object as `kustomize build` prints it, and for each line of the text what it comes from: first the text that gave
    /// the value, then what else took part, last former values.
    /// - Throws: a problem of the printed text, which is beyond the limits of documents.
    package func lines(of object: RenderedObject) throws(BuildError) -> (text: String, origins: [[LineOrigin]]) {
        let text = object.document.withRoot { YAMLWriter.string($0) }
        let bytes = Array(text.utf8)
        var limits = DocumentLimits.standard
        limits.size = Int.max
        var lines = PrintedLines(bytes)
        if let tree = try TreeReader.documents(of: bytes, number: 0, limits: limits).first {
            collect(tree, object.places, &lines)
        }
        return (text, lines.origins)
    }

    private func collect(_ node: Node, _ place: RenderedObject.Place, _ lines: inout PrintedLines) {
        switch node.kind {
        case .scalar: lines.add(origins(of: place), from: node.origin.start, to: node.origin.end)
        case .mapping:
            let children = Dictionary(place.children.map { ($0.key, $0.place) }) { first, _ in first }
            for (key, value) in node.entries {
                guard let child = children[key.text] else { continue }
                collect(value, child, &lines)
                // A line with a key alone is where its mapping or list is.
                if value.kind != .scalar { lines.fill(origins(of: child), at: key.origin.start) }
            }
        case .sequence:
            for (index, element) in node.content.enumerated() where index < place.children.count {
                collect(element, place.children[index].place, &lines)
            }
        }
    }

    private func origins(of place: RenderedObject.Place) -> [LineOrigin] {
        let present = ([place.origin] + place.parts).map { ($0, false) }
        let former = place.history.reversed().map { ($0.origin, true) }
        var origins: [LineOrigin] = []
        for (origin, isFormer) in (present + former).prefix(64) {
            guard let range = range(origin), !origins.contains(where: { $0.range == range }) else { continue }
            origins.append(LineOrigin(range: range, cause: origin.cause, isFormer: isFormer))
        }
        return origins
    }
}

/// The lines of a text, each with what it comes from.
private struct PrintedLines {
    /// Origins that are kept of one line.
    private static let most = 24

    private var starts: [Int] = [0]
    private(set) var origins: [[Build.LineOrigin]]

    init(_ bytes: [UInt8]) {
        for (offset, byte) in bytes.enumerated() where byte == 0x0A && offset + 1 < bytes.count { starts.append(offset + 1) }
        origins = Array(repeating: [], count: starts.count)
    }

    private func line(_ offset: UInt32) -> Int {
        var low = 0, high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= Int(offset) { low = middle } else { high = middle }
        }
        return low
    }

    /// Adds origins to the lines of a range.
    mutating func add(_ found: [Build.LineOrigin], from start: UInt32, to end: UInt32) {
        for line in line(start)...line(max(start, end == 0 ? 0 : end - 1)) {
            for origin in found where origins[line].count < Self.most && !origins[line].contains(origin) {
                origins[line].append(origin)
            }
        }
    }

    /// Gives origins to a line that has none.
    mutating func fill(_ found: [Build.LineOrigin], at offset: UInt32) {
        let line = line(offset)
        if origins[line].isEmpty { origins[line] = found }
    }
}
