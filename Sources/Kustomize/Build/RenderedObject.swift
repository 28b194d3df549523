package import Diagnostics
package import Documents

/// What a build gives: objects in the order of `kustomize build`, or the reason why there are none.
package struct Build: Sendable {
    package var objects: [RenderedObject]
    /// Warnings, and the error that ended the build.
    package var problems: [Diagnostic]
    /// The files that took part; `Origin.file` counts from 1.
    package var sources: [SourceFile]
    /// The files that kustomizations named: absolute, links followed.
    package var files: Set<String>

    /// The trees that the objects were made of; a process that ends with the build need not take them apart.
    var remains: Remains?

    final class Remains: @unchecked Sendable {
        // Held, and looked at by nobody.
        private let list: ResourceList

        init(_ list: ResourceList) { self.list = list }
    }

    package var hasErrors: Bool { problems.contains { $0.severity == .error } }

    /// The text as `kustomize build` prints it.
    package func yaml() -> String { String(decoding: yamlBytes(), as: UTF8.self) }

    /// The bytes of that text.
    package func yamlBytes() -> [UInt8] {
        var text: [UInt8] = []
        for (index, object) in objects.enumerated() {
            if index > 0 { text += "---\n".utf8 }
            object.document.withRoot { YAMLWriter.append($0, to: &text) }
        }
        return text
    }

    /// The text range of an origin; nil when no text made the value.
    package func range(_ origin: Origin) -> SourceRange? {
        guard origin.isKnown, Int(origin.file) <= sources.count else { return nil }
        return SourceRange(file: sources[Int(origin.file) - 1], start: origin.start, end: origin.end)
    }
}

/// One object that a build makes, with the places that its values come from.
package struct RenderedObject: Sendable {
    package let document: Document
    /// The places of the object's nodes, in the shape of the object; one for all when the build keeps none.
    package let places: Place
    package let id: ResourceID

    /// A node's place and history, and its children's.
    package final class Place: Sendable {
        package let origin: Origin
        /// Other texts that the value is put together of.
        package let parts: [Origin]
        /// Former values and their texts, the oldest first.
        package let history: [(text: String, origin: Origin)]
        /// By key, or by index.
        package let children: [(key: String, place: Place)]

        /// No place at all.
        fileprivate static let none = Place(.scalar(""))

        init(_ node: Node) {
            origin = node.origin
            parts = node.notes?.parts ?? []
            history = node.notes?.history.map { ($0.text, $0.origin) } ?? []
            switch node.kind {
            case .scalar: children = []
            case .mapping: children = node.entries.map { ($0.key.text, Place($0.value)) }
            case .sequence: children = node.content.enumerated().map { (String($0), Place($1)) }
            }
        }

        /// The place that a path leads to, or of the nearest node above it.
        package func place(_ path: DocumentPath) -> Place {
            var place = self
            for step in path.steps {
                let key =
                    switch step {
                    case .key(let key): key
                    case .index(let index): String(index)
                    }
                guard let child = place.children.first(where: { $0.key == key }) else { return place }
                place = child.place
            }
            return place
        }
    }

    init(
        _ resource: Resource, _ sources: BuildSources, _ notes: [Diagnostic.Note], keepsPlaces: Bool
    ) throws(BuildError) {
        document = try DocumentMaker.document(resource.root, sources: sources, notes: notes)
        places = keepsPlaces ? Place(resource.root) : .none
        id = resource.id
    }
}
