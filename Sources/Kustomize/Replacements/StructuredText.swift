import Documents

/// Replacements inside of a text that is itself JSON or YAML, such as a file in a ConfigMap.
enum StructuredText {
    /// Sets the value where a path leads through a scalar into the text of it.
    /// - Returns: whether there is such a text; if not, nothing has changed.
    static func put(_ value: Node, _ parts: [String], making kind: Node.Kind?, in root: Node) throws(BuildError) -> Bool {
        guard parts.count >= 2 else { return false }
        for length in 1..<parts.count {
            let found: Node?
            do throws(BuildError) {
                found = try FieldPath.lookup(Array(parts[..<length]), in: root)
            } catch {
                continue
            }
            guard let scalar = found, scalar.kind == .scalar, !scalar.text.isEmpty else { continue }
            return put(value, Array(parts[length...]), making: kind, into: scalar)
        }
        return false
    }

    private static func put(_ value: Node, _ parts: [String], making kind: Node.Kind?, into scalar: Node) -> Bool {
        do throws(BuildError) {
            var limits = DocumentLimits.standard
            limits.nestingDepth = 100
            let documents = try TreeReader.documents(of: Array(scalar.text.utf8), number: 0, limits: limits)
            guard let tree = documents.first, tree.kind != .scalar else { return false }
            let targets = try FieldPath(parts, at: nil).nodes(in: tree, making: kind)
            if targets.isEmpty { return false }
            for target in targets {
                if target.kind == .scalar { target.text = value.text } else { target.assign(value.copy()) }
            }
            let text = try serialized(tree, like: scalar.text)
            scalar.setText(
                text, origin: value.origin.caused(by: .replacement), parts: scalar.origin.isKnown ? [scalar.origin] : []
            )
            return true
        } catch {
            return false
        }
    }

    /// The tree as JSON when the text was JSON, indented when it was; else as YAML.
    private static func serialized(_ tree: Node, like text: String) throws(BuildError) -> String {
        let trimmed = text.trimmed
        guard trimmed.hasPrefix("{") || trimmed.hasPrefix("[") else { return TreeWriter.text(tree).trimmed }
        let isIndented = text.contains("\n") && text.contains("  ")
        let document = try DocumentMaker.document(tree)
        return document.withRoot { JSONWriter.string($0, style: .init(indent: isIndented ? "  " : nil)) }
    }
}
