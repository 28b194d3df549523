import Catalogue
import Diagnostics
import Documents
import Rego
import RegoSyntax

/// What an inspection found, for people and in the JSON of `opa inspect` with `rules` beside.
package struct InspectionText {
    private let inspection: BundleInspection
    private let listsAnnotations: Bool

    package init(_ inspection: BundleInspection, listsAnnotations: Bool) {
        self.inspection = inspection
        self.listsAnnotations = listsAnnotations
    }

    // MARK: For people

    package var pretty: String {
        var text = ""
        func section(_ name: String, _ lines: [String]) {
            if lines.isEmpty { return }
            if !text.isEmpty { text += "\n" }
            text += name + ":\n" + lines.map { "  \($0)\n" }.joined()
        }
        section("MANIFEST", manifestLines)
        section("SIGNATURES", signatureLines)
        section("NAMESPACES", inspection.namespaces.map { "\($0.path): \($0.files.joined(separator: ", "))" })
        section(
            "RULES",
            inspection.rules.map { rule in
                "\(rule.path) (\(rule.kind)\(rule.definitions > 1 ? ", \(rule.definitions) definitions" : ""))"
            })
        if listsAnnotations { section("ANNOTATIONS", inspection.annotations.flatMap(lines)) }
        return text
    }

    private var manifestLines: [String] {
        guard let manifest = inspection.manifest else { return [] }
        var lines: [String] = []
        if let version = manifest.regoVersion { lines.append("Rego version: \(version == .v0 ? 0 : 1)") }
        if !manifest.revision.isEmpty { lines.append("Revision: \(manifest.revision)") }
        lines.append("Roots: " + manifest.roots.sorted().map { $0.isEmpty ? "all of data" : $0 }.joined(separator: ", "))
        if let metadata = manifest.metadata { lines.append("Metadata: " + JSONWriter.string(metadata.root)) }
        return lines
    }

    private var signatureLines: [String] {
        inspection.signatures.map { signature in
            var parts = [signature.algorithm]
            if !signature.keyID.isEmpty { parts.append("key \(signature.keyID)") }
            if !signature.scope.isEmpty { parts.append("scope \(signature.scope)") }
            parts.append(signature.files == 1 ? "1 file" : "\(signature.files) files")
            parts.append(inspection.isVerified ? "verified" : "not verified")
            return parts.joined(separator: ", ")
        }
    }

    private func lines(_ annotation: BundleInspection.Annotation) -> [String] {
        let path = BundleInspection.name(of: annotation.path)
        let place = "\(annotation.file):\(annotation.position.line)"
        var lines = ["\(path) (\(annotation.scope.rawValue), \(place))"]
        let root = annotation.text.root
        for (key, value) in zip(root.keys, root.values) where key.stringValue != "scope" {
            let text = value.stringValue?.replacing("\n", with: " ") ?? JSONWriter.string(value)
            lines.append("  \(key.stringValue ?? JSONWriter.string(key)): \(text)")
        }
        return lines
    }

    // MARK: JSON

    package var json: String {
        let document = Document { arena in
            var members: [ObjectEntry] = []
            func add(_ key: String, _ value: Value) { members.append(ObjectEntry(key: arena.string(key), value: value)) }
            if let manifest = inspection.manifest { add("manifest", value(of: manifest, in: arena)) }
            if let file = inspection.signatureFile {
                add("signatures_config", arena.copy(file.root))
                add("signatures_verified", .bool(inspection.isVerified))
            }
            let namespaces = inspection.namespaces.map { namespace in
                ObjectEntry(
                    key: arena.string(namespace.path), value: arena.array(namespace.files.map { arena.string($0) }))
            }
            add("namespaces", arena.object(namespaces))
            let rules = inspection.rules.map { rule in
                arena.object([
                    "path": arena.string(rule.path), "kind": arena.string(rule.kind), "definitions": .int(rule.definitions),
                ])
            }
            add("rules", arena.array(rules))
            if listsAnnotations {
                add("annotations", arena.array(inspection.annotations.map { value(of: $0, in: arena) }))
            }
            return arena.object(members)
        }
        return JSONWriter.string(document.root, style: .pretty) + "\n"
    }

    private func value(of manifest: Manifest, in arena: Arena) -> Value {
        let text = manifest.json
        return text.withUnsafeBufferPointer { try? JSONReader.value($0, in: arena) } ?? .null
    }

    private func value(of annotation: BundleInspection.Annotation, in arena: Arena) -> Value {
        func term(_ type: String, _ text: String) -> Value {
            arena.object(["type": arena.string(type), "value": arena.string(text)])
        }
        let root = annotation.text.root
        var members = zip(root.keys, root.values).map { ObjectEntry(key: arena.copy($0), value: arena.copy($1)) }
        members.removeAll { $0.key.stringValue == "scope" }
        members.append(ObjectEntry(key: arena.string("scope"), value: arena.string(annotation.scope.rawValue)))
        return arena.object([
            "path": arena.array([term("var", "data")] + annotation.path.map { term("string", $0) }),
            "location": arena.object([
                "file": arena.string(annotation.file), "row": .int(annotation.position.line),
                "col": .int(annotation.position.column),
            ]),
            "annotations": arena.object(members),
        ])
    }
}
