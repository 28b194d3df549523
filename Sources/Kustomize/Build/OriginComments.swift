import Diagnostics
import Documents

extension Build {
    /// The YAML text with a comment on each value that says where it comes from.
    package func commentedYAML() throws(BuildError) -> String {
        var text = ""
        for (index, object) in objects.enumerated() {
            if index > 0 { text += "---\n" }
            text += try commented(object)
        }
        return text
    }

    private func commented(_ object: RenderedObject) throws(BuildError) -> String {
        let text = object.document.withRoot { YAMLWriter.string($0) }
        let bytes = Array(text.utf8)
        var limits = DocumentLimits.standard
        limits.size = Int.max
        guard let tree = try TreeReader.documents(of: bytes, number: 0, limits: limits).first else { return text }
        var comments: [(line: Int, text: String)] = []
        collect(tree, object.places, bytes, &comments)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + comments.count * 40)
        var start = 0
        for comment in comments.sorted(by: { $0.line < $1.line }) where comment.line >= start {
            result += bytes[start..<comment.line]
            result += comment.text.utf8
            start = comment.line
        }
        result += bytes[start...]
        return String(decoding: result, as: UTF8.self)
    }

    /// Gathers comments and the ends of the lines that they go to.
    private func collect(
        _ node: Node, _ place: RenderedObject.Place, _ bytes: [UInt8], _ comments: inout [(line: Int, text: String)]
    ) {
        switch node.kind {
        case .scalar:
            guard let words = words(place) else { return }
            // A comment may follow the mark of a block, but not stand inside of a text that goes over several lines.
            let isBlock = node.style == .literal || node.style == .folded
            var end = Int(isBlock ? node.origin.start : node.origin.end)
            while end < bytes.count, bytes[end] != 0x0A { end += 1 }
            comments.append((end, "  # " + words))
        case .mapping:
            for (key, value) in node.entries {
                if let child = place.children.first(where: { $0.key == key.text }) {
                    collect(value, child.place, bytes, &comments)
                }
            }
        case .sequence:
            for (index, element) in node.content.enumerated() where index < place.children.count {
                collect(element, place.children[index].place, bytes, &comments)
            }
        }
    }

    private func words(_ place: RenderedObject.Place) -> String? {
        let origins = [place.origin] + place.parts
        var seen: [String] = []
        for origin in origins {
            guard let range = range(origin) else { continue }
            let text = "\(range.file.path):\(range.position.line)"
            if !seen.contains(text) { seen.append(text) }
        }
        return seen.isEmpty ? nil : seen.joined(separator: ", ")
    }
}
